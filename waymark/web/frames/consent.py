"""Before consent is asked: how to ask, what to show, who answers, and what was answered."""

from typing import Any

from waymark.cases.models import Case, ConsentAsking, SupportConsent
from waymark.database.clock import day_of
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support.consent.consents import state_of
from waymark.support.consent.help_otherwise import AFTER
from waymark.support.models import HelpOffered
from waymark.support.reading import consents as reading

CHILD = (
    "The person is under 18, or their age is not known or in dispute: a parent or guardian answers,"
    " and the young person is asked too. One row for each. A no of either opens nothing."
)
ADULT = "The person is 18 or over and answers for themselves."


def asking(case: Case) -> dict[str, Any]:
    """The context of consent/consent.html."""
    pack = in_force()
    return {
        "sensitivity": pack.text("consent_sensitivity"),
        "how_to_ask": pack.text("consent_how"),
        "capacity": pack.text("capacity"),
        "notice": pack.consent.notice,
        "asking": reading.asking(case),
        "who": CHILD if reading.needs_parent(case) else ADULT,
        "after_no": pack.text("after_a_no") if _said_no(case) else None,
        "capacity_act": pack.reference("mental_capacity_act"),
        "answers": [_told(one) for one in reading.answers(case)],
        "visits": [_visit(one) for one in reading.arranged(case)],
        "helped": [_help(one) for one in reading.helped(case)],
        "apart": reading.set_apart(case),
        "adult_care": reading.works_with_the_adult(case),
    }


def _said_no(case: Case) -> bool:
    return state_of(case) in AFTER


def _visit(one: ConsentAsking) -> dict[str, str]:
    """What was arranged, and whether it was made."""
    made = f"Asked on {day_in_words(one.asked_date)}" if one.asked_date else "Not yet asked"
    there = [
        f"With them: {one.with_them}" if one.with_them else "",
        one.get_parent_knew_display(),
        f"Approved: {one.approved_by}" if one.approved_by else "",
    ]
    how = [
        f"Along: {one.along}", f"Where: {one.place}", f"Interpreter: {one.interpreter}",
        f"Risk of the visit: {one.visit_risk}", one.how,
        f"Chose the police: {one.police_why}" if one.police_why else "",
        f"Invited us: {one.invited}" if one.invited else "",
    ]  # fmt: skip
    return {
        "asker": one.asker.name,
        "on": day_in_words(one.planned_date),
        "how": "\n".join(filter(None, how)),
        "made": "\n".join(filter(None, [made, *there])),
    }


def _help(one: HelpOffered) -> dict[str, str]:
    advice = f"\nAdvice of {one.advice_from}: {one.advice}" if one.advice else ""
    return {
        "on": day_in_words(day_of(one.at)),
        "offered": one.offered + advice,
        "by": one.by.name,
    }


def _told(one: SupportConsent) -> dict[str, str]:
    return {
        "who": one.answerer_name,
        "state": one.get_state_display()
        + (f", from {day_in_words(one.holds_from_date)}" if one.holds_from_date else ""),
        "on": day_in_words(one.answered_date),
        "authority": one.authority,
        "by": one.by.name,
    }
