"""Who has answered, what consent comes to, and what falls when it is taken back."""

from dataclasses import dataclass

from waymark.cases.models import Case, ConsentAsking, SupportConsent
from waymark.people.age import is_adult
from waymark.support.consent.consents import State, state_of
from waymark.support.models import Answerer, HelpOffered, Piece
from waymark.support.plans import agreed, needs_own_agreement
from waymark.support.reading.plans import kind_named

WORDS = {
    State.NOT_ASKED: "Not asked",
    State.GIVEN: "Given",
    State.REFUSED: "Refused",
    State.WITHDRAWN: "Withdrawn",
    State.CONFLICT: "In conflict",
    State.CAPACITY_LACKING: "Cannot decide now",
}


def in_words(case: Case) -> str:
    """Where consent stands; once anything was said, or asking for it is due."""
    return WORDS[state_of(case)]


def told(case: Case) -> list[str]:
    """Where consent stands and who said what last, as the panel has it before it."""
    lines = [f"{in_words(case)}."]
    seen: set[tuple[str, str]] = set()
    for one in answers(case):
        if (one.answerer, one.answerer_name) not in seen:
            seen.add((one.answerer, one.answerer_name))
            on = one.answered_date
            state = one.get_state_display().lower()
            lines.append(f"{one.answerer_name}: {state}, {on.day} {on:%B %Y}")
    return lines


def answers(case: Case) -> list[SupportConsent]:
    """Every answer, the latest first."""
    return list(case.consents.select_related("by").order_by("-at"))


def who_may_answer(case: Case) -> list[Answerer]:
    """Those known to answer, who still may."""
    return list(case.answerers.filter(until_at=None))


def may_be_set_apart(case: Case) -> list[Answerer]:
    """The parents and guardians who answer, and of whom nobody said that they cannot alone."""
    return list(case.answerers.filter(kind="parent", until_at=None, apart=None))


def set_apart(case: Case) -> list[str]:
    """Who cannot answer alone, and why."""
    found = case.answerers.filter(until_at=None, apart__isnull=False).select_related("apart")
    return [f"{one.name}: {one.apart.why}" for one in found]


def works_with_the_adult(case: Case) -> list[str]:
    """The pieces of support by adult social care, which an adult agrees to or not (2.4.7)."""
    plan = agreed(case)
    found = plan.pieces.select_related("provider") if plan else []
    return [
        f"{kind_named(piece.kind)[0]} by {piece.provider.name}"
        for piece in found
        if needs_own_agreement(case, piece)
    ]


def one_parent(case: Case) -> str:
    """The name of the parent or guardian who answers, where exactly one is known."""
    parents = [one.name for one in who_may_answer(case) if one.kind == "parent"]
    return parents[0] if len(parents) == 1 else ""


def needs_parent(case: Case) -> bool:
    """Under 18, or age unknown: a parent or guardian answers, and the child is asked too."""
    return not is_adult(case.person)


@dataclass(frozen=True)
class Falls:
    """A piece that stops with consent, and who is told to stop."""

    kind: str
    reference: str
    provider: str
    told: list[str]


def falls(case: Case) -> list[Falls]:
    """Each piece of support that stops at once when consent is taken back (1.1.4)."""
    return _told_of(case, (Piece.State.OFFERED, Piece.State.RUNNING))


def ends_with(case: Case) -> list[Falls]:
    """Each piece of support that ends with the case, those that are held among them."""
    return _told_of(case, (Piece.State.OFFERED, Piece.State.RUNNING, Piece.State.HELD))


def _told_of(case: Case, states: tuple[Piece.State, ...]) -> list[Falls]:
    pieces = case.pieces.filter(state__in=states)
    return [
        Falls(
            kind_named(piece.kind)[0], piece.reference, piece.provider.name,
            [each.name for each in (piece.lead, piece.provider_user) if each],
        )
        for piece in pieces.select_related("provider", "lead", "provider_user")
    ]  # fmt: skip


def arranged(case: Case) -> list[ConsentAsking]:
    """Each visit that was arranged, the latest first."""
    return list(case.askings.select_related("asker", "by", "asked_by").order_by("-at"))


def helped(case: Case) -> list[HelpOffered]:
    """What was offered without consent, the latest first."""
    return list(case.help_offered.select_related("by").order_by("-at"))


def asking(case: Case) -> list[dict[str, str]]:
    """How, by whom and by when the plan in force says that consent is asked."""
    plan = agreed(case)
    if plan is None:
        return []
    day = plan.ask_by_date
    return [
        {"question": "Who asks", "answer": plan.asker.name},
        {"question": "How", "answer": plan.ask_how},
        {"question": "By when", "answer": f"{day.day} {day:%B %Y}"},
    ]
