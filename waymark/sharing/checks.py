"""Finishing partner checks: an unanswered one is never taken for nothing known (R16)."""

from collections.abc import Mapping
from datetime import date, timedelta

from waymark.audit.events import record
from waymark.cases.grants import end_requests
from waymark.cases.holders import accept_where_offered
from waymark.cases.lead_review import last_review
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import finish_those, give
from waymark.cases.ways import POLICE
from waymark.cases.words import needs
from waymark.database.clock import now, today
from waymark.directory.models import Organisation, Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.days import due_date, working_day_from
from waymark.policy.pack import in_force
from waymark.sharing.models import Request, WithoutAnswer
from waymark.sharing.told import not_marked
from waymark.sharing.waiting import waiting_on
from waymark.sharing.weighing import leave_unmarked

CLAUSE = "2.7.9"


def may_finish(user: User, case: Case) -> None:
    """The police, once somebody has been asked."""
    may_act(user, case, "finish_checks")
    if not case.requests.of_this_round().exists():
        raise Refused(
            "No partner has been asked yet", clause="2.7.8", until="Ask the partners named."
        )


def still_without_answer(case: Case) -> list[Organisation]:
    """The bodies whose answer is missing: asked and silent or partly so, or named and not asked."""
    round_of = case.requests.of_this_round().select_related("organisation")
    silent = [request.organisation for request in round_of if request.answered_at is None]
    asked = set(case.requests.values_list("organisation", flat=True))
    review = last_review(case)
    named = review.to_ask.select_related("organisation") if review else []
    return silent + [one.organisation for one in named if one.organisation_id not in asked]


@act
def finish_checks(
    case: Case,
    *,
    by: User,
    why: str,
    without_answer: Mapping[Organisation, str],
    unmarked_why: str = "",
    version: int | None = None,
) -> None:
    """Go on to the second risk assessment. Each missing answer is named with words of its own.

    A request that was not answered stays open to a late answer, and is chased. `unmarked_why`:
    once for all answers that nobody has marked.
    """
    case = locked(case, version=version)
    may_finish(by, case)
    # before the first event: a partner who answers takes the request first, then the chain
    asked = list(case.requests.of_this_round().select_for_update(of=("self",)).order_by("pk"))
    accept_where_offered(case, by=by)
    said = needs(why, why="Nothing says what the checks showed", clause=CLAUSE)
    for body in still_without_answer(case):
        words = needs(
            without_answer.get(body, ""), why=f"{body.name} has not answered", clause="2.9.3",
            until="Wait for the answer, or say what is done without it.",
        )  # fmt: skip
        _leave_open(case, body, words, by=by)
    if unmarked := not_marked(case):
        words = needs(
            unmarked_why, why="Nobody has marked some of the answers", clause=CLAUSE,
            until="Mark them, or say once why they are left as they are.",
        )  # fmt: skip
        leave_unmarked(case, unmarked, words, by=by)
    for request in asked:
        _close(request, case, by=by)
    move(case, Stage.SECOND_RISK, act="finish_checks", by=by, why=said)


def _leave_open(case: Case, body: Organisation, words: str, *, by: User) -> None:
    request = case.requests.of_this_round().unanswered().filter(organisation=body).first()
    row = WithoutAnswer.objects.create(
        case=case, organisation=body, request=request, words=words, by=by, at=now()
    )
    record("without_answer", by=by, at=row.at, case_id=case.pk, row=row, organisation=body.pk)
    if request:
        finish_those(waiting_on(request, "reply_overdue"), by=by, outcome="gone_on_without")
        give(
            "chase_reply", by=by, case=case, role=Role.POLICE_OFFICER, object_id=request.pk,
            due=_chased_on(request), clause="2.9.3", why="Chase an answer that is late.",
        )  # fmt: skip


def _chased_on(request: Request) -> date:
    """The working day after the answer was due, or the pack's limit from today where that has
    passed."""
    day = working_day_from(request.due_date + timedelta(days=1))
    return day if day > today() else due_date(now(), in_force().limit("partner_reply"))


def _close(request: Request, case: Case, *, by: User) -> None:
    """Nothing more is awaited: who has answered no longer sees the request."""
    moment = now()
    request.closed_at = moment
    request.version += 1
    request.save(update_fields=["closed_at", "version"])
    record("request_closed", by=by, at=moment, case_id=request.case_id, row=request)
    if request.answered_at:
        end_requests(case, by=by, request_id=request.pk)


def may_read(user: User, request: Request) -> None:
    """The police of the case's area, once it is answered."""
    if not user.roles_in(request.case.area) & set(POLICE):
        raise Refused(
            "Reading a partner’s answer for the checks is not yours to do", clause=CLAUSE,
            until="The police Prevent officer reads it.",
        )  # fmt: skip
    if request.answered_at is None:
        raise Refused("This request is still not answered", clause="2.9.3")


@act
def read_answer(request: Request, *, by: User) -> None:
    """An answer that came late, or was asked for after partner checks, has been read.

    It is chased no more, its request is closed, and its giver sees it no more.
    """
    case = locked(request.case)
    request = case.requests.select_for_update(of=("self",)).get(pk=request.pk)
    may_read(by, request)
    finish_those(waiting_on(request, "chase_reply", "read_answer"), by=by, outcome="read")
    if request.closed_at:
        end_requests(case, by=by, request_id=request.pk)
    elif request.stage != Stage.PARTNER_CHECKS:
        _close(request, case, by=by)
