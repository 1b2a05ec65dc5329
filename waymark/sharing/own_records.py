"""Where each organisation keeps its own record of the person, and for how long (1.4.1)."""

from dataclasses import dataclass

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.clock import now
from waymark.directory.models import Organisation, Role, User
from waymark.directory.permission import Refused, act
from waymark.sharing.models import OwnRecord, Request

CLAUSE = "1.4.1"
POLICE = {Role.POLICE_OFFICER, Role.POLICE_LEAD}


@dataclass(frozen=True)
class Keeping:
    """`file_number`: none where it has none yet; `kept_for`: in the organisation's own words."""

    file_number: str
    kept_for: str
    where: str


def may_say_on_case(user: User, case: Case, organisation: Organisation | None = None) -> None:
    """Who writes on the case, for their own organisation; the police, for any that told them."""
    may_write(user, case)
    if organisation is None or organisation.pk == user.organisation_id:
        return
    if not user.roles_in(case.area) & POLICE:
        raise Refused(
            f"What {organisation.name} keeps is not yours to say", clause=CLAUSE,
            until="It says so itself, or the police note what it tells them.",
        )  # fmt: skip


def may_say_on_request(user: User, request: Request) -> None:
    """The contacts of the organisation that was asked."""
    if user.organisation_id != request.organisation_id or Role.PARTNER not in user.roles_in():
        raise Refused(
            f"Only {request.organisation.name} says this here", clause=CLAUSE,
            until="Ask its contact.",
        )  # fmt: skip


@act
def say_on_case(case: Case, *, by: User, organisation: Organisation, keeping: Keeping) -> OwnRecord:
    """Write down how an organisation keeps its own record; a later row follows an earlier."""
    may_say_on_case(by, case, organisation)
    return _write(case.pk, organisation, keeping, by=by)


@act
def say_on_request(request: Request, *, by: User, keeping: Keeping) -> OwnRecord:
    """The same by an organisation that was asked, and does not see the case."""
    may_say_on_request(by, request)
    return _write(request.case_id, request.organisation, keeping, by=by, request=request)


def _write(
    case_id: int, organisation: Organisation, keeping: Keeping, *, by: User,
    request: Request | None = None,
) -> OwnRecord:  # fmt: skip
    made = OwnRecord.objects.create(
        case_id=case_id, request=request, organisation=organisation,
        file_number=keeping.file_number.strip(), by=by, at=now(),
        kept_for=needs(
            keeping.kept_for, why="Nothing says how long the record is kept", clause=CLAUSE
        ),
        where=needs(keeping.where, why="Nothing says where the record is", clause=CLAUSE),
    )  # fmt: skip
    record(
        "own_record_said",
        by=by,
        at=made.at,
        case_id=case_id,
        row=made,
        organisation=organisation.pk,
    )
    return made


def of_case(case: Case) -> list[OwnRecord]:
    """What each organisation said last, by its name."""
    newest: dict[int, OwnRecord] = {}
    for row in case.own_records.select_related("organisation", "by"):
        newest.setdefault(row.organisation_id, row)
    return list(newest.values())


def of_request(request: Request) -> OwnRecord | None:
    """What the organisation that was asked said last."""
    return request.own_records.select_related("organisation", "by").order_by("-at").first()


def request_of(user: User, key: int) -> Request | None:
    """A request to the reader's own organisation."""
    return Request.objects.of(user).filter(pk=key).first()
