"""Who can be invited as what: who decides, who is heard on one case, and who stays unknown."""

from django.db import connection

from waymark.cases.ways import CHAIRS, POLICE
from waymark.directory.models import Organisation, Role, User
from waymark.directory.permission import Refused
from waymark.panels.models import AgendaItem, Attendance, Meeting
from waymark.policy.pack import NotInPack, in_force

CLAUSE = "2.5.9"
Kind = Attendance.Kind
DECIDE = {*CHAIRS, *POLICE, Role.ADULT_LEAD, Role.FAMILIES_LEAD, Role.PANEL_MEMBER}
HEARD_ONLY = ("Education", "Community and voluntary")  # groups of kinds of organisation
OF_ONE_CASE = (Kind.REFERRER, Kind.AGENCY, Kind.SUPPORT, Kind.INTERPRETER)


def may_be_invited(
    meeting: Meeting, kind: str, capacity: str, *, user: User | None, body: Organisation,
    item: AgendaItem | None,
) -> None:  # fmt: skip
    """Raises Refused where somebody cannot be invited as this."""
    if kind not in Kind.values:
        raise Refused("It is not said as what they are invited", clause=CLAUSE)
    if kind == Kind.MEMBER:
        _may_decide(meeting, user, body, item)
    if kind in OF_ONE_CASE and item is None:
        raise Refused(
            f"{Kind(kind).label} is heard on one case, not at the whole meeting", clause=CLAUSE,
            until="Choose the case for which they are invited.",
        )  # fmt: skip
    if kind == Kind.REFERRER or "referrer" in capacity.lower():
        _may_be_known(item)


def _may_decide(
    meeting: Meeting, user: User | None, body: Organisation, item: AgendaItem | None
) -> None:
    """Members of the panel decide; who is invited as referrer, school or provider is heard."""
    clause = "2.10.6"
    if item is not None:
        raise Refused(
            "Whoever is invited for one case is heard, and does not decide", clause=clause,
            until="Invite members to the whole meeting.",
        )  # fmt: skip
    if user and not user.roles_in(meeting.area) & DECIDE:
        raise Refused(
            f"{user.name} holds no post that decides with the panel of {meeting.area.name}",
            clause=clause, until="Invite them to be heard, or ask an administrator for the post.",
        )  # fmt: skip
    if not user and _group(body) in HEARD_ONLY:
        raise Refused(
            f"{body.name} is heard, and does not decide", clause=clause,
            until="Invite them for the case that they know.",
        )  # fmt: skip


def _group(body: Organisation) -> str:
    try:
        return in_force().organisation_kind(body.kind).group
    except NotInPack:
        return HEARD_ONLY[0]


def _may_be_known(item: AgendaItem | None) -> None:
    """Who referred and wishes to stay unknown stands in no invitation, paper or minute."""
    if item is not None and referrer_stays_unknown(item.case_id):
        raise Refused(
            "Somebody who referred in this case stays unknown to all but the police",
            clause="2.10.6",
            until="The police ask them, and say at the meeting what they said. Whoever else"
            " knows the person is invited as an agency.",
        )  # fmt: skip


def referrer_stays_unknown(case_id: int) -> bool:
    """Whether somebody who referred in this case does: not who, which only the police may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrer_stays_unknown(%s)", [case_id])
        return bool(cursor.fetchone()[0])
