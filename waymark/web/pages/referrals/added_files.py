"""A file that came with a referral, as pictures of its pages: for the police who screen it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.referrals import added_files
from waymark.referrals.models import AddedFile, Referral
from waymark.web.access import AskedBy
from waymark.web.frames.document import file_page, page_picture
from waymark.web.frames.referral import referral_page

FROM = "Whoever holds the receipt of this referral"


def _file(referral: Referral, key: int) -> AddedFile:
    one = added_files.found(key, referral=referral)
    if one is None:
        raise Http404
    return one


@referral_page
@require_safe
def added_file(request: AskedBy, referral: Referral, key: int) -> HttpResponse:
    """One file: pictures of its pages, and its words."""
    one = _file(referral, key)
    return file_page(
        request, one.file, template="referrals/file.html", what=f"File {one.number}", by=FROM,
        address=lambda number: reverse(
            "referral_file_picture", args=[referral.reference, key, number]
        ),
        section="referrals", referral=referral,
    )  # fmt: skip


@referral_page
@require_safe
def picture(request: AskedBy, referral: Referral, key: int, number: int) -> HttpResponse:
    return page_picture(request, _file(referral, key).file, number)
