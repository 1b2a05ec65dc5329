"""E-mails that did not reach an account: seen by administrators, and sent again (R37)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.directory import notices
from waymark.directory.models import Role
from waymark.directory.notice import Notice
from waymark.oversight import not_sent
from waymark.ui.forms import Questions
from waymark.ui.words import counted, moment
from waymark.web.access import AskedBy, post_holders
from waymark.web.frames.acts import act_page

MOST = 200


class PlainForm(Questions):
    """Nothing to ask: the button is the answer."""


@post_holders(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def undelivered(request: AskedBy) -> HttpResponse:
    """What waits for longer than an hour or was given up, and the button that tries again."""
    rows = [_row(each) for each in notices.undelivered()[:MOST]]
    return act_page(
        request,
        PlainForm(request.POST if request.method == "POST" else None),
        lambda _: not_sent.send_again(by=request.user),
        done=reverse("messages"),
        said=lambda count: f"{counted(count, 'message')} will be sent again within a minute.",
        template="accounts/messages.html",
        context={
            "section": "accounts",
            "rows": rows,
            "given_up": any(row["is_given_up"] for row in rows),
        },
    )


def _row(notice: Notice) -> dict[str, Any]:
    if notice.failed_at:
        state = {"text": "Given up", "tag": "danger"}
    else:
        state = {"text": f"Tried again from {moment(notice.due_at)}", "tag": "soon"}
    return {
        "name": {
            "text": notice.user.name,
            "href": reverse("account", args=[notice.user_id]),
        },
        "body": notice.user.organisation.name,
        "made": moment(notice.made_at),
        "why": notice.get_why_display() or "Not tried yet: is the job worker running?",
        "state": state,
        "is_given_up": notice.failed_at is not None and notice.why != Notice.Why.OVER,
    }
