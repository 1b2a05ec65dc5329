"""Whether a provider may be used: community and non-statutory ones only when checked (2.8.13)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs_each
from waymark.database.clock import now, today
from waymark.directory.models import Area, Organisation, Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import NotInPack, in_force
from waymark.support.models import ProviderCheck

CLAUSE = "2.8.13"
WHO_CHECKS = (*CHAIRS, Role.COORDINATOR)
ESTABLISHED = {
    "credible_how": "its credibility with the person",
    "local_understanding_how": "its understanding of the local community",
    "reliable_how": "its reliability",
    "shared_values_how": "its shared values",
    "suitable_how": "its suitability for work with vulnerable people",
}


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


def may_provide(organisation: Organisation, area: Area, *, until: date | None = None) -> None:
    """A provider whose checks by this area's panel are passed and in date, today and `until`."""
    if not must_be_checked(organisation):
        return
    checked = last_check(organisation, area)
    again = "The chair or the co-ordinator makes the checks, the DBS among them, and records them."
    if checked is None or not checked.passed:
        what = "has not been checked" if checked is None else "did not pass its checks"
        raise Refused(f"{organisation.name} {what}", clause=CLAUSE, until=again)
    if checked.valid_until_date < (until or today()):
        day = checked.valid_until_date
        raise Refused(
            f"The checks of {organisation.name} are valid until {day.day} {day:%B %Y} only",
            clause=CLAUSE,
            until=again,
        )


def may_check(user: User, area: Area) -> None:
    if not user.roles_in(area) & set(WHO_CHECKS):
        raise Refused(
            "Checking providers is not yours to do",
            clause=CLAUSE,
            until=f"It is done by the chair, the vice-chair or the co-ordinator of {area.name}.",
        )


@act
def check(
    organisation: Organisation, *, by: User, area: Area, passed: bool, valid_until_date: date,
    dbs_date: date | None = None, **established: str,
) -> ProviderCheck:  # fmt: skip
    """Record what the panel established of a provider; `established`: a text for each check."""
    may_check(by, area)
    said = {name: established.get(name, "").strip() for name in ESTABLISHED}
    if passed:
        needs_each({ESTABLISHED[name]: words for name, words in said.items()}, clause=CLAUSE)
        if dbs_date is None or dbs_date > today():
            raise Refused(
                "The date of the DBS check is missing or still to come", clause=CLAUSE,
                until="Enter the date on the certificate.",
            )  # fmt: skip
        if valid_until_date < today():
            raise Refused("The checks are out of date already", clause=CLAUSE)
    made = ProviderCheck.objects.create(
        organisation=organisation, area=area, passed=passed, dbs_date=dbs_date,
        valid_until_date=valid_until_date, by=by, at=now(), **said,
    )  # fmt: skip
    record("provider_checked", by=by, at=made.at, row=made, organisation=organisation.pk)
    return made
