"""Who may be known already: each beside this one, and a person says whether they are the same."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.permission import permits, refusal
from waymark.people.models import SamePerson
from waymark.referrals.deciding import decisions, known
from waymark.referrals.deciding.lookups import note_hidden
from waymark.referrals.models import Subject
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy
from waymark.web.frames.acts import act_page
from waymark.web.frames.referral import address, frame, subject_page
from waymark.web.frames.same_person import beside_rows
from waymark.web.page import show

SAID = {
    SamePerson.Answer.SAME.value: "They are linked as the same person. Neither record is changed.",
    SamePerson.Answer.DIFFERENT.value: "They are kept apart as different people.",
    SamePerson.Answer.CANNOT_TELL.value: "It cannot be told whether they are the same. The two"
    " records stay apart, and count as a repeat.",
}
WHO_SEES = "the police Prevent team"


class SayForm(Questions):
    answer = Choice(
        label="Are they the same person?",
        choices=SamePerson.Answer.choices,
        hints={
            "same": "The two records are linked, never merged. You can say otherwise later.",
            "different": "For example two people of the same name.",
            "cannot_tell": "The two records stay apart, and you still say what both show together.",
        },
        divider="cannot_tell",
        error_messages={"required": "Select whether they are the same person"},
    )
    why = Prose(
        label="Why do you think so?",
        help_text="Say what you compared, and what fits or does not.",
        who_sees=WHO_SEES,
        error_messages={"required": "Enter why you think so"},
    )


@subject_page
@require_safe
def listed(request: AskedBy, subject: Subject) -> HttpResponse:
    """Everybody of the same name and birth date, each with its outcome first."""
    facts, others = known.beside(subject)
    known.note_matches_shown([one.known for one in others], by=request.user)
    note_hidden(subject)
    waiting = any(one.answer is None for one in others)
    context = frame(subject, request.user) | {
        "title": "Who may be known already",
        "facts": facts,
        "others": beside_rows(subject, others, request.user),
        "comparable": known.can_be_compared(subject),
        "waiting": waiting,
        "look_for": address(subject, "screening_look_for"),
        "onward": address(subject, "screening_decide")
        if not waiting and permits(decisions.may_begin_deciding, request.user, subject)
        else "",
    }
    return show(request, "screening/known.html", context)


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: AskedBy, subject: Subject, other: int) -> HttpResponse:
    """Answer for one of them, with the reason."""
    facts, others = known.beside(subject)
    found = [one for one in others if one.known.subject_id == other]
    found = found or known.put_beside(subject, known.one_more(subject, other))[1]
    if not found:
        raise Http404
    one = found[0]
    known.note_matches_shown([one.known], by=request.user)
    form = SayForm(request.POST if request.method == "POST" else None)
    back = address(subject, "screening_known")
    context = frame(subject, request.user) | {
        "title": "Are they the same person?",
        "button": "Record your answer",
        "facts": facts,
        "one": beside_rows(subject, [one], request.user)[0],
        "back": back,
        "refusal": None
        if request.method == "POST"
        else refusal(known.may_say, request.user, subject),
    }
    return act_page(
        request,
        form,
        lambda said: known.say(
            subject,
            by=request.user,
            other_id=one.known.person_id,
            answer=said.cleaned_data["answer"],
            why=said.cleaned_data["why"],
            looked_for=one.known.subject_id,
        ),
        done=back,
        said=lambda made: SAID[made.answer],
        template="screening/say.html",
        context=context,
    )
