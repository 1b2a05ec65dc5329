"""The support plan (s.36(4)-(5)): a version is written whole; the panel agrees it."""

from datetime import date

from waymark.assessments.latest import latest_signed
from waymark.audit.events import record
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs_day_to_come
from waymark.cases.writers import may_write, posts_that_write
from waymark.database.clock import now, today
from waymark.database.keys import random_reference
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.people.age import is_adult
from waymark.policy.pack import in_force
from waymark.support.models import Need, PersonSaid, Piece, Plan
from waymark.support.plan_checks import NeedSaid, PieceSaid, PlanSaid, check_plan
from waymark.support.providers import may_provide

PLANNED_AT = (Stage.PANEL, Stage.SUPPORTED)


def latest(case: Case) -> Plan | None:
    """The version written last, agreed or not."""
    return case.plans.last()


def agreed(case: Case) -> Plan | None:
    """The version in force: the one that a panel agreed last."""
    return case.plans.filter(agreed_at__isnull=False).select_related("asker", "case_lead").last()


def was_ever_agreed(case: Case) -> bool:
    """Whether support was ever agreed: then chair and police lead end the case together."""
    return case.plans.filter(agreed_at__isnull=False).exists()


def may_write_plan(user: User, case: Case) -> None:
    """Those who write on the case, while the panel weighs or reviews it."""
    may_write(user, case)
    if case.stage not in PLANNED_AT:
        raise Refused(
            f"No plan is written while the case stands at “{case.get_stage_display()}”",
            clause="2.8.6",
            until="A plan is written at the panel, or while support is reviewed.",
        )
    if latest_signed(case) is None:
        raise Refused(
            "There is no signed assessment that a plan could rest on", clause="2.8.1",
            until="The assessment of vulnerability is signed first.",
        )  # fmt: skip


def ask_for(case: Case, *, by: User, due: date | None = None) -> None:
    """The panel needs a plan of this locked case: its Prevent lead, or else the chair, writes it.

    Whoever else writes on the case can write it too. `due`: the day of the meeting, where known.
    """
    finish_those(waiting_of(case, "write_plan"), by=by, outcome="asked_anew")
    give(
        "write_plan", by=by, case=case, role=Role(case.led_by or Role.CHAIR), limit="panel",
        due=due, clause="2.8.6", why="Write the plan that the panel weighs, before it meets.",
    )  # fmt: skip


@act
def write(case: Case, *, by: User, said: PlanSaid, version: int | None = None) -> Plan:
    """Write the next version of the plan, whole: it is not changed afterwards, only followed."""
    case = locked(case, version=version)
    may_write_plan(by, case)
    assessment = latest_signed(case)
    assert assessment is not None
    check_plan(said, assessment)
    assert said.ask_by_date is not None
    before = latest(case)
    plan = Plan.objects.create(
        case=case, number=before.number + 1 if before else 1, follows=before,
        assessment=assessment, level=said.level, level_why=said.level_why.strip(),
        risks_to_providers=said.risks_to_providers.strip(), ask_how=said.ask_how.strip(),
        ask_by_date=said.ask_by_date, asker=said.asker, case_lead=said.case_lead, by=by,
        at=now(), edition=in_force().code,
    )  # fmt: skip
    listed = [_keep_need(plan, position, each) for position, each in enumerate(said.needs)]
    for each in said.pieces:
        _keep_piece(plan, listed[each.need], each)
    _keep_own_words(plan, said)
    record("plan_written", by=by, at=plan.at, case_id=case.pk, row=plan, number=plan.number)
    finish_those(waiting_of(case, "write_plan"), by=by, outcome="written")
    return plan


def may_be_agreed(case: Case, plan: Plan) -> None:
    """The version written last, whose providers are checked and whose asker sees the case."""
    if plan.is_agreed:
        raise Refused(
            f"Version {plan.number} of the plan was agreed already, and cannot be agreed twice",
            clause="2.8.6", until="Write the next version first: consent is then asked to that.",
        )  # fmt: skip
    if plan.case_id != case.pk or plan != latest(case):
        raise Refused(
            "Only the version written last can be agreed", clause="2.8.6",
            until="Agree that version, or write a new one.",
        )  # fmt: skip
    needs_day_to_come(plan.ask_by_date, what="the date to ask for consent by", clause="2.10.4")
    if not plan.asker.roles_in(case.area) & posts_that_write(case):
        raise Refused(
            f"{plan.asker.name} does not see this case and so cannot ask for consent",
            clause="2.10.4",
            until="Name somebody who writes on the case: the chair, its lead or the police.",
        )
    for piece in plan.pieces.select_related("provider"):
        may_provide(piece.provider, case.area)


def agree(case: Case, plan: Plan, *, by: User) -> None:
    """The panel agrees a plan: part of its decision, in a locked case."""
    may_be_agreed(case, plan)
    plan.agreed_by, plan.agreed_at = by, now()
    plan.save(update_fields=["agreed_by", "agreed_at"])
    record("plan_agreed", by=by, at=plan.agreed_at, case_id=case.pk, row=plan, number=plan.number)


def _keep_own_words(plan: Plan, said: PlanSaid) -> None:
    """What the person says of this version, or why not yet: it is there when the panel meets."""
    made = PersonSaid.objects.create(
        case=plan.case, of=PersonSaid.Of.PLAN, plan=plan, words=said.own_words.strip(),
        not_yet_why=said.no_words_why.strip(), heard_by=said.heard_by.strip(),
        happened_date=today(), by=plan.by, at=plan.at,
    )  # fmt: skip
    record("person_said", by=plan.by, at=plan.at, case_id=plan.case_id, row=made, of=made.of)


def needs_own_agreement(case: Case, piece: Piece) -> bool:
    """Social care works with an adult only where that adult agrees (2.4.7)."""
    return piece.provider.kind == "adult_social_care" and is_adult(case.person)


def _keep_need(plan: Plan, position: int, said: NeedSaid) -> Need:
    need = Need.objects.create(
        case=plan.case, plan=plan, position=position, kind=said.kind, words=said.words.strip(),
        factor=said.factor, not_addressed_why=said.not_addressed_why.strip(),
    )  # fmt: skip
    record("need_written", by=plan.by, at=plan.at, case_id=plan.case_id, row=need)
    return need


def _keep_piece(plan: Plan, need: Need, said: PieceSaid) -> None:
    piece = Piece.objects.create(
        case=plan.case, area=plan.case.area, plan=plan, need=need, reference=random_reference(),
        kind=said.kind, aim=said.aim.strip(), answers_how=said.answers_how.strip(),
        locally=said.locally.strip(), works_how=said.works_how.strip(), brief=said.brief.strip(),
        level=said.level, level_why=said.level_why.strip(), whole_family=said.whole_family,
        risk_to_worker=said.risk_to_worker.strip(), risk_done=said.risk_done.strip(),
        safe_contact=said.safe_contact.strip(),
        lead=said.lead, lead_organisation=said.lead.organisation, provider=said.provider,
        provider_user=said.provider_user, rhythm=said.rhythm, sessions_ordered=said.sessions,
        from_date=said.from_date, until_date=said.until_date,
    )  # fmt: skip
    record("piece_written", by=plan.by, at=plan.at, case_id=plan.case_id, row=piece)
