"""The draft of a minute: put together from what was said in the meeting of one case (2.8.19)."""

from django.db.models import Q

from waymark.audit.events import record
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.panels.models import (
    ActionHeard,
    AgendaItem,
    Attendance,
    Decision,
    Declaration,
    Discussion,
    Meeting,
    Minute,
)
from waymark.panels.quorum import present

WORDS = (
    ("Information considered", "information"),
    ("Members were asked what else they share", "more_information"),
    ("What was amended in the assessment", "amended"),
    ("Changed since the last decision", "changed"),
    ("What remains after the exit", "remains"),
    ("Risk to the person", "risk_to_person"),
    ("Risk to society", "risk_to_society"),
    ("Reasons", "reasons"),
    ("Dissent", "dissent"),
    ("Decided without an answer of", "unanswered"),
    ("Health and social care considered", "health_social_care"),
    ("Referral to social care is made by", "social_care_by"),
    ("Signposted", "signposted"),
    ("Referrer asked again", "referrer_asked"),
    ("The person will be told", "told_what"),
    ("Told by", "told_by"),
)

LEFT = {
    Declaration.Kind.INTEREST: "declared an interest and left",
    Declaration.Kind.AWAY: "was not in the room for this case",
}


def draft(decision: Decision, *, by: User) -> Minute:
    """The minute of one case, from its decision: part of deciding."""
    return _keep(decision.item, _of_a_decision(decision), by=by)


def draft_carried(item: AgendaItem, following: Meeting, *, by: User) -> Minute:
    """The minute of a case that was not decided on: what was said of it, and where it went."""
    day = following.on_date
    said = [*_before(item), *discussed(item)]
    said = [*said, f"Not decided. Adjourned to {day.day} {day:%B %Y} (meeting {following})."]
    return _keep(item, said, by=by)


def in_names(there: list[Attendance]) -> str:
    return "; ".join(f"{each.user or each.organisation} ({each.capacity})" for each in there)


def _keep(item: AgendaItem, paragraphs: list[str], *, by: User) -> Minute:
    made = Minute.objects.create(
        case=item.case, meeting=item.meeting, item=item, words="\n\n".join(paragraphs), by=by,
        at=now(),
    )  # fmt: skip
    record("minute_drafted", by=by, at=made.at, case_id=made.case_id, row=made)
    return made


def _of_a_decision(decision: Decision) -> list[str]:
    said = [f"{decision.get_kind_display()}. {decision.get_basis_display()}."]
    if decision.confirmed_at:
        said.append(f"{decision.by} confirmed this and that it is recorded (2.8.5).")
    said += [*_before(decision.item), *discussed(decision.item), *_heard(decision.item)]
    if decision.assessment_is:
        said.append(f"The assessment was: {decision.get_assessment_is_display().lower()}.")
    named = [(label, getattr(decision, name)) for label, name in WORDS]
    said += [f"{label}: {words}" for label, words in named if words]
    return [*said, *_positions(decision), *_given(decision)]


def _before(item: AgendaItem) -> list[str]:
    """Who was there; who left because of an interest, or was not in the room for this case."""
    said = [f"Present: {in_names(present(item)) or 'nobody is recorded'}."]
    for one in item.declarations.select_related("attendance__user", "attendance__organisation"):
        who = one.attendance.user or one.attendance.organisation
        said.append(f"{who} {LEFT[Declaration.Kind(one.kind)]}: {one.words}")
    return [*said, *_not_there(item)]


def _not_there(item: AgendaItem) -> list[str]:
    """Who was invited and sent a report, or did not come and why (2.5.9)."""
    reports = list(item.reports.select_related("attendance__user", "attendance__organisation"))
    said = [f"{in_names([one.attendance])} sent a report: {one.words}" for one in reports]
    invited = item.meeting.attendances.filter(Q(item=None) | Q(item=item), came=False)
    away = invited.exclude(pk__in=[one.attendance_id for one in reports])
    for each in away.select_related("user", "organisation").order_by("invited_at", "id"):
        said.append(f"{in_names([each])} did not come: {each.reason}")
    return said


def discussed(item: AgendaItem) -> list[str]:
    """What was said of a case without a decision."""
    found = Discussion.objects.filter(item=item)
    return [f"Discussed, not decided ({one.why_undecided}): {one.words}" for one in found]


def _heard(item: AgendaItem) -> list[str]:
    """What became of the actions that earlier meetings gave."""
    said = []
    for one in item.actions_heard.select_related("action__owner"):
        line = f"Earlier action of {one.action.owner}, {one.action.words}: "
        line += one.get_state_display().lower()
        if one.state == ActionHeard.State.NOT_DONE and one.again_date:
            day = one.again_date
            line += f"; now by {day.day} {day:%B %Y}"
        said.append(f"{line}. {one.words}".strip())
    return said


def _positions(decision: Decision) -> list[str]:
    said = []
    apart = decision.positions.exclude(stance="agrees")
    for each in apart.select_related("organisation", "attendance__user"):
        who = f"{each.attendance.user or each.organisation} ({each.attendance.capacity})"
        why = f": {each.words}" if each.words else "."
        said.append(f"{who} {each.get_stance_display().lower()}{why}")
    return said


def _given(decision: Decision) -> list[str]:
    said = []
    for action in decision.actions.select_related("owner"):
        day = action.due_date
        said.append(f"Action: {action.owner}, by {day.day} {day:%B %Y}: {action.words}")
    if again := decision.next_review_date:
        said.append(f"Heard next by {again.day} {again:%B %Y}.")
    return said
