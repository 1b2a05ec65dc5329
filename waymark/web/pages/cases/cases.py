"""The list of cases, and the case: who, where it stands, what comes next, who may see it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases import holders
from waymark.cases.models import Case, Stage
from waymark.cases.reading import lists, overview, risks, worklists
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.models import Role, User, areas_by_code
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.ui.forms import Questions, asked
from waymark.web.access import AskedBy, case_page, post_holders
from waymark.web.frames.acts import act_page
from waymark.web.frames.case import case_frame
from waymark.web.page import SEE_CASES, show
from waymark.web.rows.case_acts import acts_on, records_on
from waymark.web.rows.case_summary import case_summary
from waymark.web.rows.happened import kinds_for, lines_for
from waymark.web.rows.task_links import act_of, address_of


class Filters(forms.Form):
    area = forms.ChoiceField(label="Area", required=False)
    stage = forms.ChoiceField(
        label="Stage", required=False, choices=[("", "All stages"), *Stage.choices]
    )
    holder = asked(forms.ChoiceField(label="Held by", required=False), about_nobody=True)
    overdue = forms.ChoiceField(
        label="Overdue", required=False, choices=[("", "Any"), ("yes", "Something is overdue")]
    )

    def __init__(self, data: Any, *, holders: list[User]):
        super().__init__(data, label_suffix="")
        areas = [(code, area.name) for code, area in areas_by_code().items()]
        self._choose("area", "All areas", areas)
        self._choose("holder", "Anybody", [(one.username, one.name) for one in holders])

    def _choose(self, name: str, empty: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *choices]

    def wanted(self) -> lists.Wanted:
        """What is asked for; what is not among the answers counts as not asked."""
        said = self.cleaned_data if self.is_valid() else {}
        return lists.Wanted(
            area=said.get("area", ""),
            stage=said.get("stage", ""),
            holder=said.get("holder", ""),
            overdue=said.get("overdue") == "yes",
        )


@post_holders(*sorted(SEE_CASES))
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    form = Filters(request.GET, holders=lists.may_hold(request.user))
    page = lists.page_of(
        request.user,
        form.wanted(),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    names = worklists.names_of([case.person_id for case in page.cases])
    said = {name: value for name, value in form.data.items() if name in form.fields and value}
    context = {
        "section": "cases",
        "filters": form,
        "applied": _applied(form, said),
        "rows": [_listed(case, names) for case in page.cases],
        "older": f"?{urlencode(said | {'before': page.older})}" if page.older else "",
        "newer": f"?{urlencode(said | {'after': page.newer})}" if page.newer else "",
    }
    return show(request, "case/list.html", context)


def _applied(form: Filters, said: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "question": str(form.fields[name].label),
            "answer": str(dict(getattr(form.fields[name], "choices", ())).get(value, value)),
            "href": "?" + urlencode({other: said[other] for other in said if other != name}),
        }
        for name, value in said.items()
    ]


def _listed(case: Case, names: dict[int, str]) -> dict[str, Any]:
    return {
        "person": {
            "text": names.get(case.person_id, "Name not shown to you"),
            "href": f"/cases/{case.reference}",
        },
        "reference": case.reference,
        "stage": case.get_stage_display(),
        "opened": day_in_words(case.opened_at.date()),
        "holder": vars(case)["holder_name"],
        "late": {"text": "Overdue", "tag": "danger"} if vars(case)["is_late"] else "",
    }


@case_page(Part.CASE)
@require_safe
def case(request: AskedBy, case: Case) -> HttpResponse:
    mine = overview.waiting_for(case, request.user)
    tasks = [
        {
            "act": act_of(task),
            "href": address_of(task) if task.pk in mine else "",
            "why": task.why,
            "clause": task.clause,
            "due": due_in_words(task.due_date, today()),
            "late": task.is_overdue(today()),
            "holder": task.user.name if task.user else Role(task.role).label,
        }
        for task in overview.waiting(case)
    ]
    record = risks.risk_record(case)
    context = case_frame(case, request.user) | {
        "tasks": tasks,
        "facts": overview.person_facts(case),
        "extracts": overview.notes(case),
        "acts": acts_on(case, request.user),
        "records": records_on(case, request.user),
        "may_accept": permits(holders.may_accept, request.user, case),
        "latest": lines_for(request.user, case)[:5],
        "standing": case_summary(case, request.user, record),
        "changes": risks.last_changes(record),
    }
    return show(request, "case/case.html", context)


@case_page(Part.CASE)
@require_safe
def happened(request: AskedBy, case: Case) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kinds = kinds_for(request.user, case)
    kind = kind if kind in kinds else ""
    context = case_frame(case, request.user, section="case_timeline") | {
        "lines": lines_for(request.user, case, kind=kind),
        "kinds": kinds,
        "kind": kind,
    }
    return show(request, "case/timeline.html", context)


class AcceptForm(Questions):
    """Nothing to ask: the button is the answer."""


@case_page(Part.CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: AskedBy, case: Case) -> HttpResponse:
    form = AcceptForm(request.POST if request.method == "POST" else None)
    here = f"/cases/{case.reference}"
    context = case_frame(case, request.user) | {
        "title": "Accept this case",
        "button": "Accept this case",
        "lead": "From then on you answer for it, and nobody else does.",
        "lead_clause": "2.8.9",
        "back": here,
        "refusal": refusal(holders.may_accept, request.user, case),
    }
    return act_page(
        request,
        form,
        lambda _: holders.accept(case, by=request.user),
        done=here,
        said="You have accepted the case. You answer for it now.",
        template="case/act.html",
        context=context,
    )
