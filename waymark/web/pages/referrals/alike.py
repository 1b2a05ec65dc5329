"""What came with many others at once, those that are alike together (S41)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.referrals.flood import Group, groups
from waymark.ui.words import counted, moment
from waymark.web.access import AskedBy, post_holders
from waymark.web.page import POLICE, show


@post_holders(*sorted(POLICE))
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    found = [_group(each) for each in groups(request.user)]
    return show(request, "referrals/alike.html", {"section": "referrals", "groups": found})


def _group(group: Group) -> dict[str, Any]:
    number = len(group.members)
    title = f"{counted(number, 'person', 'people')}, alike" if number > 1 else "Like no other"
    rows = [
        {
            "person": {
                "text": f"{one.name} ({one.subject.referral.reference})",
                "href": reverse("screening", args=[one.subject.pk]),
            },
            "received": moment(one.subject.referral.received_at),
        }
        for one in group.members
    ]
    return {"title": title, "rows": rows}
