"""Jobs: they carry no words, ask the policies again when they run, and are gone in a week."""

import asyncio
import inspect
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from tests.cast import Cast, acting
from tests.conftest import connect_as
from tests.story import Story
from waymark.cases.models import Case
from waymark.database import clock
from waymark.database.actor import Duty
from waymark.database.clock import today
from waymark.database.guard import become, forget_who_asks
from waymark.project.embedded.cluster import Cluster
from waymark.project.jobs import birthdays, expiry, finished_jobs
from waymark.project.settings import PROCRASTINATE_IMPORT_PATHS
from waymark.referrals.models import Referral, Referrer

GIVEN_BY_THE_WORKER = {"context", "timestamp"}


@pytest.mark.requirement("S64")
def test_a_job_can_be_given_nothing_but_numbers() -> None:
    app.perform_import_paths()
    ours = [task for task in app.tasks.values() if task.name.startswith("waymark.")]
    assert len(ours) >= len(PROCRASTINATE_IMPORT_PATHS)
    for task in ours:
        for name, asked in inspect.signature(task.func).parameters.items():
            is_key = name.endswith("_id") and asked.annotation is int
            assert is_key or name in GIVEN_BY_THE_WORKER, (task.name, name)


@pytest.mark.requirement("S64", "S79")
@pytest.mark.django_db(transaction=True)
def test_a_worker_sees_what_it_acts_for_and_nothing_before_it_says_so() -> None:
    with transaction.atomic():
        cast = Cast("Essex")
        story = Story(cast).screened()
    connect_as("waymark_worker")
    try:
        with transaction.atomic():
            forget_who_asks()
            assert (Case.objects.count(), Referral.objects.count()) == (0, 0)
            become(Duty(expiry.DUTY.name))
            assert (Case.objects.count(), Referrer.objects.count()) == (0, 0)
            acting(cast.police_officer)
            assert Case.objects.get().reference == story.case.reference
            acting(cast.outsider)  # whose right was taken away since the job was put off
            assert Case.objects.count() == 0
    finally:
        connect_as("waymark_app")


@pytest.mark.clause("2.7.6", "1.1.4")
@pytest.mark.requirement("S64", "S79")
@pytest.mark.django_db(transaction=True)
def test_a_worker_sees_to_a_birthday_with_no_more_rights_than_its_own() -> None:
    birthday = today() + timedelta(days=20)
    with transaction.atomic():
        cast = Cast("Essex")
        born = date(birthday.year - 18, birthday.month, birthday.day)
        story = Story(cast, born=born).consented()
    connect_as("waymark_worker")
    try:
        birthdays.follow()
        with transaction.atomic():
            clock.set_offset(timedelta(days=20))
        birthdays.follow()
        with transaction.atomic():
            acting(cast.adult_lead)
            case = Case.objects.get(pk=story.case.pk)
            assert (case.led_by, case.pieces.get().state) == ("adult_lead", "held")
    finally:
        with transaction.atomic():
            clock.set_offset(timedelta())
        connect_as("waymark_app")


@pytest.mark.requirement("S64")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", ["succeeded", "failed", "cancelled", "aborted"])
def test_what_ended_a_week_ago_is_gone(cluster: Cluster, status: str) -> None:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(cluster.superuser, dbname=name, autocommit=True) as strong:
        for days in (6, 8):
            strong.execute(
                "WITH made AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
                " VALUES ('default', %s, %s::procrastinate_job_status) RETURNING id)"
                " INSERT INTO procrastinate_events (job_id, type, at)"
                " SELECT id, %s::procrastinate_job_event_type, now() - %s FROM made",
                [f"ended {days}", status, status, timedelta(days=days)],
            )
        connect_as("waymark_worker")
        try:
            with ThreadPoolExecutor(1) as apart:  # another test's browser has this thread's loop
                apart.submit(asyncio.run, forget()).result()
        finally:
            connect_as("waymark_app")
        left = strong.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE 'ended %'"
        ).fetchall()
        strong.execute("TRUNCATE procrastinate_jobs CASCADE")
    assert left == [("ended 6",)]


async def forget() -> None:
    """The job itself, as a worker would run it."""
    worker: Any = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(worker) as working:
        async with working.open_async():
            context: Any = type("Context", (), {"app": working})()
            await finished_jobs.forget_jobs(context, 0)
