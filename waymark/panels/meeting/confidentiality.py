"""Who has agreed to keep to themselves what they hear at a panel, and since when."""

from datetime import date

from waymark.audit.events import record
from waymark.database.clock import now, today
from waymark.directory.models import Area, User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.meetings import may_call
from waymark.panels.models import Attendance, ConfidentialityAgreement
from waymark.policy.pack import in_force

CLAUSE = "2.10.6"
TEXT = "members_agreement"


def may_agree(user: User, area: Area) -> None:
    """Whoever holds a post in the area, or is or was invited to its panel."""
    invited = Attendance.objects.filter(area=area, user=user).exists()
    if not invited and not user.roles_in(area):
        raise Refused("You have nothing to do with this panel", clause=CLAUSE)


@act
def agree(area: Area, *, by: User) -> ConfidentialityAgreement:
    """Agree, for oneself, to the words as they stand in the policy pack now."""
    may_agree(by, area)
    return _keep(area, by, today(), by=by, on_paper=False)


@act
def note_agreement(
    area: Area, *, by: User, user: User, agreed_date: date
) -> ConfidentialityAgreement:
    """Write down that somebody has signed it on paper, and on which day."""
    may_call(by, area)
    if agreed_date > today():
        raise Refused(
            "The day of the agreement has not come yet", clause=CLAUSE,
            until="Enter the day on which it was signed.",
        )  # fmt: skip
    return _keep(area, user, agreed_date, by=by, on_paper=True)


def _keep(
    area: Area, user: User, day: date, *, by: User, on_paper: bool
) -> ConfidentialityAgreement:
    made = ConfidentialityAgreement.objects.create(
        area=area, user=user, agreed_date=day, on_paper=on_paper, edition=in_force().code, by=by,
        at=now(),
    )  # fmt: skip
    record("confidentiality_agreed", by=by, at=made.at, row=made, user=user.pk)
    return made


def agreed_on(area: Area) -> dict[int, date]:
    """The day of the last agreement of each who has one, by user."""
    made = ConfidentialityAgreement.objects.filter(area=area).order_by("agreed_date", "at")
    return dict(made.values_list("user_id", "agreed_date"))
