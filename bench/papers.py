"""`python -m bench.papers`: the papers of a meeting with 40 cases, and the keys of hearing one.

BENCH_PAPERS (40) says how many cases. Server seconds and bytes are of the first opening, by a
member, on this machine. Keys are counted on the page of a case with no earlier action, from its
heading on, to a decision on which all agree: one Tab to each box or group of choices that the
page shows up to the last that must be answered, one key for each choice, and Enter to send. The
letters of the words themselves are not counted.
"""

import os
import re
import time
from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from bench.__main__ import PASSWORDS, _client, connect, running, say
from bench.measured import ask
from tests.cast import Cast, acting
from tests.story import Story
from waymark.database.clock import today
from waymark.database.mark import kind, mark_as
from waymark.panels import attendance, meetings
from waymark.panels.models import Meeting
from waymark.project import roles
from waymark.project.cluster import Cluster

CASES = int(os.environ.get("BENCH_PAPERS", "40"))
NAME = "bench_papers"
MUST = ("information", "more", "assessment_is", "risk_to_person", "risk_to_society", "kind",
        "reasons", "agreed", "social_care", "told_what", "told_by")  # fmt: skip
CHOSEN = ("more", "assessment_is", "kind", "agreed", "social_care")


def made(cluster: Cluster) -> tuple[Cast, Meeting]:
    """A migrated database with so many cases at the panel, and a meeting that hears them."""
    roles.run(cluster.superuser, NAME, PASSWORDS)
    connect(NAME, "waymark_owner")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        for statement in roles.closed(NAME):
            cursor.execute(statement)
    if kind() is None:
        mark_as("demonstration")
    connect(NAME)
    with transaction.atomic():
        cast = Cast("Essex")
    for number in range(CASES):
        with transaction.atomic():
            Story(cast, surname=f"Ashdown {number}").on_panel()
        say(f"{number + 1} of {CASES} cases at the panel")
    with transaction.atomic():
        chair = acting(cast.chair)
        meeting = meetings.call(cast.area, by=chair, on_date=today())
        meetings.open_meeting(meeting, by=chair)
        for each in meeting.attendances.select_related("meeting__area"):
            attendance.attended(each, by=chair, came=True)
    return cast, meeting


def report(cast: Cast, meeting: Meeting) -> Iterator[str]:
    member, chair = _client(cast.panel_member), _client(cast.chair)
    with transaction.atomic():
        acting(cast.chair)
        item = meeting.items.order_by("added_at").first()
    assert item is not None
    pages = {
        "front page": reverse("meeting_papers", args=[meeting.pk]),
        "one case": reverse("meeting_paper", args=[meeting.pk, item.pk]),
        "all as PDF": reverse("meeting_papers_pdf", args=[meeting.pk]),
    }
    for name, address in pages.items():
        connect(NAME)
        cost = ask(member, address)
        size = len(member.get(address).content)
        yield f"{name:<12}{cost.whole / 1000:>8.2f} s{size:>12,} bytes{cost.queries:>8} queries"
    page = chair.get(reverse("meeting_case", args=[meeting.pk, item.pk])).text
    yield strokes(page)


def strokes(page: str) -> str:
    """The keys of one case, counted on its page."""
    form = page[page.index("data-autosave") :]
    names = re.findall(r'<(?:textarea|input|select)[^>]* name="([\w-]+)"', form)
    hidden = set(re.findall(r'type="hidden" name="([\w-]+)"', form))
    shown = [name for name in dict.fromkeys(names) if name not in hidden and not _revealed(name)]
    upto = shown[: shown.index("told_by") + 1]
    missing = set(MUST) - set(upto)
    assert not missing, missing
    keys = len(upto) + len(CHOSEN) + 1
    return (
        f"one case: {len(MUST)} answers must be given, {len(CHOSEN)} by one key and"
        f" {len(MUST) - len(CHOSEN)} in words; {keys} keys beside the words"
    )


def _revealed(name: str) -> bool:
    """Boxes that only another choice opens."""
    begins = ("stance_", "words_", "confirm_", "considered_", "pointed_", "review_date")
    return name.startswith(begins) or name in (
        "amended", "more_words", "dissent", "referrer_asked", "social_care_by", "form_key",
        "version",
    )  # fmt: skip


if __name__ == "__main__":
    with running() as cluster:
        began = time.monotonic()
        cast, meeting = made(cluster)
        say(f"Ready in {time.monotonic() - began:.0f} s")
        for line in report(cast, meeting):
            print(line)
