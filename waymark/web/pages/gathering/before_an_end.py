"""What is settled before any end of a case: harm, other help, the unanswered, telling (2.5.13)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.endings import ending, told
from waymark.cases.models import Case
from waymark.cases.writers import may_write
from waymark.database.record import Part
from waymark.directory.permission import refusal
from waymark.panels.proposals import unanswered_by
from waymark.policy.lateness import day_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act, sent
from waymark.web.rows.not_known import not_known
from waymark.web.sections import Section, Sectioned

SEEN = "chair, police and the Prevent lead of this case"


class ChecksForm(Sectioned):
    harm_considered = Prose(
        label="What was considered about significant harm?",
        help_text="Also where none is suspected.",
        who_sees=SEEN,
        rows=4,
        error_messages={"required": "Enter what was considered about significant harm"},
    )
    harm_suspected = Choice(
        label="Is significant harm suffered or likely?",
        choices=[("no", "No"), ("yes", "Yes")],
        reveals={"yes": "harm_raised_by"},
        error_messages={"required": "Select whether significant harm is suffered or likely"},
    )
    harm_raised_by = asked(
        forms.CharField(
            label="Who raises it with children’s or adult social care?",
            help_text="Name and post. It waits for you until the referral is made.",
            max_length=200,
            error_messages={"required": "Enter who raises it with social care"},
        ),
        who_sees=SEEN,
    )
    signposted = Prose(
        label="Which other help is the person pointed to?",
        help_text="With low or no concern, think of Early Help (2.5.14). Or say why nothing fits.",
        who_sees=SEEN,
        rows=4,
        error_messages={"required": "Enter which other help the person is pointed to"},
    )
    unanswered = Prose(
        label="What becomes of what is still unanswered?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter what becomes of what is still unanswered"},
    )

    unacknowledged = Prose(
        label="Why may it end though social care has not acknowledged it?",
        help_text="The chair answers this. Or leave it empty, and see that they accept it.",
        who_sees=SEEN,
        rows=3,
        required=False,
    )

    def __init__(self, data: Any, *, version: int, waiting: list[str], silent: list[str]):
        super().__init__(data, version=version)
        self.waiting, self.silent = waiting, silent
        if not silent:
            del self.fields["unacknowledged"]
        if not waiting:
            del self.fields["unanswered"]

    def sections(self) -> list[Section]:
        parts = [
            Section("Significant harm", ["harm_considered", "harm_suspected"], clause="2.5.13",
                    lead="Who raises suspected harm with social care is settled before the end."),
            Section("Other help", ["signposted"]),
        ]  # fmt: skip
        if self.silent:
            bodies = f"Referred, and not acknowledged for days: {', '.join(self.silent)}."
            parts.insert(1, Section("Not acknowledged", ["unacknowledged"], lead=bodies,
                                    clause="2.5.13"))  # fmt: skip
        if self.waiting:
            bodies = f"Not yet answered by: {', '.join(self.waiting)}."
            parts.append(Section("Still unanswered", ["unanswered"], lead=bodies, clause="2.9.3"))
        return parts


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: AskedBy, case: Case) -> HttpResponse:
    silent = [one.to.name for one in ending.unacknowledged(case)]
    form = ChecksForm(
        sent(request), version=case.version, waiting=unanswered_by(case), silent=silent
    )
    last = ending.last_check(case)
    return case_act(
        request, case, form,
        lambda given: ending.record_end_checks(
            case, by=request.user,
            harm_suspected=given.cleaned_data["harm_suspected"] == "yes",
            harm_considered=given.cleaned_data["harm_considered"],
            harm_raised_by=given.cleaned_data["harm_raised_by"],
            signposted=given.cleaned_data["signposted"],
            unanswered=given.cleaned_data.get("unanswered", ""),
            unacknowledged=given.cleaned_data.get("unacknowledged", ""),
            version=given.seen_version,
        ),
        rule=lambda: _may_settle(request, case),
        title="Settle what must be before any end",
        button="Write this down",
        template="ending/checks.html",
        last=last,
        missing=refusal(ending.may_end, case),
        **not_known(case, request.user),
        done=reverse("before_an_end", args=[case.reference]),
        said="It is written down.",
    )  # fmt: skip


def _may_settle(request: AskedBy, case: Case) -> None:
    may_write(request.user, case)


class ToldForm(Sectioned):
    told = Choice(
        label="Was the person told?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        error_messages={"required": "Select whether the person was told"},
    )
    words = Prose(
        label="What were they told, and what did they reply? Or why not yet?",
        who_sees=SEEN,
        error_messages={"required": "Enter what they were told, or why not yet"},
    )
    by_whom = asked(
        forms.CharField(label="Who told them?", required=False, max_length=200),
        who_sees=SEEN,
    )
    promised = asked(
        forms.CharField(
            label="Was anything promised to them?", required=False, max_length=200,
            help_text="Such as a call. Leave empty if not.",
        ),
        who_sees=SEEN,
    )  # fmt: skip
    on_date = DateField(
        label="By when is the promise kept, or not telling looked at again?",
        help_text="Leave empty if they are not told yet: then a day is set for you.",
        called="The date", required=False, future=True,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Who told them; and a day, where something was promised."""
        given = self.cleaned_data
        if given.get("told") != "yes":
            return given
        if not given.get("by_whom"):
            self.add_error("by_whom", "Enter who told them")
        if given.get("promised") and not given.get("on_date") and "on_date" not in self.errors:
            self.add_error("on_date", "Enter by when the promise is kept")
        return given

    def sections(self) -> list[Section]:
        return [Section("", ["told", "words", "by_whom", "promised", "on_date"])]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: AskedBy, case: Case) -> HttpResponse:
    """Whether the person was told, what, by whom, and their reply; or why not yet (R34)."""
    form = ToldForm(sent(request), version=case.version)
    last = told.last_told(case)
    return case_act(
        request, case, form,
        lambda given: _keep(given, case, request),
        rule=lambda: _may_settle(request, case),
        title="Record what the person was told",
        button="Write this down",
        template="ending/told.html",
        last=last,
        again=day_in_words(last.look_again_date) if last and last.look_again_date else "",
        said="It is written down.",
    )  # fmt: skip


def _keep(given: ToldForm, case: Case, request: AskedBy) -> object:
    said = given.cleaned_data
    if said["told"] == "yes":
        return told.tell(
            case, by=request.user, words=said["words"], by_whom=said["by_whom"],
            promised=said["promised"], promised_date=said["on_date"], version=given.seen_version,
        )  # fmt: skip
    return told.not_told(
        case, by=request.user, why=said["words"], look_again_date=said["on_date"],
        version=given.seen_version,
    )  # fmt: skip
