"""`python -m bench.papers`: what the papers of a meeting with 40 cases cost.

BENCH_PAPERS (40) says how many cases. Server seconds and bytes are of the first opening, by a
member, on this machine. The keys of hearing one case are counted where they are pressed:
`tests/browser/test_meeting_day.py`.
"""

import os
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
from waymark.panels.meeting import attendance, meetings
from waymark.panels.models import Meeting
from waymark.project import roles
from waymark.project.embedded.cluster import Cluster

CASES = int(os.environ.get("BENCH_PAPERS", "40"))
NAME = "bench_papers"


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
    member = _client(cast.panel_member)
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


if __name__ == "__main__":
    with running() as cluster:
        began = time.monotonic()
        cast, meeting = made(cluster)
        say(f"Ready in {time.monotonic() - began:.0f} s")
        for line in report(cast, meeting):
            print(line)
