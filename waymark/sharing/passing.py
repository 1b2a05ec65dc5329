"""Passing a request on: no answer, so it goes on waiting, with somebody who is named (R16)."""

from waymark.audit.events import record
from waymark.cases.models import Grant
from waymark.cases.tasks import finish_those
from waymark.cases.ways import POLICE
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User, people_in
from waymark.directory.permission import Refused, act
from waymark.sharing.models import PassedOn, Request
from waymark.sharing.replies import locked
from waymark.sharing.requests import let_see, wait_for_answer
from waymark.sharing.waiting import FOR_AN_ANSWER, area_of, case_of, waiting_on

CLAUSE = "2.9.3"


def may_pass_on(user: User, request: Request) -> None:
    """A contact of the organisation, or the police who were told; until it is answered."""
    if not _is_asked(user, request):
        _may_write_down(user, request)
    if request.answered_at:
        raise Refused(
            "This request is answered already", clause=CLAUSE,
            until="Let your colleague tell you what is to be added, and answer further.",
        )  # fmt: skip


def _may_write_down(user: User, request: Request) -> None:
    if not user.roles_in(request.case.area) & set(POLICE):
        raise Refused(
            "Passing this request on is not yours to do", clause=CLAUSE,
            until="The organisation that was asked passes it on, or tells the police to whom.",
        )  # fmt: skip
    if not request.case.is_open:
        raise Refused("This case has ended: nothing more is awaited", clause="2.8.9")


def _is_asked(user: User, request: Request) -> bool:
    return user.organisation_id == request.organisation_id and Role.PARTNER in user.roles_in()


def colleagues_for(request: Request) -> list[User]:
    """Who else has an account at the organisation and answers for the area, by name."""
    found = people_in(Role.PARTNER, area_of(request))
    here = [user for user in found if user.organisation_id == request.organisation_id]
    return [user for user in here if user.pk != request.asked_of_id]


@act
def pass_on(
    request: Request, *, by: User, to: User | None, named: str = "", version: int | None = None
) -> PassedOn:
    """Give a request to a colleague, by the same date. `named`: one who has no account here, in
    place of `to`; the police then fetch the answer."""
    request = locked(request, version=version)
    may_pass_on(by, request)
    if to is not None and to not in colleagues_for(request):
        raise Refused(
            f"{to.name} does not answer for {request.organisation.name}", clause=CLAUSE,
            until="Choose a colleague from the list, or write down name and post.",
        )  # fmt: skip
    written = "" if to else needs(
        named, why="Nobody is named to whom it is passed on", clause=CLAUSE,
        until="Choose a colleague from the list, or write down name and post.",
    )  # fmt: skip
    made = PassedOn.objects.create(
        case_id=request.case_id, request=request, was_with=request.asked_of, to=to,
        named=written, by=by, at=now(),
    )  # fmt: skip
    record("passed_on", by=by, at=made.at, case_id=made.case_id, row=made)
    _goes_to(to, request, by=by)
    return made


def _goes_to(to: User | None, request: Request, *, by: User) -> None:
    """The task goes along, with the same date."""
    request.asked_of = to
    request.version += 1
    request.save(update_fields=["asked_of", "version"])
    record("request_changed", by=by, at=now(), case_id=request.case_id, row=request)
    case = case_of(request)
    finish_those(waiting_on(request, *FOR_AN_ANSWER), by=by, outcome="passed_on")
    if to and not _is_asked(by, request) and not _is_seen(request):
        let_see(request, by=by)
    wait_for_answer(request, case, by=by, note="It was passed on.")


def _is_seen(request: Request) -> bool:
    """Whether its organisation sees it already."""
    return Grant.objects.in_force(now()).filter(object_id=request.pk).exists()
