"""Consent is asked by somebody: a visit that is arranged with care, then made (s.36(5), 2.10.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from waymark.audit.events import record
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, ConsentAsking, SupportConsent
from waymark.cases.stages import locked
from waymark.cases.words import needs, needs_day_to_come, needs_each
from waymark.database.clock import day_of, now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.people.age import is_adult
from waymark.policy.pack import in_force
from waymark.support.consent import consents
from waymark.support.consent.answers import CLAUSE, asked_since
from waymark.support.plans import agreed

Said, Knew = SupportConsent.State, ConsentAsking.ParentKnew
POLICE = {Role.POLICE_OFFICER, Role.POLICE_LEAD}
MOST_UNINVITED = 2  # the first time, and once more after a no
SAYS_HOW = {
    "along": "who goes along, or that nobody does",
    "place": "where it is asked",
    "interpreter": "an interpreter, or that none is needed",
    "visit_risk": "the risk of the visit and what is done about it",
    "how": "how it is asked, in which words",
}


@dataclass(frozen=True)
class AskingSaid:
    """A visit as it is arranged. `police_why`: that the person chose to be asked by the police.

    `invited`: the person's words, where they asked to be asked again.
    """

    asker: User
    along: str
    place: str
    interpreter: str
    visit_risk: str
    how: str
    planned_date: date | None
    police_why: str = ""
    invited: str = ""


def is_police(user: User, case: Case) -> bool:
    return user.organisation.kind == "police" or bool(user.roles_in(case.area) & POLICE)


def rounds_without_a_yes(case: Case) -> int:
    """How often consent was asked, plan by plan, and not given or taken back."""
    plans = list(case.plans.filter(agreed_at__isnull=False).order_by("agreed_at"))
    ends: list[datetime | None] = [each.agreed_at for each in plans[1:]] + [None]
    in_force_now = consents.is_in_force(case)
    count = 0
    for plan, end in zip(plans, ends, strict=True):
        if end is None and (in_force_now or consents.state_of(case) is consents.State.NOT_ASKED):
            continue  # it is still being asked, or was given
        asked = case.askings.filter(asked_at__gte=plan.agreed_at)
        count += (asked.filter(asked_at__lt=end) if end else asked).exists() and (
            _ended_without(case, plan.agreed_at, end)
        )
    return count


def _ended_without(case: Case, since: datetime | None, until: datetime | None) -> bool:
    """Whether somebody said no to a plan, or nobody said yes."""
    said = case.consents.filter(at__gte=since)
    states = set((said.filter(at__lt=until) if until else said).values_list("state", flat=True))
    return bool(states & set(consents.SAYS_NO)) or Said.GIVEN not in states


def may_arrange(user: User, case: Case) -> None:
    """Whoever asks, while an answer is sought."""
    consents.may_answer(user, case)


@act
def arrange(
    case: Case, *, by: User, said: AskingSaid, version: int | None = None
) -> ConsentAsking:  # fmt: skip
    """Arrange how consent is asked; arranged again, the latest counts."""
    case = locked(case, version=version)
    may_arrange(by, case)
    words = needs_each({called: getattr(said, name) for name, called in SAYS_HOW.items()},
                       clause=CLAUSE)  # fmt: skip
    _check_asker(said, case)
    _check_not_pressed(said, case)
    accept_where_offered(case, by=by)
    made = ConsentAsking.objects.create(
        case=case, asker=said.asker, police_why=said.police_why.strip(),
        invited=said.invited.strip(), notice=in_force().consent.notice.edition, by=by, at=now(),
        planned_date=needs_day_to_come(said.planned_date, what="the day of the visit",
                                       clause=CLAUSE),
        **{name: words[called] for name, called in SAYS_HOW.items()},
    )  # fmt: skip
    record("asking_arranged", by=by, at=made.at, case_id=case.pk, row=made)
    return made


def _check_asker(said: AskingSaid, case: Case) -> None:
    consents.may_ask(said.asker, case)
    if is_police(said.asker, case) and not said.police_why.strip():
        raise Refused(
            f"{said.asker.name} is of the police, and nobody says that the person chose that",
            clause="2.4.10",
            until="Let somebody else ask, out of uniform; or say how the person chose the police.",
        )


def _check_not_pressed(said: AskingSaid, case: Case) -> None:
    if rounds_without_a_yes(case) >= MOST_UNINVITED and not said.invited.strip():
        raise Refused(
            "They were asked twice and did not say yes", clause="1.1.4",
            until="Ask again only where the person invites it: write down their words.",
        )  # fmt: skip


def may_say_asked(user: User, asking: ConsentAsking) -> None:
    consents.may_answer(user, asking.case)
    if asking.asked_at is not None:
        raise Refused("It is written down already that this was asked", clause=CLAUSE)


@act
def say_asked(
    asking: ConsentAsking, *, by: User, asked_date: date, with_them: str = "",
    parent_knew: str = "", approved_by: str = "", version: int | None = None,
) -> ConsentAsking:  # fmt: skip
    """The visit was made. Of somebody under 18: who was with them, and whether a parent knew."""
    case = locked(asking.case, version=version)
    asking = ConsentAsking.objects.select_for_update(of=("self",)).get(pk=asking.pk)
    asking.case = case
    may_say_asked(by, asking)
    plan = agreed(case)
    if asked_date > today() or (plan and plan.agreed_at and asked_date < day_of(plan.agreed_at)):
        raise Refused(
            "The day of the visit is still to come, or before the plan was agreed", clause=CLAUSE
        )
    if not is_adult(case.person):
        _check_child(with_them, parent_knew, approved_by)
        asking.with_them, asking.parent_knew = with_them.strip(), parent_knew
        asking.approved_by = approved_by.strip()
    asking.asked_by, asking.asked_at, asking.asked_date = by, now(), asked_date
    asking.save(
        update_fields=["asked_by", "asked_at", "asked_date", "with_them", "parent_knew",
                       "approved_by"]
    )  # fmt: skip
    record("consent_asked", by=by, at=asking.asked_at, case_id=case.pk, row=asking)
    return asking


def _check_child(with_them: str, parent_knew: str, approved_by: str) -> None:
    """What must be known of a talk with somebody under 18, or it supports no decision (R32)."""
    needs(
        with_them, why="Nobody is named who was with the young person", clause=CLAUSE,
        until="Say who was there, or that nobody was and why.",
    )  # fmt: skip
    if parent_knew not in Knew.values:
        raise Refused("It is not said whether a parent or guardian knew", clause=CLAUSE)
    if parent_knew == Knew.NO:
        needs(
            approved_by, why="No parent or guardian knew, and nobody is named who approved that",
            clause=CLAUSE, until="Say who approved it, and why no parent was told.",
        )  # fmt: skip


def waiting(case: Case) -> ConsentAsking | None:
    """What is arranged for the plan in force and not yet made."""
    since = asked_since(case)
    if since is None:
        return None
    last = case.askings.filter(at__gte=since).select_related("asker").last()
    return last if last and last.asked_at is None else None
