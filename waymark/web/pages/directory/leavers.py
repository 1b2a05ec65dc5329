"""Who leaves: their account is suspended, closed, or woken again (S19)."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.directory import accounts
from waymark.directory.models import Role
from waymark.oversight import leavers
from waymark.web.access import AskedBy, fresh_sign_in, post_holders
from waymark.web.forms.leaver import SuspendForm
from waymark.web.frames.account_act import account_act
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.rows.account import account_of

ACTS = ["GET", "HEAD", "POST"]


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def suspend(request: AskedBy, key: int) -> HttpResponse:
    """Out at the next request; posts end, and work goes on."""
    found = account_of(key)
    form = SuspendForm(sent(request), people=accounts.can_be_deputised(found))
    return account_act(
        request, found, form, leavers.may_suspend,
        lambda given: leavers.suspend(found, by=request.user, **given.said()),
        said="The account is suspended. Its posts have ended, and its work has gone on.",
        title=f"Suspend the account of {found.name}", page_title="Suspend an account",
        button="Suspend the account", danger=True,
        lead="They are signed out at once, and their posts end. All that they hold goes to"
        " somebody else, who is told. Nothing that they wrote is lost.",
    )  # fmt: skip


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def close(request: AskedBy, key: int) -> HttpResponse:
    """For good, once nothing is left with it."""
    found = account_of(key)
    return account_act(
        request, found, PlainForm(sent(request)), leavers.may_close,
        lambda _: leavers.close(found, by=request.user),
        said="The account is closed.",
        title=f"Close the account of {found.name}", page_title="Close an account",
        button="Close the account for good", danger=True,
        lead="It is never used again. What its person wrote stays under their name.",
    )  # fmt: skip


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def wake(request: AskedBy, key: int) -> HttpResponse:
    """In use again, by a new link."""
    found = account_of(key)
    return account_act(
        request, found, PlainForm(sent(request)), leavers.may_wake,
        lambda _: leavers.wake(found, by=request.user),
        said="The account can be used again once its person has followed the new link.",
        title=f"Wake the account of {found.name}", page_title="Wake an account",
        button="Wake it, and send a link",
        lead="Ask their organisation first whether they still need it. Posts that have ended stay"
        " ended: give them again.",
    )  # fmt: skip
