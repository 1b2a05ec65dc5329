"""What was looked at is sampled each week, and hidden matches are told: two jobs (R24, S30)."""

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app

from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.oversight import matches, sampling


def sample() -> int:
    """Draw from each week that is over, as the duty that may; how many looks."""
    with transaction.atomic():
        read_offset()
        become(sampling.SAMPLE_LOOKS)
        return sampling.draw(by=sampling.SAMPLE_LOOKS)


def tell() -> int:
    """Tell of matches that nobody was told of, as the duty that may; of how many."""
    with transaction.atomic():
        read_offset()
        become(matches.TELL_OF_MATCHES)
        return matches.tell(by=matches.TELL_OF_MATCHES)


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="sample_looks", name="waymark.project.sample_looks")
async def sample_looks(timestamp: int) -> None:
    await sync_to_async(sample)()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="tell_of_matches", name="waymark.project.tell_of_matches")
async def tell_of_matches(timestamp: int) -> None:
    await sync_to_async(tell)()
