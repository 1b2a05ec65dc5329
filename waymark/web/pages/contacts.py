"""The directory: areas, organisations of every kind, posts and how they are reached (B.1)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from waymark.directory import contacts
from waymark.policy.pack import in_force
from waymark.web.access import AskedBy, signed_in
from waymark.web.page import show


@signed_in
@require_safe
def directory(request: AskedBy) -> HttpResponse:
    kinds = {kind.code: kind.name for kind in in_force().organisation_kinds}
    context = {
        "section": "contacts",
        "areas": contacts.by_area(),
        "organisations": contacts.organisations(kinds),
        "posts": contacts.posts(),
    }
    return show(request, "directory.html", context)
