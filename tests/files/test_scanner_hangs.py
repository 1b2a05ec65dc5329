"""A scanner that hangs keeps files waiting, and nothing else that the job worker does (S45)."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from waymark.project import worker
from waymark.project.jobs import mailing, scanning


@pytest.mark.requirement("S45")
def test_other_jobs_go_on_while_the_scanner_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    hangs, let_go, sent = threading.Event(), threading.Event(), threading.Event()

    def check() -> None:
        hangs.set()
        let_go.wait(10)

    monkeypatch.setattr(scanning, "_check_apart", check)
    monkeypatch.setattr(mailing, "send", sent.set)

    async def both() -> None:
        """As the worker does them: so many at once, each a task of its own."""
        turns = asyncio.Semaphore(worker.AT_ONCE)
        scans = asyncio.create_task(in_turn(turns, scanning.check_files.func))
        await asyncio.to_thread(hangs.wait, 10)
        other = asyncio.create_task(in_turn(turns, mailing.send_notices.func))
        went_on = await asyncio.to_thread(sent.wait, 3)
        let_go.set()
        await asyncio.gather(scans, other)
        assert went_on, "the other job waited for the scanner"

    with ThreadPoolExecutor(1) as apart:  # another test's browser has this thread's loop
        apart.submit(asyncio.run, both()).result()


async def in_turn(turns: asyncio.Semaphore, job: Any) -> None:
    async with turns:
        await job(0)
