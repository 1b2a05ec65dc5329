"""Where each task is done, and what it is called: one register, by the task's kind.

Nothing is asked of the database but the case that the task already holds: select it with the
tasks, and a list costs the same however long it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from waymark.cases.models import Task

Given = Callable[[Task], int | str | None]


def the_case(task: Task) -> str | None:
    return task.case.reference if task.case else None


def the_subject(task: Task) -> int | None:
    return task.subject_id


def the_object(task: Task) -> int | None:
    return task.object_id


@dataclass(frozen=True)
class Link:
    """An act as a verb and a noun, the name of its page, and what its address is made of.

    `page` may be empty: `case_act_<kind>` is looked for, and where there is none the task is
    done from the page of its case.
    """

    act: str
    page: str = ""
    given: tuple[Given, ...] = (the_case,)


LINKS = {
    # what comes in
    "screen": Link("Screen a referral", "screening", (the_subject,)),
    "read_first": Link("Read a referral first", "screening", (the_subject,)),
    "confirm_screening": Link("Confirm a screening", "screening", (the_subject,)),
    "find_second": Link("Find a second person for a screening", "screening", (the_subject,)),
    "read_not_prevent": Link("Read what was found not Prevent", "screening", (the_subject,)),
    "read_addition": Link("Read what a referrer added", "additions_of", (the_subject,)),
    "added_file_unchecked": Link(
        "See to a file that nothing has checked", "additions_of", (the_subject,)
    ),
    "await_answer": Link("See whether the referrer has answered", "additions_of", (the_subject,)),
    "settle_paper": Link("Settle a paper that fits no case", "paper", (the_object,)),
    "answer_form_request": Link(
        "Answer a request for the form", "answer_form_request", (the_object,)
    ),
    "read_after_no": Link(
        "Read a referral to social care", "safeguarding_read", (the_case, the_object)
    ),
    "chase_safeguarding": Link("Chase a safeguarding referral", "safeguarding", (the_object,)),
    # the stages of a case
    "gather": Link("Finish information gathering", "gather"),
    "first_risk": Link("Assess the risk", "assess_risk"),
    "lead_review": Link("Review a referral", "lead_review"),
    "ask_partners": Link("Ask partners", "ask_partners"),
    "partner_checks": Link("Look at the partners’ answers", "partner_checks"),
    "second_risk": Link("Assess the factors, then the risk a second time", "assessment"),
    "next_step": Link("Say what the next step should be", "next_step"),
    "panel": Link("Hold the panel", "case_panel"),
    "ask_consent": Link("Ask for consent", "consent"),
    "endorse_exit": Link("Decide on an exit", "exit"),
    "look_at_hold": Link("Look at a hold again", "release"),
    "end_hold": Link("End a hold that has lasted its longest", "release"),
    "consider_risen": Link("Consider a risk of criminality that has risen", "considered"),
    "check_conflict": Link("Check for conflict before the panel", "conflict"),
    "accept_case": Link("Accept a case", "accept"),
    "keep_left": Link("Keep what a colleague left, or pass it on", "left_case"),
    "name_supervisor": Link("Name who supervises a case", "name_supervisor"),
    "decide_leaving": Link("Decide whether a case leaves Channel", "leaving"),
    "decide_early_end": Link("Decide on an end that nobody chose", "early_end"),
    "decide_held_support": Link("Decide on support during a hold", "held_support"),
    "review_after_exit": Link("Review after an exit", "review_after_exit"),
    "announce_reviews": Link("Tell the person of the reviews", "announce_reviews"),
    "decide_extension": Link("Decide on a further review", "review_extension"),
    "chase_signpost": Link("See that a service has somebody", "signpost", (the_object,)),
    "say_again": Link("Say again what the next step should be", "next_step"),
    "decide_again": Link("Decide the next step again", "next_step"),
    "sign_minutes": Link("Sign the minutes of a meeting", "meeting_minutes", (the_object,)),
    "name_deputy": Link("Decide on a deputy", "deputy", (the_object,)),
    "answer_interim_step": Link(
        "Answer a step for safety", "interim_step_answer", (the_case, the_object)
    ),
    "panel_action": Link("Do what the panel gave you", "panel_action", (the_object,)),
    # a transfer
    "answer_transfer": Link("Answer another panel about a transfer", "transfer"),
    "chase_transfer": Link("Chase the other panel about a transfer", "transfer"),
    "transfer_back": Link("Ask for a case to be taken back", "transfer"),
    "agree_transfer_out": Link("Decide whether a case is transferred out", "transfer_out"),
    # the person's age
    "hand_over": Link("Hand a case over to the adult lead", "hand_over"),
    "take_over": Link("Take a case over", "take_over"),
    "ask_as_adult": Link("Ask for consent as an adult", "consent_ahead"),
    "seek_age_assessment": Link("See that an age is assessed", "age_assessed"),
    # requests and replies
    "answer_request": Link("Answer a request", "request", (the_object,)),
    "chase_reply": Link("Chase a reply", "partner_checks"),
    "fetch_reply": Link("Fetch a reply", "partner_checks"),
    "reply_overdue": Link("See to an overdue answer", "partner_checks"),
    "read_answer": Link("Read a partner’s answer", "asked_request", (the_case, the_object)),
    "check_answer": Link("Check what a partner answered", "mark_answers"),
    # what is looked at, told or promised on a case
    "read_new_concern": Link("Read a new concern", "new_concern"),
    "read_change": Link("Read a change that was told", "read_change", (the_case, the_object)),
    "raise_harm": Link("Raise harm with social care", "before_an_end"),
    "file_refused": Link("Read why a file was refused", "refused_file", (the_object,)),
    "file_unchecked": Link("See to a file that nothing has checked", "documents"),
    "review_risk": Link("Review the risk", "assess_risk"),
    "review_sharing": Link("Decide again on sharing", "sharing_position"),
    "look_at_telling": Link("Look again at telling the person", "told"),
    "keep_promise": Link("Keep a promise", "told"),
    "repeat_assessment": Link("Repeat the assessment", "assessment"),
    # who sees a case
    "agree_restriction": Link("Say whether a case is rightly restricted", "agree_restriction"),
    "name_people": Link("Name who works on a restricted case", "name_person"),
    "lift_restriction": Link("Decide whether a case is restricted no more", "lift_restriction"),
    "decide_exclusion": Link(
        "Decide on who is kept from a case", "kept_out", (the_case, the_object)
    ),
    "read_knows": Link(
        "Read that a colleague knows somebody", "known_read", (the_case, the_object)
    ),
    "review_emergency": Link("Review a case opened in an emergency", "emergency", (the_object,)),
    "second_emergency": Link("Say whether a case is opened now", "emergency", (the_object,)),
    "answer_look": Link("Answer for a look", "sampled_look", (the_object,)),
    "read_match": Link("Read who may be the same person", "hidden_match", (the_object,)),
    # those who do this work
    "supervise": Link("Supervise a case", "supervise"),
    "review_access": Link("Sign who has access", "access_reviews", ()),
    "confirm_people": Link("Confirm your people", "confirm_people", (the_object,)),
    "confirm_person": Link("Confirm who confirms others", "confirm_people", (the_object,)),
    "mail_not_sent": Link("Look at e-mails that were not delivered", "messages", ()),
    "confirm_contact": Link("Confirm a contact", "contact", (the_object,)),
    # support
    "accept_brief": Link("Answer a brief", "piece", (the_object,)),
    "log_session": Link("Write down a session", "piece_log", (the_object,)),
    "brief_declined": Link("Name who gives support", "piece", (the_object,)),
    "support_ended": Link("Read that support has ended", "piece_ended", (the_object,)),
    "progress_due": Link("Report progress of support", "piece_progress", (the_object,)),
    "silent_support": Link("Find out why support is silent", "piece_silence", (the_object,)),
    "silence_unanswered": Link("See to silent support", "plan_silence", (the_case, the_object)),
    "provider_lapses": Link("Renew a provider’s checks", "provider_standing", (the_object,)),
    "provider_stopped": Link("See to a stopped provider", "provider_standing", (the_object,)),
    "provider_ready": Link("Let a provider’s support go on", "provider_standing", (the_object,)),
    "look_at_suspension": Link("Look at a suspension again", "provider_standing", (the_object,)),
    "write_plan": Link("Write the plan", "plan_write"),
    "help_otherwise": Link("Offer help that needs no consent", "consent_help"),
    "name_another": Link(
        "See to it that somebody else gives support", "piece_another", (the_case, the_object)
    ),
    "asked_to_stop": Link("Ask what somebody who asked to stop wants", "piece", (the_object,)),
    "stop_support": Link("Stop support, and say so", "piece", (the_object,)),
    "consent_withdrawn": Link("See that support has stopped", "support_stopped"),
}


def act_of(task: Task) -> str:
    """What is to be done, as the words of a link: "Screen a referral"."""
    if task.kind == "log_session":  # one of many alike: its day tells them apart
        return f"Write down the session of {task.due_date.day} {task.due_date:%B}"
    link = LINKS.get(task.kind)
    return link.act if link else task.kind.replace("_", " ").capitalize()


def address_of(task: Task) -> str:
    """Where it is done: the page of the act, else of the case, else the reader's home."""
    for page, given in _pages(task):
        values = [value(task) for value in given]
        if None in values:
            continue
        try:
            return reverse(page, args=values)
        except NoReverseMatch:
            continue
    return "/"


def _pages(task: Task) -> Iterator[tuple[str, tuple[Given, ...]]]:
    """The names of the pages that may serve, the best first."""
    link = LINKS.get(task.kind)
    if link and link.page:
        yield link.page, link.given
    yield f"case_act_{task.kind}", (the_case,)
    yield "case", (the_case,)
