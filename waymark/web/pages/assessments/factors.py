"""One factor of an assessment: what is found, as the last time or otherwise (2.2.4 to 2.2.7)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.assessments import reading, signing, writing
from waymark.assessments.latest import latest_signed
from waymark.assessments.models import Assessment
from waymark.assessments.sheet import Line, Part, sheet
from waymark.assessments.sources import sources_of
from waymark.cases.models import Case
from waymark.database.record import Part as CasePart
from waymark.policy.pack import edition
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.factor import FactorForm, OwnForm
from waymark.web.frames.assessment import SAVED, begun_of, saving_page
from waymark.web.frames.case_act import PlainForm, case_act, sent
from waymark.web.keeping import Keeping
from waymark.web.rows.assessment import found_rows

MORE = {"text": "Save and add more evidence", "name": "more"}


@case_page(CasePart.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: AskedBy, case: Case, code: str) -> HttpResponse:
    """One factor: its meaning, example indicators with the caution, and what is found."""
    begun, parts, line = _line_of(case, code)
    part = next(part for part in parts if line in part.lines)
    keeping = Keeping(request, case.pk, f"factor-{begun.pk}-{code}")
    form = keeping.form(FactorForm, version=line.version, line=line, sources=sources_of(case))
    return saving_page(
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
    begun = begun_of(case)
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
    begun = begun_of(case)
    code = reading.new_code(begun)
    keeping = Keeping(request, case.pk, f"factor-{begun.pk}-own")
    return saving_page(
        request, case, begun,
        keeping.form(OwnForm, version=0, sources=sources_of(case)),
        lambda form: writing.Written([form.found(code)]),
        keeping=keeping,
        title="Add a factor of this case’s own",
        button="Add this factor",
        lead="The framework’s factors can be added to. Earlier assessments stay as they are.",
        lead_clause="2.2.5",
    )  # fmt: skip
