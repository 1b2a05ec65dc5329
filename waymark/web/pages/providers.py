"""Whether a provider may be used: what the panel established of it, and until when (2.8.13)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.models import Area, Organisation, Role, areas_by_code
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.support import providers as work
from waymark.support.models import ProviderCheck
from waymark.support.reading import plans as reading
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose
from waymark.web.access import AskedBy, post_holders
from waymark.web.acts import act_page
from waymark.web.case_act import sent
from waymark.web.page import show
from waymark.web.sections import Section, Sectioned

SEES = (
    Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.POLICE_OFFICER, Role.POLICE_LEAD,
)  # fmt: skip
SEEN = "chair, co-ordinator, leads and police of every area, and the provider"


@post_holders(*SEES)
@require_safe
def listed(request: AskedBy, area: str) -> HttpResponse:
    where = _area(request, area)
    may = permits(work.may_check, request.user, where)
    rows = [
        {
            "provider": {
                "text": one.name, "href": reverse("provider", args=[where.code, one.pk]),
            } if may else one.name,
            "checks": _sentence(reading.checks_of(one, where)),
        }
        for one in reading.providers_in(where)
    ]  # fmt: skip
    context = {"section": "panels", "area": where, "rows": rows}
    return show(request, "panels/providers.html", context)


def _sentence(words: str) -> str:
    """The words with a capital first, and every name in them as it is."""
    return words[:1].upper() + words[1:]


class CheckForm(Sectioned):
    passed = Choice(
        label="Can this provider be used?",
        choices=[("yes", "Yes: every check is passed"), ("no", "No")],
        error_messages={"required": "Select whether this provider can be used"},
    )
    dbs_date = DateField(
        label="Date of the DBS check", called="The date of the DBS check", past=True, required=False
    )
    valid_until_date = DateField(
        label="Until when are the checks valid?",
        called="The date until which the checks are valid",
        error_messages={"required": "Enter until when the checks are valid"},
    )

    def __init__(self, data: Any):
        super().__init__(data)
        for name, what in work.ESTABLISHED.items():
            self.fields[name] = Prose(
                label=f"How did the panel establish {what}?", who_sees=SEEN, rows=2, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Who can be used has passed every check, and the DBS has a date."""
        given = self.cleaned_data
        if given.get("passed") != "yes":
            return given
        for name, what in work.ESTABLISHED.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, f"Enter how the panel established {what}")
        if not given.get("dbs_date") and "dbs_date" not in self.errors:
            self.add_error("dbs_date", "Enter the date of the DBS check")
        return given

    def sections(self) -> list[Section]:
        names = [*work.ESTABLISHED, "dbs_date", "valid_until_date", "passed"]
        return [Section("", names)]

    def said(self) -> dict[str, Any]:
        given: dict[str, Any] = dict(self.cleaned_data)
        given.pop("form_key", None)
        return given | {"passed": given["passed"] == "yes"}


@post_holders(*SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: AskedBy, area: str, key: int) -> HttpResponse:
    """Record what was established of one."""
    where = _area(request, area)
    one = next((each for each in reading.providers_in(where) if each.pk == key), None)
    if one is None:
        raise Http404
    return act_page(
        request, CheckForm(sent(request)),
        lambda given: work.check(one, by=request.user, area=where, **given.said()),
        done=reverse("providers", args=[where.code]),
        said="The checks are recorded.",
        template="panels/provider.html",
        context=_context(request, one, where),
    )  # fmt: skip


def _context(request: AskedBy, one: Organisation, where: Area) -> dict[str, Any]:
    return {
        "section": "panels",
        "title": f"Check {one.name}",
        "button": "Record the checks",
        "lead": "A community or non-statutory provider is used only once the panel’s checks are"
        " made and in date.",
        "lead_clause": work.CLAUSE,
        "back": reverse("providers", args=[where.code]),
        "refusal": None if request.method == "POST"
        else refusal(work.may_check, request.user, where),
        "checks": [_row(each) for each in reading.checked_in(where, one)],
    }  # fmt: skip


def _row(each: ProviderCheck) -> dict[str, Any]:
    return {
        "at": day_in_words(each.at.date()),
        "passed": "Passed" if each.passed else "Not passed",
        "dbs": day_in_words(each.dbs_date) if each.dbs_date else "",
        "until": day_in_words(each.valid_until_date),
        "by": each.by.name,
    }


def _area(request: AskedBy, code: str) -> Area:
    where = areas_by_code().get(code)
    if where is None or where.pk not in request.user.areas_of(frozenset(SEES)):
        raise Http404
    return where
