"""A sample of looks, drawn each week, goes to the viewer's supervisor, who answers each (R24).

Drawn by chance: as many of a hundred as the policy pack says, and one at least of everybody who
looked at a case. Nobody answers for their own.
"""

import secrets
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import connection

from waymark.audit.events import record
from waymark.audit.looks import REFUSED, Look, looks_between
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs
from waymark.database.actor import Actor, Duty
from waymark.database.clock import LONDON, now, today
from waymark.directory.models import Appointment, Area, Role, User
from waymark.directory.permission import Refused, act
from waymark.oversight.models import SampledLook
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

SAMPLE_LOOKS = Duty("sample_looks")
CLAUSE = "2.1.4"
TASK = "answer_look"
WEEK = timedelta(days=7)
WEEKS_BACK = 4  # what a job that did not run makes up for
LEADS = (Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR)
OF_THE_POLICE = (Role.POLICE_OFFICER, Role.POLICE_LEAD)
WHY = "A look at a case was drawn by chance. Ask what it was for, and answer for it."


@act
def draw(*, by: Actor) -> int:
    """Draw from each whole week that was not drawn from yet; how many looks. Run twice, it comes
    to the same."""
    monday = today() - timedelta(days=today().weekday())
    weeks = [monday - WEEK * back for back in range(WEEKS_BACK, 0, -1)]
    drawn = set(SampledLook.objects.filter(week_date__in=weeks).values_list("week_date", flat=True))
    return sum(_draw_from(week, by=by) for week in weeks if week not in drawn)


def _draw_from(week: date, *, by: Actor) -> int:
    looks = list(looks_of(week))
    chosen = chosen_from(looks, in_force().limit("sample_looks").amount)
    for look in chosen:
        _give(look, week, by=by)
    return len(chosen)


