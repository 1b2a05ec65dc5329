"""The Prevent lead's review of a referral: an adult's, or a child's (2.7.6, 2.7.7)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import gathering, lead_review, positions, risk
from waymark.cases.models import Case, SharingPosition
from waymark.cases.reading import social_care
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import Organisation
from waymark.directory.permission import refusal
from waymark.people.models import is_adult
from waymark.policy.pack import in_force
from waymark.referrals.of_case import extracts_of
from waymark.sharing.bodies import bodies_in
from waymark.ui.forms import Choice, Choices, Prose
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import case_act, sent
from waymark.web.sections import Section, Sectioned

SEEN = "chair, police and the Prevent lead of this case"
NOBODY = "nobody"
WITH_A_CHILD = (
    "Ordinarily with the child, the family (unless implicated in potential extremism) and the"
    " other professionals who work with the child. Each conversation, or why there was none."
)
WITH_AN_ADULT = "With the person and the professionals who know them: each, or why there was none."


class ReviewForm(Sectioned):
    conversations = Prose(
        label="Which conversations were held?", who_sees=SEEN, rows=5,
        error_messages={"required": "Enter which conversations were held, or why there were none"},
    )  # fmt: skip
    harm_suspected = Choice(
        label="Is significant harm suffered or likely?",
        choices=[("no", "No"), ("yes", "Yes")],
        error_messages={"required": "Select whether significant harm is suffered or likely"},
    )
    safeguarding = Prose(
        label="What was considered about safeguarding?", who_sees=SEEN, rows=3,
        help_text="Also where nothing is needed.",
        error_messages={"required": "Enter what was considered about safeguarding"},
    )  # fmt: skip
    to_ask = Choices(
        label="Which partners may know something?",
        help_text="Only those whose knowledge is needed.",
        choices=[], none=NOBODY, reveals={NOBODY: "nobody_to_ask_why"},
        error_messages={"required": "Select the partners to ask, or that there is nobody to ask"},
    )  # fmt: skip
    nobody_to_ask_why = Prose(
        label="Why is there nobody to ask?", who_sees=SEEN, rows=2,
        error_messages={"required": "Enter why there is nobody to ask"},
    )  # fmt: skip
    recommendation = Prose(
        label="What do you recommend?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter what you recommend"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, bodies: list[Organisation]):
        super().__init__(data, version=case.version)
        self.bodies = {str(one.pk): one for one in bodies}
        self.fields["conversations"].help_text = (
            WITH_AN_ADULT if is_adult(case.person) else WITH_A_CHILD
        )
        asked = self.fields["to_ask"]
        assert isinstance(asked, Choices)
        named = [(key, one.name) for key, one in self.bodies.items()]
        asked.choices = [*named, (NOBODY, "Nobody needs to be asked")]
        # a dictionary of this form's own: fields share theirs with the class
        asked.reveals = asked.reveals | {key: f"why_{key}" for key in self.bodies}
        for key, one in self.bodies.items():
            self.fields[f"why_{key}"] = Prose(
                label="What may it know, and why is it needed?", who_sees=f"{SEEN}", rows=2,
                error_messages={"required": f"Enter what {one.name} may know"},
            )  # fmt: skip

        reasons = [f"why_{key}" for key in self.bodies]  # errors are listed in the page's order
        before = ["conversations", "harm_suspected", "safeguarding", "to_ask"]
        self.order_fields([*before, *reasons])

    def sections(self) -> list[Section]:
        return [
            Section("Conversations", ["conversations"], clause="2.4.2",
                    lead="The concern is clarified before anything else."),
            Section("Safeguarding", ["harm_suspected", "safeguarding"], clause="2.5.13",
                    lead="Where significant harm is suspected, social care is told before the"
                    " review goes on."),
            Section("Partners to ask", ["to_ask"], clause="1.3.3",
                    lead="Information is shared only as far as is strictly necessary."),
            Section("Recommendation", ["recommendation"]),
        ]  # fmt: skip

    def named(self) -> dict[Organisation, str]:
        """Each organisation to ask, and what it may know."""
        chosen = [key for key in self.cleaned_data["to_ask"] if key != NOBODY]
        return {self.bodies[key]: self.cleaned_data[f"why_{key}"] for key in chosen}


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: AskedBy, case: Case) -> HttpResponse:
    """What the lead reads before reviewing stands on the same page: the extract and the risk."""
    form = ReviewForm(sent(request), case=case, bodies=bodies_in(case.area))
    return case_act(
        request,
        case,
        form,
        lambda form: _review(form, case, request),
        rule=lambda: lead_review.may_review(request.user, case),
        title="Review the referral",
        button="Sign this review",
        lead="The police found neither conflict nor major risk."
        f" {case.get_led_by_display()} reviews it.",
        lead_clause=lead_review.CLAUSES.get(case.led_by, "2.7.6"),
        template="lead_review/review.html",
        extracts=extracts_of(case),
        risk=risk.last_risk(case),
        police=sees_part(request.user, case, Part.HELD),
        gathered=gathering.last_gathering(case),
        sharing=_sharing(case),
        safeguarding=_safeguarding(case),
        social_care=None if not is_adult(case.person)
        else in_force().text("adult_social_care_consent"),
        said="The referral is reviewed.",
    )  # fmt: skip


def _review(form: ReviewForm, case: Case, request: AskedBy) -> object:
    said = form.cleaned_data
    return lead_review.review(
        case,
        by=request.user,
        conversations=said["conversations"],
        harm_suspected=said["harm_suspected"] == "yes",
        safeguarding=said["safeguarding"],
        recommendation=said["recommendation"],
        to_ask=form.named(),
        nobody_to_ask_why=said["nobody_to_ask_why"],
        version=form.seen_version,
    )


def _sharing(case: Case) -> dict[str, Any]:
    """The position on sharing that stands, and what is missing before a partner is asked."""
    stands: SharingPosition | None = positions.position_of(case)
    return {
        "missing": refusal(positions.may_be_shared, case),
        "words": f"{stands.get_state_display()}: {stands.ground}" if stands else "",
        "href": reverse("sharing_position", args=[case.reference]),
    }


def _safeguarding(case: Case) -> dict[str, Any]:
    made = [social_care.in_words(one) for one in social_care.made_on(case)]
    return {"made": made, "href": reverse("case_safeguarding", args=[case.reference])}
