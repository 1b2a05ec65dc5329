"""Asking several partners in one go, their answers beside each other, and finishing (2.7.8)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases import gathering, positions
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.models import Organisation
from waymark.directory.permission import refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.sharing import checks, reading, requests
from waymark.sharing.bodies import bodies_in
from waymark.sharing.models import Request
from waymark.ui.dates import DateField
from waymark.ui.forms import Choices, Prose
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import address_of, case_act, sent
from waymark.web.case_frame import case_frame
from waymark.web.page import show
from waymark.web.sections import Section, Sectioned

SEEN = "the police, chair and Prevent lead, and each organisation that is asked"
OURS = "the police, chair and Prevent lead"


@case_page(Part.REQUEST)
@require_safe
def look_at(request: AskedBy, case: Case) -> HttpResponse:
    """Who was asked, by when, and what they answered, beside each other."""
    asked = reading.requests_of(case)
    whole = sees_part(request.user, case, Part.WORK)
    context = case_frame(case, request.user) | {
        "title": "Partner checks",
        "rows": [_row(one) for one in asked],
        "beside": reading.beside(asked) if whole else [],
        "named": reading.named_and_not_asked(case) if whole else [],
        "without": [
            {"organisation": one.organisation.name, "words": one.words}
            for one in (reading.gone_without(case) if whole else [])
        ],
        "asking": refusal(requests.may_ask, request.user, case),
        "finishing": refusal(checks.may_finish, request.user, case),
        "sharing": refusal(positions.may_be_shared, case) if whole else None,
        "back": address_of(case),
    }
    return show(request, "requests/checks.html", context)


def _row(one: Request) -> dict[str, Any]:
    state, kind = reading.state_of(one, today())
    return {
        "organisation": {
            "text": one.organisation.name,
            "href": reverse("request", args=[one.pk]),
        },
        "reference": one.reference,
        "who": one.asked_of.name if one.asked_of else "No account: the police ask",
        "due": day_in_words(one.due_date)
        if one.answered_at
        else due_in_words(one.due_date, today()),
        "state": {"text": state, "tag": kind},
    }


class AskForm(Sectioned):
    organisations = Choices(
        label="Who is asked?", choices=[],
        error_messages={"required": "Select at least one organisation to ask"},
    )  # fmt: skip
    about = Prose(
        label="What do they need to find the person?", who_sees=SEEN, rows=4,
        help_text="No more than they need to check their systems.",
        error_messages={"required": "Enter what they need to find the person"},
    )  # fmt: skip
    words = Prose(
        label="What is it for, and why is so much needed?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter what it is for"},
    )  # fmt: skip
    items = Prose(
        label="What is asked?", who_sees=SEEN, rows=6,
        help_text="Each question on a line of its own. Each is answered by itself.",
        error_messages={"required": "Enter at least one question"},
    )  # fmt: skip
    due_date = DateField(
        label="By when is the answer needed?", called="The date to answer by", future=True,
        required=False, help_text="Both sides see it. Left empty: 10 working days from now.",
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, bodies: list[Organisation]):
        super().__init__(data, version=case.version)
        self.bodies = {str(one.pk): one for one in bodies}
        named = {str(one.organisation_id): one.why for one in reading.named_and_not_asked(case)}
        chosen = self.fields["organisations"]
        assert isinstance(chosen, Choices)
        chosen.choices = [(key, one.name) for key, one in self.bodies.items()]
        chosen.hints = {key: f"The lead: {why}" for key, why in named.items()}
        gathered = gathering.last_gathering(case)
        self.initial = {
            "organisations": list(named), "about": gathered.to_check_with if gathered else "",
        }  # fmt: skip

    def sections(self) -> list[Section]:
        return [
            Section("Who", ["organisations"], clause="2.7.8"),
            Section("What", ["about", "items", "words"], clause="1.3.3",
                    lead="As much as is strictly necessary, and no more."),
            Section("By when", ["due_date"], clause="2.9.3"),
        ]  # fmt: skip

    def asking(self) -> requests.Asking:
        said = self.cleaned_data
        return requests.Asking(
            about=said["about"], words=said["words"], items=said["items"].splitlines(),
            due_date=said["due_date"],
        )  # fmt: skip

    def asked(self) -> dict[Organisation, None]:
        return {self.bodies[key]: None for key in self.cleaned_data["organisations"]}


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy, case: Case) -> HttpResponse:
    form = AskForm(sent(request), case=case, bodies=bodies_in(case.area))
    return case_act(
        request, case, form,
        lambda form: requests.ask(
            case, by=request.user, asking=form.asking(), organisations=form.asked(),
            version=form.seen_version,
        ),
        rule=lambda: requests.may_ask(request.user, case),
        title="Ask partners",
        button="Ask these partners",
        lead="Each gets a request of its own and sees that alone, never the case or another’s"
        " answer.",
        lead_clause="2.7.8",
        back=reverse("partner_checks", args=[case.reference]),
        done=reverse("partner_checks", args=[case.reference]),
        onward=[
            {
                "text": "Decide whether information may be shared",
                "href": reverse("sharing_position", args=[case.reference]),
            }
        ],
        said="The partners are asked.",
    )  # fmt: skip


class FinishForm(Sectioned):
    why = Prose(
        label="What did the checks show?", who_sees=OURS,
        error_messages={"required": "Enter what the checks showed"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, silent: list[Organisation]):
        super().__init__(data, version=case.version)
        self.silent = silent
        for one in silent:
            self.fields |= self._without(one)

    def _without(self, one: Organisation) -> dict[str, forms.Field]:
        said = Prose(
            label=f"{one.name} has not answered. What is done without it?", who_sees=OURS, rows=2,
            error_messages={"required": f"Enter what is done without {one.name}"},
        )  # fmt: skip
        return {f"without_{one.pk}": said}

    def sections(self) -> list[Section]:
        parts = [Section("What the checks showed", ["why"], clause="2.7.9")]
        if self.silent:
            names = [f"without_{one.pk}" for one in self.silent]
            lead = "No answer is never taken for “nothing known”. A late one is chased and read."
            parts.append(Section("Still without an answer", names, lead=lead, clause="2.9.3"))
        return parts

    def without_answer(self) -> dict[Organisation, str]:
        return {one: self.cleaned_data[f"without_{one.pk}"] for one in self.silent}


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: AskedBy, case: Case) -> HttpResponse:
    form = FinishForm(sent(request), case=case, silent=checks.still_without_answer(case))
    return case_act(
        request, case, form,
        lambda form: checks.finish_checks(
            case, by=request.user, why=form.cleaned_data["why"],
            without_answer=form.without_answer(), version=form.seen_version,
        ),
        rule=lambda: checks.may_finish(request.user, case),
        title="Finish partner checks",
        button="Finish partner checks",
        lead="The second risk assessment is next, on a signed assessment of the factors.",
        lead_clause="2.7.10",
        back=reverse("partner_checks", args=[case.reference]),
        said="The partner checks are finished. The second risk assessment is next.",
    )  # fmt: skip
