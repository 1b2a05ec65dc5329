"""The assessment of vulnerability: factor by factor, three dimensions apart (2.2, 2.3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.assessments import reading, second_risk, signing, writing
from waymark.assessments.latest import latest_signed, unfinished
from waymark.assessments.models import Assessment
from waymark.assessments.sheet import Line, Part, sheet
from waymark.assessments.sources import sources_of
from waymark.cases.models import Case, Stage
from waymark.database.record import Part as CasePart
from waymark.directory.permission import permits, refusal
from waymark.policy.pack import edition, in_force
from waymark.ui.forms import Prose
from waymark.web.access import AskedBy, case_page
from waymark.web.assessment_rows import TEXTS, found_rows, lacking, parts_of, rests_on, summed_up
from waymark.web.case_act import PlainForm, address_of, case_act, sent
from waymark.web.case_frame import case_frame
from waymark.web.forms.evidence import SEEN
from waymark.web.forms.factor import FactorForm, OwnForm
from waymark.web.keeping import Keeping
from waymark.web.not_known import not_known
from waymark.web.page import show
from waymark.web.sections import Section, Sectioned

MORE = {"text": "Save and add more evidence", "name": "more"}
SAVED = "It is saved. The assessment is not signed yet."


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


def _begun(case: Case) -> Assessment:
    """The assessment that is being written; without one its pages do not exist."""
    found = unfinished(case)
    if found is None:
        raise Http404
    found.case = case
    return found


@case_page(CasePart.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: AskedBy, case: Case, code: str) -> HttpResponse:
    """One factor: its meaning, example indicators with the caution, and what is found."""
    begun, parts, line = _line_of(case, code)
    part = next(part for part in parts if line in part.lines)
    keeping = Keeping(request, case.pk, f"factor-{begun.pk}-{code}")
    form = keeping.form(FactorForm, version=line.version, line=line, sources=sources_of(case))
    return _save(
        request, case, begun, form,
        lambda form: writing.Written([form.found(code)]),
        keeping=keeping,
        title=line.name,
        button="Save and continue",
        more_buttons=[MORE],
        lead=line.meaning,
        part=part.name,
        done=_onward(request, case, parts, code),
        said=lambda saved: _saved(saved, code),
        lacks=_lacks(begun, code),
        ask=f"{reverse('unknown', args=[case.reference])}?factor={code}",
        indicators=edition(begun.edition).indicators_of(part.code),
        line=line,
        theirs=found_rows(line.finding) if form.overtaken and line.finding else [],
        before=found_rows(line.before) if line.before else [],
        confirmed_by=reverse("factor_unchanged", args=[case.reference, code]),
    )  # fmt: skip


@case_page(CasePart.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def unchanged(request: AskedBy, case: Case, code: str) -> HttpResponse:
    """One factor is as it was: looked at again, and confirmed today; then the next."""
    begun, parts, line = _line_of(case, code)
    return case_act(
        request, case, PlainForm(sent(request), version=line.version),
        lambda form: writing.confirm(
            begun, by=request.user, factor=code, seen=form.seen_version
        ),
        rule=lambda: writing.may_assess(request.user, case),
        title=line.name,
        button="Unchanged, confirmed today",
        lead="What was found the last time is found today.",
        lead_clause="2.2.7",
        template="assessments/unchanged.html",
        before=found_rows(line.before) if line.before else [],
        back=reverse("factor", args=[case.reference, code]),
        done=_onward(request, case, parts, code),
        said=f"Confirmed today: {line.name}.",
    )  # fmt: skip


def _line_of(case: Case, code: str) -> tuple[Assessment, list[Part], Line]:
    """The assessment that is being written, beside the last one, and one factor of it."""
    begun = _begun(case)
    parts = sheet(begun, latest_signed(case))
    line = reading.line_of(parts, code)
    if line is None:
        raise Http404
    return begun, parts, line


def _onward(request: AskedBy, case: Case, parts: list[Part], code: str) -> str:
    """To the next factor: to its button, where it can be confirmed by one key."""
    if MORE["name"] in request.POST:
        return reverse("factor", args=[case.reference, code])
    if (after := reading.next_of(parts, code)) is None:
        return reverse("assessment_whole", args=[case.reference])
    address = reverse("factor", args=[case.reference, after.factor])
    return f"{address}#unchanged" if after.before and after.is_open else address


def _lacks(begun: Assessment, code: str) -> str:
    """What the finding of one factor, as it is saved, lacks before it can be signed."""
    return next((str(one.why) for one in signing.missing_of(begun) if one.factor == code), "")


def _saved(saved: Assessment, code: str) -> str:
    lacks = _lacks(saved, code)
    return f"It is saved, and not finished. {lacks}" if lacks else SAVED


@case_page(CasePart.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: AskedBy, case: Case) -> HttpResponse:
    """One more factor, for this case alone."""
    begun = _begun(case)
    code = reading.new_code(begun)
    keeping = Keeping(request, case.pk, f"factor-{begun.pk}-own")
    return _save(
        request, case, begun,
        keeping.form(OwnForm, version=0, sources=sources_of(case)),
        lambda form: writing.Written([form.found(code)]),
        keeping=keeping,
        title="Add a factor of this case’s own",
        button="Add this factor",
        lead="The framework’s factors can be added to. Earlier assessments stay as they are.",
        lead_clause="2.2.5",
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
    begun = _begun(case)
    last = latest_signed(case)
    keeping = Keeping(request, case.pk, f"whole-{begun.pk}")
    form = keeping.form(WholeForm, begun=begun, again=last is not None)
    return _save(
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
    begun = _begun(case)
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


def _save(
    request: AskedBy, case: Case, begun: Assessment, form: Any, written: Any, **context: Any
) -> HttpResponse:
    here = reverse("assessment", args=[case.reference])
    given: dict[str, Any] = {"done": here, "back": here, "said": SAVED}
    given |= {"cautions": in_force().cautions} | rests_on(case, request.user) | context
    return case_act(
        request, case, form,
        lambda form: writing.save(
            begun, by=request.user, written=written(form), version=form.seen_version
        ),
        rule=lambda: writing.may_assess(request.user, case),
        template="assessments/factor.html",
        **given,
    )  # fmt: skip
