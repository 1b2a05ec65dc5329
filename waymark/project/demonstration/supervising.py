"""Who supervises whom, and what those who do this work have learnt."""

from collections.abc import Iterable
from datetime import timedelta

from waymark.cases import supervisors
from waymark.cases.holders import holder_of
from waymark.cases.models import Case
from waymark.cases.writers import WRITERS
from waymark.database.clock import today
from waymark.oversight import staff, supervision
from waymark.oversight.supervision import Talk
from waymark.policy.pack import in_force
from waymark.project.demonstration.accounts import ACCOUNTS
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.later import Later
from waymark.project.demonstration.telling import acting

SAID = "It goes slowly, and the family is tired of being asked. Ask less, and say why each time."
ISSUES = ("consent_and_trust", "families")


def supervised(stories: Iterable[Later]) -> None:
    """Every third open case has been talked over, every third has a supervisor, and the rest
    wait for one."""
    for number, story in enumerate(stories):
        by = acting(story.police_lead)
        case = _case_of(story)
        if case is None or not case.is_open or number % 3 == 2:
            continue
        who = supervisors.who_can_supervise(case)[0]
        supervisors.name(case, by=by, who=who)
        if number % 3 == 0:
            holder = holder_of(case).user
            soon = today() + timedelta(days=7 + number)
            talk = Talk(holder, today(), SAID, soon, ISSUES)
            supervision.write_down(case, by=acting(who), talk=talk)


def _case_of(story: Later) -> Case | None:
    """The case as it is now; none where the story has not come so far."""
    if not hasattr(story, "case"):
        return None
    return Case.objects.select_related("area").filter(pk=story.case.pk).first()


def learnt(cast: Cast) -> None:
    """Each has done the e-learning at some time: for some of them too long ago."""
    courses = [course.code for course in in_force().courses]
    workers = [cast[one.username] for one in ACCOUNTS if one.role in WRITERS]
    for number, user in enumerate(workers):
        by = acting(user)
        for ago, course in enumerate(courses, start=number):
            done = today() - timedelta(days=150 + 140 * (ago % 8))
            staff.note_training(user, by=by, course=course, done_date=done)
        ends = today() + timedelta(days=20 + 90 * number)
        staff.note_clearance(user, by=by, level="sc" if number % 2 else "ctc", expires_date=ends)
