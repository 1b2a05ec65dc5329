"""The assessment of vulnerability: factor by factor, three dimensions apart (2.2, 2.3)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.assessments import reading, second_risk, signing, writing
from waymark.assessments.latest import latest_signed, unfinished
from waymark.assessments.models import Assessment
from waymark.assessments.sheet import Part, sheet
from waymark.cases.models import Case, Stage
from waymark.database.record import Part as CasePart
from waymark.directory.permission import permits, refusal
from waymark.policy.pack import in_force
from waymark.ui.forms import Prose
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.evidence import SEEN
from waymark.web.frames.assessment import begun_of, saving_page
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import PlainForm, address_of, case_act, sent
from waymark.web.keeping import Keeping
from waymark.web.page import show
from waymark.web.rows.assessment import TEXTS, lacking, parts_of, rests_on, summed_up
from waymark.web.rows.not_known import not_known
from waymark.web.sections import Section, Sectioned


@case_page(CasePart.ASSESSMENT)
@require_safe
def overview(request: AskedBy, case: Case) -> HttpResponse:
    """The one that is being written, factor by factor; the one signed last; what changed."""
    begun = unfinished(case)
    writing_now = sheet(begun, latest_signed(case)) if begun else []
    last, parts = reading.signed_sheet(case)
    context = case_frame(case, request.user, section="assessment") | {
        "title": "Assessment of the factors",
        "starting": refusal(writing.may_assess, request.user, case),
        "begun": begun,
        "parts": parts_of(case, writing_now),
        "go_on": _go_on(case, writing_now),
        "lacking": lacking(begun, case) if begun else [],
        "risk_next": permits(second_risk.may_assess_again, request.user, case),
        "look_again": signing.to_look_at_again(begun) if begun else [],
        "last": last,
        "signed": parts_of(case, parts),
        "changes": reading.change_between(case),
        "texts": summed_up(last) if last else [],
        "apart": in_force().text("dimensions_apart"),
        "no_profile": in_force().text("no_profile"),
        "back": address_of(case),
        **rests_on(case, request.user),
        **not_known(case, request.user),
    }
    return show(request, "assessments/overview.html", context)


def _go_on(case: Case, parts: list[Part]) -> dict[str, str]:
    """What is written next: the first factor not looked at, then the whole in words."""
    if code := reading.first_open(parts):
        href = reverse("factor", args=[case.reference, code])
        return {"text": "Assess the next factor", "href": href}
    href = reverse("assessment_whole", args=[case.reference])
    return {"text": "Write the whole in words", "href": href}


@case_page(CasePart.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: AskedBy, case: Case) -> HttpResponse:
    here = reverse("assessment", args=[case.reference])
    return case_act(
        request, case, PlainForm(sent(request), version=case.version),
        lambda form: writing.start(case, by=request.user, version=form.seen_version),
        rule=lambda: writing.may_assess(request.user, case),
        title="Begin the assessment",
        button="Begin the assessment",
        lead="One framework for every case: three dimensions, considered apart. It can be left"
        " and gone on with; “not yet known” is an answer.",
        lead_clause="2.2.1, 2.3.1",
        back=here,
        done=here,
        said="The assessment is begun. Assess the factors one by one, in any order.",
    )  # fmt: skip


class WholeForm(Sectioned):
    """The three dimensions in words, each apart; what protects; one rounded view (2.2.6)."""

    def __init__(self, data: Any, *, begun: Assessment, again: bool):
        super().__init__(data, version=begun.texts_version)
        texts = dict(TEXTS) | ({"changes": "What changed since the last one, or why did nothing?"}
                               if again else {})  # fmt: skip
        for name, label in texts.items():
            self.fields[name] = Prose(label=label, who_sees=SEEN, rows=4, required=False)
        self.texts = tuple(texts)
        self.initial = {name: getattr(begun, name) for name in texts}

    def sections(self) -> list[Section]:
        rest = [name for name in self.texts if name not in ("engagement", "intent", "capability")]
        return [
            Section("The three dimensions, each apart", ["engagement", "intent", "capability"],
                    clause="2.2.2", lead="They are never added up."),
            Section("The whole person", rest, clause="2.2.6"),
        ]  # fmt: skip


@case_page(CasePart.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def whole(request: AskedBy, case: Case) -> HttpResponse:
    begun = begun_of(case)
    last = latest_signed(case)
    keeping = Keeping(request, case.pk, f"whole-{begun.pk}")
    form = keeping.form(WholeForm, begun=begun, again=last is not None)
    return saving_page(
        request, case, begun, form,
        lambda form: writing.Written(texts={name: form.cleaned_data[name] for name in form.texts}),
        keeping=keeping,
        theirs=summed_up(begun) if form.overtaken else [],
        title="The whole, in words",
        button="Save and continue",
        lead="Nothing is added up: no total, score or rank exists.",
        lead_clause="2.2.2",
    )  # fmt: skip


@case_page(CasePart.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: AskedBy, case: Case) -> HttpResponse:
    begun = begun_of(case)
    return case_act(
        request, case, PlainForm(sent(request), version=begun.version),
        lambda form: signing.sign(begun, by=request.user, version=form.seen_version),
        rule=lambda: signing.may_sign(request.user, begun),
        title="Sign the assessment",
        button="Sign this assessment",
        lead="Once signed it stands as it is. The next one says what changed.",
        lead_clause="2.2.7",
        template="assessments/sign.html",
        parts=parts_of(case, sheet(begun, latest_signed(case))),
        again=latest_signed(case) is not None,
        texts=summed_up(begun),
        look_again=signing.to_look_at_again(begun),
        back=reverse("assessment", args=[case.reference]),
        done=reverse("assessment", args=[case.reference]),
        said=_signed(case),
    )  # fmt: skip


def _signed(case: Case) -> str:
    if case.stage == Stage.SECOND_RISK:
        return "The assessment is signed. The second risk assessment, which rests on it, is next."
    return "The assessment is signed. Decisions rest on it from now on."