def looks_of(week: date) -> Iterator[Look]:
    """What people with an account looked at of cases in the week of that Monday."""
    since, until = _midnight(week), _midnight(week + WEEK)
    found = looks_between(since, until).filter(case_id__isnull=False)
    yield from found.exclude(sight=REFUSED).filter(actor__startswith="user:")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def chosen_from(looks: list[Look], in_100: int) -> list[Look]:
    """By chance: `in_100` of each hundred, rounded up, and one at least of each viewer."""
    chance = secrets.SystemRandom()
    wanted = -(-len(looks) * in_100 // 100)
    chosen = {look.pk: look for look in chance.sample(looks, wanted)}
    of_each: dict[str, list[Look]] = {}
    for look in looks:
        of_each.setdefault(look.actor, []).append(look)
    for theirs in of_each.values():
        if not any(look.pk in chosen for look in theirs):
            one = chance.choice(theirs)
            chosen[one.pk] = one
    return list(chosen.values())


def _give(look: Look, week: date, *, by: Actor) -> None:
    viewer = User.objects.filter(pk=int(look.actor.removeprefix("user:"))).first()
    if viewer is None or look.case_id is None:
        return
    found = supervisor_for(viewer, look.case_id)
    made = SampledLook.objects.create(
        look_id=look.pk, week_date=week, viewer=viewer, supervisor=found[1] if found else None,
        drawn_at=now(), due_date=due_date(now(), in_force().limit(TASK)),
    )  # fmt: skip
    record("look_sampled", by=by, at=made.drawn_at, row=made, look=look.pk)
    if found:
        role, supervisor, area = found
        give(TASK, by=by, role=role, area=area, user=supervisor, object_id=made.pk,
             due=made.due_date, clause=CLAUSE, why=WHY)  # fmt: skip


def supervisor_for(viewer: User, case_id: int) -> tuple[Role, User, Area | None] | None:
    """Who answers for what `viewer` looked at, with their post and its area; never the viewer.

    Whoever supervises that case; else a lead of an area where the viewer holds a post, of their
    own kind of body first and one who sees the case first; else a lead of any other area.
    """
    named, seers = _of_the_case(case_id)
    leads = _leads_for(viewer)
    if named and named != viewer.pk:
        own = [post for post in _posts_of(named) if post.role in Role.values]
        if own:
            return Role(own[0].role), own[0].user, own[0].area
    ranked = sorted(leads, key=lambda post: (post.user_id not in seers, _order(viewer, post)))
    near = [post for post in ranked if _near(viewer, post)]
    post = next(iter(near or ranked), None)
    return (Role(post.role), post.user, post.area) if post else None


def _of_the_case(case_id: int) -> tuple[int | None, set[int]]:
    """Who is named as its supervisor, and who sees it by a post."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT named_supervisor(%s)", [case_id])
        named = cursor.fetchone()[0]
        cursor.execute("SELECT user_id FROM seen_by_post(%s)", [case_id])
        return named, {row[0] for row in cursor.fetchall()}


def _posts_of(key: int) -> list[Appointment]:
    held = Appointment.objects.in_force(today()).filter(user=key, user__is_active=True)
    return list(held.select_related("user", "area").order_by("pk"))


def _leads_for(viewer: User) -> list[Appointment]:
    held = Appointment.objects.in_force(today()).filter(role__in=LEADS, user__is_active=True)
    others = held.exclude(user=viewer).select_related("user", "area")
    return list(others.order_by("user__name", "pk"))


def _near(viewer: User, post: Appointment) -> bool:
    areas = {area for _, area in viewer.appointments_today()}
    return post.area_id is None or post.area_id in areas or None in areas


def _order(viewer: User, post: Appointment) -> tuple[int, str, int]:
    """The police answer for the police, the chair for the others; then the next in line."""
    roles = {role for role, _ in viewer.appointments_today()}
    police_first = bool(roles & set(OF_THE_POLICE))
    order = LEADS if police_first else (Role.CHAIR, Role.VICE_CHAIR, Role.POLICE_LEAD)
    return order.index(Role(post.role)), post.user.name, post.pk


def may_answer(user: User, made: SampledLook) -> None:
    """The supervisor whom it went to, once; never the viewer."""
    if made.supervisor_id != user.pk or made.viewer_id == user.pk:
        raise Refused("Answering for this look is not yours to do", clause=CLAUSE,
                      until="The viewer’s supervisor does.")  # fmt: skip
    if made.answered_at:
        raise Refused("This look has been answered for", clause=CLAUSE)


@act
def answer(
    made: SampledLook, *, by: User, outcome: str, words: str, told: bool, told_words: str
) -> None:
    """Say what the look was for, and in words whether the person whose case it is is told."""
    made = SampledLook.objects.select_for_update(of=("self",)).get(pk=made.pk)
    may_answer(by, made)
    if outcome not in SampledLook.Outcome.values:
        raise Refused("It is not said whether the look was needed", clause=CLAUSE)
    made.words = needs(words, why="It is not said in words what the look was for", clause=CLAUSE)
    made.told_words = needs(
        told_words, why="It is not said in words whether the person is told", clause=CLAUSE,
        until="Say who tells them and how, or why they are not told.",
    )  # fmt: skip
    made.answered_by, made.answered_at, made.outcome, made.told = by, now(), outcome, told
    made.save(update_fields=[
        "answered_by", "answered_at", "outcome", "words", "told", "told_words"
    ])  # fmt: skip
    record("look_answered", by=by, at=made.answered_at, row=made, outcome=outcome, told=told)
    waiting = Task.objects.waiting().filter(kind=TASK, object_id=made.pk)
    finish_those(list(waiting), by=by, outcome=outcome)


def sampled(key: int) -> SampledLook | None:
    """The drawn look of that key, where the reader may know of it."""
    found = SampledLook.objects.select_related("viewer__organisation", "supervisor", "answered_by")
    return found.filter(pk=key).first()


def is_late(made: SampledLook) -> bool:
    return made.answered_at is None and made.due_date < today()
