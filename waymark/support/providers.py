"""Whether a provider may be used: community and non-statutory ones only when checked (2.8.13)."""

from datetime import date

from waymark.cases.ways import CHAIRS
from waymark.database.clock import today
from waymark.directory.models import Area, Organisation, Role, User
from waymark.directory.permission import Refused
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import NotInPack, in_force
from waymark.support.models import Piece, ProviderCheck
from waymark.support.suspended import is_suspended

CLAUSE = "2.8.13"
WHO_CHECKS = (*CHAIRS, Role.COORDINATOR)
AGAIN = "The chair or the co-ordinator makes the checks, the DBS among them, and records them."


def must_be_checked(organisation: Organisation) -> bool:
    """Whether this is a community or non-statutory provider."""
    if not organisation.public_body:
        return True
    try:
        return not in_force().organisation_kind(organisation.kind).public
    except NotInPack:
        return True


def last_check(organisation: Organisation, area: Area) -> ProviderCheck | None:
    return organisation.checks.filter(area=area).last()


def may_provide(
    organisation: Organisation, area: Area, *, until: date | None = None, kind: str = "",
    child: bool | None = None,
) -> None:  # fmt: skip
    """A provider whose checks by this area's panel are passed and in date, today and `until`.

    `kind` of support and `child`, where they are known: it may give that, and work with them.
    """
    if not must_be_checked(organisation):
        return
    if is_suspended(organisation, area):
        raise Refused(
            f"{organisation.name} is suspended", clause=CLAUSE,
            until="The chair or the co-ordinator asks that it is lifted, and a second one agrees.",
        )  # fmt: skip
    checked = last_check(organisation, area)
    if checked is None or not checked.passed:
        what = "has not been checked" if checked is None else "did not pass its checks"
        raise Refused(f"{organisation.name} {what}", clause=CLAUSE, until=AGAIN)
    if checked.valid_until_date < (until or today()):
        raise Refused(
            f"The checks of {organisation.name} are valid until"
            f" {day_in_words(checked.valid_until_date)} only",
            clause=CLAUSE, until=AGAIN,
        )  # fmt: skip
    _may_do(checked, kind=kind, child=child)


def may_give(piece: Piece) -> None:
    """The provider of a piece may be used, and give support of that kind."""
    may_provide(piece.provider, piece.area, kind=piece.kind)


def _may_do(checked: ProviderCheck, *, kind: str, child: bool | None) -> None:
    name = checked.organisation.name
    if kind and checked.kinds and kind not in checked.kinds:
        raise Refused(f"{name} is not checked for this kind of support", clause=CLAUSE, until=AGAIN)
    works_with = {True: checked.with_children, False: checked.with_adults}
    if child is not None and not works_with[child]:
        whom = "children" if child else "adults"
        raise Refused(f"{name} is not checked for work with {whom}", clause=CLAUSE, until=AGAIN)


def may_check(user: User, area: Area) -> None:
    if not user.roles_in(area) & set(WHO_CHECKS):
        raise Refused(
            "Checking providers is not yours to do",
            clause=CLAUSE,
            until=f"It is done by the chair, the vice-chair or the co-ordinator of {area.name}.",
        )
