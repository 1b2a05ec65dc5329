"""Refer: the gates, what to know before, and the road (2.4.1, 2.4.9, 2.5.1–2.5.3)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import now
from waymark.policy.contents import Pack
from waymark.policy.form import Gate
from waymark.policy.pack import in_force
from waymark.referrals.writing import drafts
from waymark.referrals.writing.drafts import Written
from waymark.ui.forms import Choice, Questions
from waymark.web.access import anyone
from waymark.web.door import visiting
from waymark.web.page import show
from waymark.web.referring import unsent

# what is read before the form, page by page: address, title, texts of the policy pack
READ = (
    ("before", "Before you start", ("before_you_start", "how_long_kept")),
    ("next", "What happens next", ("what_happens_next", "who_learns_your_name")),
    ("support", "What Prevent and Channel are", ("channel_plainly",)),
    ("concern", "What is a concern, and what is not", ("think_first",)),
)
AT_WORK = ("clarify", "consult_lead")  # the policy's own words, for those whose work it is


class GateForm(Questions):
    answer = Choice(
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Say yes or no"},
    )

    def __init__(self, gate: Gate, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["answer"].label = gate.question
        self.fields["answer"].help_text = gate.hint


class RoadForm(Questions):
    road = Choice(
        label="How do you come to us?",
        help_text="It decides what we ask you. Nobody is asked for what they cannot know.",
        error_messages={"required": "Choose how you come to us"},
    )

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        roads = in_force().form.roads
        self.fields["road"].choices = [(road.code, road.name) for road in roads]  # type: ignore[attr-defined]  # a Choice has them
        self.fields["road"].hints = {road.code: road.hint for road in roads}  # type: ignore[attr-defined]


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Is anyone in danger; is it a crime or terrorist activity: the police, before any form."""
    gates = in_force().form.gates
    gate = gates[number]
    form = GateForm(gate, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            return redirect("refer_police", gate.code)
        return redirect(_after(number))
    context = _public(
        form=form, gate=gate, first=number == 0, back=reverse("refer") if number else ""
    )
    if number == 0:
        context |= {"unfinished": visiting.visit(request), "sent": visiting.sent_from(request)}
    return show(request, "refer/gate.html", context)


@anyone
@require_safe
def police(request: HttpRequest, code: str) -> HttpResponse:
    """What to do now instead of filling in a form."""
    gates = in_force().form.gates
    number = next((at for at, gate in enumerate(gates) if gate.code == code), None)
    if number is None:
        raise Http404
    context = _public(gate=gates[number], go_on=_after(number), back=reverse("refer"))
    return show(request, "refer/police.html", context)


@anyone
@require_safe
def read(request: HttpRequest, code: str) -> HttpResponse:
    """One page of what to know before the form."""
    codes = [page[0] for page in READ]
    if code not in codes:
        raise Http404
    at = codes.index(code)
    _, title, texts = READ[at]
    pack = in_force()
    context = _public(
        title=title,
        texts=[pack.text(each) for each in texts],
        code=code,
        at_work=[pack.text(each) for each in AT_WORK] if code == "concern" else (),
        go_on=reverse("refer_read", args=[codes[at + 1]])
        if at + 1 < len(READ)
        else reverse("refer_road"),
        back=reverse("refer_read", args=[codes[at - 1]]) if at else reverse("refer"),
        **(_indicators(pack) if code == "concern" else {}),
    )
    return show(request, "refer/read.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def road(request: HttpRequest) -> HttpResponse:
    """Choose the road: the draft begins here, or goes on with everything that it held."""
    found = visiting.visit(request)
    initial = {"road": found.written.road} if found else None
    form = RoadForm(request.POST if request.method == "POST" else None, initial=initial)
    if found and found.written.came_by:
        form.fields["road"].label = "How does the referrer come to us?"
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["road"]
        if found is None:
            started = Written(road=chosen, started_at=now().isoformat(), edition=in_force().code)
            return visiting.hold(redirect("refer_list"), visiting.begin(request, started))

        def choose(written: Written) -> None:
            written.road = chosen

        drafts.change(found.secret, choose)
        return visiting.hold(redirect("refer_list"), found.secret)
    back = reverse("refer_list" if found else "refer_read", args=[] if found else ["concern"])
    context = unsent(found.written) if found else _public()
    sent = None if found else visiting.sent_from(request)
    return show(request, "refer/road.html", context | {"form": form, "back": back, "sent": sent})


@anyone
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly: this browser forgets, and is somewhere that harms nobody."""
    return visiting.let_go(redirect(visiting.HARMLESS))


def _after(number: int) -> str:
    if number + 1 < len(in_force().form.gates):
        return reverse("refer_crime")
    return reverse("refer_read", args=[READ[0][0]])


def _public(**context: Any) -> dict[str, Any]:
    return {"leave_url": reverse("leave"), **context}


def _indicators(pack: Pack) -> dict[str, Any]:
    """The example indicators with what must be said beside them (2.3.2–2.3.6)."""
    return {
        "dimensions": [
            (dimension.name, pack.indicators_of(dimension.code))
            for dimension in pack.framework.dimensions
        ],
        "cautions": pack.cautions,
        "lawful": pack.text("lawful_life"),
    }
