"""After a no: help that needs no consent, advice, and who cannot answer alone (1.1.4, s.36(6))."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import safeguarding
from waymark.cases.models import Case
from waymark.cases.writers import may_write_while_open
from waymark.database.record import Part
from waymark.policy.pack import in_force
from waymark.support.consent import apart, consents, help_otherwise
from waymark.support.reading import consents as reading
from waymark.ui.forms import Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.consent import SEEN, ApartForm, HelpForm
from waymark.web.frames.case_act import case_act, sent


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_help(request: AskedBy, case: Case) -> HttpResponse:
    """What can be offered without consent; where two disagree, whose advice was taken."""
    stands = consents.state_of(case)
    advised = stands in help_otherwise.TAKES_ADVICE
    here = reverse("consent", args=[case.reference])
    return case_act(
        request, case, HelpForm(sent(request), version=case.version, advised=advised),
        lambda form: help_otherwise.offer_help(
            case, by=request.user, version=form.seen_version,
            **{name: form.cleaned_data[name] for name in ("offered", "advice_from", "advice")},
        ),
        rule=lambda: help_otherwise.may_offer_help(request.user, case),
        title="Help that needs no consent",
        button="Write this help down",
        lead=f"Consent is {consents.NAMES[stands]}.",
        lead_clause="s.36(6)",
        template="consent/after.html",
        texts=[in_force().text("after_a_no"), in_force().text("no_is_no_sign")],
        back=here,
        done=here,
        said="The help is written down.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def set_apart(request: AskedBy, case: Case) -> HttpResponse:
    """A parent who is implicated or excluded is never the only one who answers."""
    answerers = reading.may_be_set_apart(case)
    for one in answerers:
        one.case = case
    here = reverse("consent", args=[case.reference])
    return case_act(
        request, case, ApartForm(sent(request), version=case.version, answerers=answerers),
        lambda form: apart.set_apart(
            form.answerers[form.cleaned_data["answerer"]], by=request.user,
            why=form.cleaned_data["why"], version=form.seen_version,
        ),
        rule=lambda: may_write_while_open(request.user, case),
        title="Say that a parent or guardian cannot answer alone",
        button="They cannot answer alone",
        danger=True,
        lead="Their yes opens nothing from now on. Where support stands on it alone, it stops at"
        " once. Somebody else with parental responsibility is asked.",
        lead_clause="2.10.4",
        back=here,
        done=here,
        said="It is written down that they cannot answer alone.",
    )  # fmt: skip


class ReadForm(Questions):
    words = Prose(
        label="What does the referral rest on, beside the refusal?",
        help_text="If on nothing else, say so, and whom you told.",
        who_sees=SEEN,
        rows=4,
        error_messages={"required": "Enter what the referral rests on"},
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """A referral to social care made soon after a no, read by somebody who did not ask."""
    made = case.safeguarding.filter(pk=key).select_related("to", "by").first()
    if made is None:
        raise Http404
    made.case = case
    return case_act(
        request, case, ReadForm(sent(request)),
        lambda form: safeguarding.read(made, by=request.user, words=form.cleaned_data["words"]),
        rule=lambda: safeguarding.may_read(request.user, made),
        title="Read a referral to social care",
        button="I have read it",
        lead=f"{made.by.name} referred to {made.to.name}, soon after a refusal. It goes on"
        " meanwhile: nothing waits for you.",
        lead_clause="1.1.4",
        template="consent/after.html",
        texts=[in_force().text("no_is_no_sign")],
        rows=[
            {"question": "About whom", "answer": made.about},
            {"question": "What harm is suspected", "answer": made.why},
        ],
        said="It is written down that you have read it.",
    )  # fmt: skip
