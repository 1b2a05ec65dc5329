"""The task list of an unsent referral, and its topics: each page is kept as it is typed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.policy.pack import in_force
from waymark.referrals.writing import drafts
from waymark.referrals.writing.answers import Place, asked_at, kept_at
from waymark.referrals.writing.drafts import Written
from waymark.referrals.writing.keeping import (
    add_person,
    digest_of,
    keep,
    remove_person,
    settle,
)
from waymark.web.access import anyone
from waymark.web.door import visiting
from waymark.web.door.visiting import Visit, with_draft
from waymark.web.forms.referral import TopicForm, digest_of_questions, form_at
from waymark.web.frames.task_list import groups_of
from waymark.web.page import show
from waymark.web.referring import MOST_PEOPLE, PERSONS, address_of, name_of, unsent

GUIDANCE = {  # texts of the policy pack beside a topic
    ("happened", "professional"): ("clarify",),
    ("told", "professional"): ("whom_to_ask", "capacity"),
    ("own_lead", "professional"): ("consult_lead",),
    ("safety", "professional"): ("capacity",),
}


@anyone
@require_safe
@with_draft
def tasks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every topic of the road, in any order; to check and send stands last."""
    written = visit.written
    people = len(written.people)
    context = unsent(
        written,
        road=in_force().road(written.road),
        groups=groups_of(written),
        may_add=written.road != "self" and people < MOST_PEOPLE,
        people=people,
        attachments=in_force().form.attachments,
    )
    return visiting.hold(show(request, "refer/tasks.html", context), visit.secret)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def topic(
    request: HttpRequest,
    visit: Visit,
    code: str,
    number: int | None = None,
    more: bool = False,
) -> HttpResponse:
    """One topic. What is wrong is said, and kept all the same."""
    place = _place(visit.written, code, number, more)
    if request.method == "POST":
        return visiting.hold(_posted(request, visit, place), visit.secret)
    form = _form(place, visit.written)
    return visiting.hold(_page(request, visit.written, place, form), visit.secret)


@anyone
@require_POST
def keep_typing(
    request: HttpRequest, code: str, number: int | None = None, more: bool = False
) -> HttpResponse:
    """What the page's script sends every ten seconds: kept, and nothing said."""
    found = visiting.visit(request)
    if found is None:
        return HttpResponse(status=410)
    _keep(request, found, _place(found.written, code, number, more))
    return visiting.hold(HttpResponse(status=204), found.secret)


@anyone
@require_POST
@with_draft
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One more person in the same referral: each is looked at alone."""
    if visit.written.road == "self" or len(visit.written.people) >= MOST_PEOPLE:
        return redirect("refer_list")
    drafts.change(visit.secret, add_person)
    return redirect(reverse("refer_person_topic", args=[len(visit.written.people) + 1, "person"]))


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def remove(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Take one person out again, after asking."""
    if not 1 <= number <= len(visit.written.people) or len(visit.written.people) == 1:
        raise Http404
    if request.method == "POST":
        drafts.change(visit.secret, lambda written: remove_person(written, number - 1))
        return redirect("refer_list")
    context = unsent(visit.written, whose=PERSONS[number - 1].lower(), back=reverse("refer_list"))
    return show(request, "refer/remove.html", context)


def _posted(request: HttpRequest, visit: Visit, place: Place) -> HttpResponse:
    written, form = _keep(request, visit, place)
    if request.POST.get("asked_as") != _asked_as(place, written):
        return redirect(f"{address_of(place)}?changed=page{_onward(request, '&')}")
    if len(written.earlier.get(place.key, [])) > _shown(request):
        return redirect(f"{address_of(place)}?changed=tab{_onward(request, '&')}")
    later = "later" in request.POST
    complete = form.is_valid()
    drafts.change(visit.secret, lambda kept: settle(kept, place, complete=complete))
    if not complete and not later:
        return _page(request, written, place, form)
    follows = Place(place.topic, place.person, more=True)
    if not later and not place.more and asked_at(follows, written):
        return redirect(address_of(follows) + _onward(request))
    return redirect("refer_check" if _onward(request) else "refer_list")


def _shown(request: HttpRequest) -> int:
    """How many earlier answers the page showed; what is no number came from no page of ours."""
    said = request.POST.get("shown", "")[:6]
    return int(said) if said.isascii() and said.isdigit() else 0


def _keep(request: HttpRequest, visit: Visit, place: Place) -> tuple[Written, TopicForm]:
    form = form_at(place, visit.written)(request.POST)
    tab, seen = request.POST.get("form_key", "")[:64], request.POST.get("seen", "")

    def edit(written: Written) -> None:
        keep(written, place, form.typed(), tab=tab, seen=seen)

    return drafts.change(visit.secret, edit) or visit.written, form


def _page(request: HttpRequest, written: Written, place: Place, form: TopicForm) -> HttpResponse:
    pack = in_force()
    several = place.topic.about == "matter" and len(written.people) > 1
    context = unsent(
        written,
        form=form,
        title=name_of(place, written),
        lead="" if place.more else place.topic.lead_for(written.road),
        several=len(written.people) if several else 0,
        questions=form.questions,
        earlier=_earlier(place, written),
        changed=request.GET.get("changed", ""),
        guidance=[pack.text(code) for code in GUIDANCE.get((place.topic.code, written.road), ())],
        attachments=pack.form.attachments if place.topic.code == "others" else (),
        autosave=f"{address_of(place)}/keep",
        back=reverse("refer_check" if _onward(request) else "refer_list"),
    )
    return show(request, "refer/topic.html", context)


def _form(place: Place, written: Written) -> TopicForm:
    form = form_at(place, written)
    answers = kept_at(place, written)
    typed = {code: answers[code] for code in form.base_fields if answers.get(code)}
    hidden = {
        "seen": digest_of(typed),
        "shown": len(written.earlier.get(place.key, [])),
        "asked_as": _asked_as(place, written),
    }
    return form(initial={**typed, **hidden})


def _asked_as(place: Place, written: Written) -> str:
    return digest_of_questions(asked_at(place, written), written.road)


def _place(written: Written, code: str, number: int | None, more: bool) -> Place:
    """The page of that address, or 404: this road has no such page.

    A page about a person without a number is the first person's: what an old tab sends is kept.
    """
    for topic in in_force().topics_of(written.road):
        if topic.code != code or (number is not None and topic.about != "person"):
            continue
        number = (number or 1) if topic.about == "person" else None
        if number is not None and not 1 <= number <= len(written.people):
            break
        place = Place(topic, None if number is None else number - 1, more)
        if asked_at(place, written):
            return place
    raise Http404


def _earlier(place: Place, written: Written) -> list[dict[str, Any]]:
    """What another tab had kept on this page, in the words of its questions."""
    asked = {question.code: question for question in asked_at(place, written)}
    return [
        {"question": asked[code].text_for(written.road), "answer": typed}
        for kept in written.earlier.get(place.key, [])
        for code, typed in kept.items()
        if code in asked
    ]


def _onward(request: HttpRequest, after: str = "?") -> str:
    """Whoever came from *Check your answers* goes back there."""
    return f"{after}back=check" if request.GET.get("back") == "check" else ""
