"""Which Prevent lead leads a case: by the person's age on the day, chosen again as that changes."""

from waymark.audit.events import record
from waymark.cases.holders import offer, offer_of
from waymark.cases.models import Case, Handover, Stage, Task
from waymark.cases.models.case import LedBy
from waymark.cases.tasks import finish, finish_those, give, waiting_of
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now, today
from waymark.database.guard import become
from waymark.directory.models import Role, person_of
from waymark.people.age import is_adult
from waymark.people.models import Person

FOLLOW_AGES = Duty("follow_ages")
CLAUSES = {LedBy.ADULT_LEAD.value: "2.7.6", LedBy.FAMILIES_LEAD.value: "2.7.7"}
ITS_OWN = ("accept_case", "take_over")  # given anew by what they belong to
ENDS_WITH_CHILDHOOD = ("hand_over", "ask_as_adult")
TO_THE_PERSON = {
    "keep_promise": "The person is 18 now: keep the promise to them, not to a parent.",
    "look_at_telling": "The person is 18 now: look at telling them, not a parent.",
}


def lead_for(person: Person) -> LedBy:
    """Adults' cases are the adult lead's; with age unknown or disputed somebody is a child."""
    return LedBy.ADULT_LEAD if is_adult(person) else LedBy.FAMILIES_LEAD


def has_wrong_lead(case: Case) -> bool:
    """Whether a lead was chosen for this open case, and the other one should lead it now."""
    return case.is_open and bool(case.led_by) and case.led_by != lead_for(case.person)


def choose_again(case: Case, *, by: Actor) -> None:
    """Let the lead for the person's age lead a locked case; what waits for the other goes along.

    To be called last: the lead who acts may see nothing of the case afterwards.
    """
    if not has_wrong_lead(case):
        return
    before, to = LedBy(case.led_by), lead_for(case.person)
    _pass_on_tasks(case, before=Role(before), to=Role(to), by=by)
    if to == LedBy.ADULT_LEAD:
        _tell_the_person(case, by=by)
    _pass_on_offer(case, before=Role(before), to=Role(to), by=by)
    _hand_over(case, before=before, to=to, by=by)
    case.led_by, case.version = to, case.version + 1
    become(FOLLOW_AGES)  # no policy lets somebody write what they then do not see
    case.save(update_fields=["led_by", "version"])
    become(by)
    record("lead_changed", by=by, at=now(), case_id=case.pk, row=case, start=before, to=to)


def _pass_on_tasks(case: Case, *, before: Role, to: Role, by: Actor) -> None:
    """Each by the date that it had: another lead never resets it (R38)."""
    for kind in ENDS_WITH_CHILDHOOD:
        finish_those(waiting_of(case, kind), by=by, outcome="day_has_come")
    for task in case.tasks.waiting().filter(role=before).exclude(kind__in=ITS_OWN):
        _give_anew(task, case, role=to, why=task.why, by=by)


def _tell_the_person(case: Case, *, by: Actor) -> None:
    for task in case.tasks.waiting().filter(kind__in=TO_THE_PERSON):
        why = TO_THE_PERSON[task.kind]
        finish(task, by=by, outcome="person_is_18")
        give(
            task.kind, by=by, case=case, role=Role(task.role), user=task.user, why=why,
            due=task.due_date, object_id=task.object_id, clause=task.clause,
        )  # fmt: skip


def _give_anew(task: Task, case: Case, *, role: Role, why: str, by: Actor) -> None:
    finish(task, by=by, outcome="other_lead")
    give(
        task.kind, by=by, case=case, role=role, due=task.due_date, object_id=task.object_id,
        why=why, clause=task.clause,
    )  # fmt: skip


def _pass_on_offer(case: Case, *, before: Role, to: Role, by: Actor) -> None:
    """The lead review, and whatever else was offered to the lead, waits for the new one."""
    waiting = offer_of(case)
    if case.stage == Stage.LEAD_REVIEW or (waiting and waiting.to_role == before):
        offer(case, to=to, by=by)


def _hand_over(case: Case, *, before: LedBy, to: LedBy, by: Actor) -> None:
    """What was handed over before the day stands; else the case comes to its lead as it is."""
    last = case.handovers.last()
    if last and last.to_lead == to:
        return
    finish_those(waiting_of(case, "take_over"), by=by, outcome="other_lead")
    on_the_day = isinstance(by, Duty)
    made = Handover.objects.create(
        case=case, from_lead=before, to_lead=to, from_date=today(), by=person_of(by), at=now(),
        why=Handover.Why.BIRTHDAY if on_the_day else Handover.Why.AGE,
    )  # fmt: skip
    record("handed_over", by=by, at=made.at, case_id=case.pk, row=made)
    give(
        "take_over", by=by, case=case, role=Role(to), object_id=made.pk, limit="accept_case",
        due=today() if on_the_day else None, clause=CLAUSES[to],
        why="This case has come to you. Read it, and take it over.",
    )  # fmt: skip
