"""Assessing risk: the first time, the second, and again at any later stage (2.7.4, 2.7.10)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.assessments import second_risk
from waymark.cases.known import risk
from waymark.cases.models import Case, Risk, RiskAssessment, Stage
from waymark.cases.reading import risks
from waymark.cases.reading.ages import leap_birthday
from waymark.cases.reading.parts import sees_part
from waymark.cases.writers import may_write_while_open
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.policy.lateness import day_in_words
from waymark.referrals.of_case import extracts_of
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.risk import CLAUSES, RiskForm
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import case_act
from waymark.web.keeping import Keeping
from waymark.web.page import show
from waymark.web.rows.not_known import not_known

Turn = RiskAssessment.Turn
TITLES = {
    Turn.FIRST: "Assess the risk, first time",
    Turn.SECOND: "Assess the risk, second time",
    Turn.LATER: "Assess the risk again",
}
LEADS = {
    Turn.FIRST: "Reduce the risk and assess it. Only without conflict or major risk does the case"
    " go to the Prevent lead.",
    Turn.SECOND: "Minimise conflict and assess the risk again, on the signed assessment of the"
    " factors. The chair and the police then agree the next step.",
    Turn.LATER: "Risk is written down throughout. It moves nothing by itself.",
}


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: AskedBy, case: Case) -> HttpResponse:
    """The assessment that is due where the case stands."""
    turn, last = Turn(risk.turn_of(case)), risk.last_risk(case)
    keeping = Keeping(request, case.pk, f"risk-{turn}")
    do = second_risk.assess_again if turn == Turn.SECOND else risk.assess
    return case_act(
        request,
        case,
        keeping.form(RiskForm, case=case, turn=turn, last=last),
        lambda form: do(case, by=request.user, version=form.seen_version, **form.said()),
        rule=lambda: _may_assess(request, case),
        keeping=keeping,
        title=TITLES[turn],
        button="Sign this risk assessment",
        lead=LEADS[turn],
        lead_clause=CLAUSES[turn] if turn != Turn.FIRST else "2.7.4, 2.7.5",
        template="risk/assess.html",
        last=last,
        police=sees_part(request.user, case, Part.HELD),
        extracts=extracts_of(case) if turn == Turn.FIRST else [],
        beside=turn != Turn.LATER,
        born=leap_birthday(case) if turn == Turn.FIRST else "",
        **not_known(case, request.user),
        onward=_onward(case, last),
        said=_said,
    )


def _may_assess(request: AskedBy, case: Case) -> None:
    rule = second_risk.may_assess_again if case.stage == Stage.SECOND_RISK else risk.may_assess
    rule(request.user, case)


def _said(made: RiskAssessment) -> str:
    """What is true now, and what comes next."""
    if made.turn == Turn.LATER:
        first = min(one.review_date for one in made.risks.all())
        return f"The risk is assessed. It is looked at again by {day_in_words(first)}."
    if risk.holds_up(made):
        day = day_in_words(made.check_again_date) if made.check_again_date else "a date"
        return f"The risk is assessed, and the police hold the case. They look again by {day}."
    if made.turn == Turn.FIRST:
        return "The risk is assessed. The Prevent lead reviews the referral next."
    return "The risk is assessed. The chair and the police agree the next step."


def _onward(case: Case, last: RiskAssessment | None) -> list[dict[str, Any]]:
    pages = []
    if case.stage == Stage.SECOND_RISK:
        pages.append(("The preliminary assessment of the factors", "assessment"))
    if last:
        pages.append(("The risk record", "risk_record"))
    return [{"text": text, "href": reverse(page, args=[case.reference])} for text, page in pages]


@case_page(Part.ASSESSMENT)
@require_safe
def record(request: AskedBy, case: Case) -> HttpResponse:
    """The risk record: every assessment, the newest first, with its owners (2.1.2)."""
    assessed = risks.risk_record(case)
    context = case_frame(case, request.user) | {
        "assessed": assessed,
        "standing": [_owned(one) for one in risks.standing_risks(assessed)],
        "changes": risks.last_changes(assessed),
        "police": sees_part(request.user, case, Part.HELD),
        "acts": _acts(request, case),
    }
    return show(request, "risk/record.html", context)


def _owned(one: Risk) -> dict[str, Any]:
    return {
        "to": one.get_to_display(),
        "owner": one.owner.name,
        "day": day_in_words(one.review_date),
    }


def _acts(request: AskedBy, case: Case) -> list[dict[str, str]]:
    """What the reader can do about risk from here."""
    acts = (
        (risk.may_assess, "Assess the risk again", "assess_risk"),
        (may_write_while_open, "Say that the risk of criminality has risen", "risk_risen"),
    )
    return [
        {"text": text, "href": reverse(page, args=[case.reference])}
        for rule, text, page in acts
        if permits(rule, request.user, case)
    ]
