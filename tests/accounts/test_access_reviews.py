"""Each quarter a chair signs who has access: every account, kept or ended with the reason."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cast import Cast, acting
from tests.web.police import Pages, plain
from waymark.cases.models import Task
from waymark.database.guard import become
from waymark.directory.models import Notice, Role
from waymark.oversight import access_reviews, leavers
from waymark.oversight.models import AccessReview, AccessSaid
from waymark.oversight.upkeep import KEEP_DIRECTORY
from waymark.project.jobs.upkeep import keep


@pytest.mark.requirement("S19")
def test_the_chair_signs_each_account_and_what_is_to_end_waits_for_administrators(
    essex: Cast, thurrock: Cast, client: Client
) -> None:
    essex.appointed(Role.ADMINISTRATOR, of=essex.council)
    keep()
    keep()  # asked once
    desk = Pages(client, essex.administrator)
    assert desk.text("access_reviews").count("overdue") == 2
    assert Pages(client, thurrock.chair).get("access_review", "essex").status_code == 404

    chair = Pages(client, essex.chair)
    assert "Never" in chair.text("access_reviews")
    page = chair.text("access_review", "essex")
    people = [one for one in access_reviews.people_of(essex.area) if one != essex.chair]
    assert all(one.name in page for one in people) and "Last signed in: never" in page
    said = {f"of_{one.pk}": "keep" for one in people}
    gone = essex.provider
    answer = chair.send("access_review", "essex", **said | {f"of_{gone.pk}": "end"})
    assert f"Enter why the access of {gone.name} ends" in plain(answer)
    del said[f"of_{people[0].pk}"]
    assert "Select whether" in plain(chair.send("access_review", "essex", **said))
    said |= {f"of_{people[0].pk}": "keep", f"of_{gone.pk}": "end", f"why_{gone.pk}": "Has moved on"}
    assert chair.send("access_review", "essex", **said).status_code == 302

    acting(essex.chair)
    (review,) = AccessReview.objects.all()
    assert AccessSaid.objects.filter(review=review).count() == len(people)
    assert not Task.objects.waiting().filter(kind="review_access", area=essex.area).exists()
    for rows in (AccessReview.objects, AccessSaid.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()
    desk = Pages(client, essex.administrator)
    assert "Has moved on" in desk.text("access_reviews")
    assert Notice.objects.filter(kind="access_to_end").exists()
    leavers.suspend(gone, by=acting(essex.administrator), kind="left", words="As the chair said")
    assert "Has moved on" not in Pages(client, essex.administrator).text("access_reviews")
    acting(thurrock.chair)
    assert not AccessReview.objects.exists() and not AccessSaid.objects.exists()
    become(KEEP_DIRECTORY)
    assert access_reviews.ask_chairs(by=KEEP_DIRECTORY) == 0
    assert review.next_date > date.today() + timedelta(days=80)
