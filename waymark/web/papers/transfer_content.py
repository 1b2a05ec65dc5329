"""What goes to a panel elsewhere: each part is built up from what is chosen, nothing is cut out."""

from collections.abc import Callable

from waymark.assessments.latest import latest_signed
from waymark.cases.models import Case
from waymark.cases.reading.risks import risk_record, standing_risks
from waymark.cases.reading.worklists import names_of
from waymark.panels.reading.decisions import decisions_of, found_present
from waymark.support import plans
from waymark.support.reading import consents
from waymark.support.reading.plans import need_named, read
from waymark.ui.words import day
from waymark.web.papers.sections import PaperSection, Row, as_rows, row
from waymark.web.rows.risk import risks_in_words

PARTS = {
    "person": "The person’s name and birth date",
    "course": "The stages of the case and their dates",
    "risk": "The risk record",
    "assessment": "The assessment of the factors that was signed last",
    "plan": "The agreed plan, and what was held of it",
    "consent": "Where consent to support stands",
    "decisions": "What the panel decided, and why",
}


def sections_of(case: Case, parts: list[str]) -> list[PaperSection]:
    """The parts chosen, in their own order."""
    return [
        PaperSection(PARTS[code], READERS[code](case) or [row(PARTS[code], "")])
        for code in PARTS if code in parts
    ]  # fmt: skip


def _person(case: Case) -> list[Row]:
    born = next(iter(case.person.birth_dates.all()), None)
    return [
        row("Name", names_of([case.person_id]).get(case.person_id, "Not known")),
        row("Born", str(born) if born else "Not known"),
    ]


def _course(case: Case) -> list[Row]:
    return [row(day(one.at), one.get_to_display()) for one in case.moves.order_by("at", "id")]


def _risk(case: Case) -> list[Row]:
    return as_rows(risks_in_words(standing_risks(risk_record(case))))


def _assessment(case: Case) -> list[Row]:
    signed = latest_signed(case)
    if signed is None:
        return [row("Assessment", "None is signed.")]
    return [
        row("Signed", day(signed.signed_at)),
        row("Found present", found_present(signed)),
        row("Conclusion", signed.conclusion),
    ]


def _plan(case: Case) -> list[Row]:
    plan = plans.agreed(case)
    if plan is None:
        return [row("Plan", "No plan is agreed.")]
    whole = read(plan)
    return [
        row("Level", whole.level),
        row("It addresses", [need_named(need) for need in whole.needs]),
        *(
            row(
                one.kind,
                [
                    one.piece.answers_how,
                    f"{one.count.held} of {one.count.ordered} sessions held.",
                    f"State: {one.piece.get_state_display().lower()}.",
                ],
            )
            for one in whole.pieces
        ),
    ]


def _consent(case: Case) -> list[Row]:
    return [row("Consent", consents.told(case))]


def _decisions(case: Case) -> list[Row]:
    made = reversed(decisions_of(case))
    return [row(f"{day(one.at)}: {one.get_kind_display()}", one.reasons) for one in made]


READERS: dict[str, Callable[[Case], list[Row]]] = {
    "person": _person, "course": _course, "risk": _risk, "assessment": _assessment,
    "plan": _plan, "consent": _consent, "decisions": _decisions,
}  # fmt: skip
