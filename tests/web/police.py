"""Signing in, asking for pages and sending their forms, as the police do."""

import re
from html import unescape
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import acting
from tests.story import Story
from waymark.directory.models import User
from waymark.referrals.models import Subject

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
WHY = "It was looked into with the school, which knows the family well."
FOUR = {
    "what_is_new": "A second teacher now says the same.",
    "what_repeats": "The drawing was told of before.",
    "what_was_left_open": "Nobody had asked at home.",
    "what_it_shows_together": "Two schools saw it apart from each other.",
}


class Pages:
    """`Pages(client, user)`: pages as that person sees them."""

    def __init__(self, client: Client, user: User):
        self.client, self.user = client, user
        with transaction.atomic():  # a session is opened by what is shown in its transaction
            client.force_login(user, backend=BACKEND)

    def get(self, page: str, *args: object, query: str = "") -> Any:
        return self.client.get(reverse(page, args=args) + query)

    def text(self, page: str, *args: object, query: str = "") -> str:
        answer = self.get(page, *args, query=query)
        assert answer.status_code == 200, answer.status_code
        return plain(answer)

    def send(self, page: str, *args: object, **said: Any) -> Any:
        """Open the page, fill in its form with `said`, send it; what it hides is sent along."""
        opened = self.get(page, *args)
        assert opened.status_code == 200, opened.status_code
        return self.client.post(reverse(page, args=args), hidden(opened) | said)

    def about(self, subject: Subject, page: str, *more: object, **said: Any) -> Any:
        """The same of a page about one person of a referral."""
        return self.send(page, *where(subject), *more, **said)


def where(subject: Subject) -> tuple[str, int]:
    return subject.referral.reference, subject.position + 1


def hidden(answer: Any) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def plain(answer: Any) -> str:
    """The page's words, with its tags out of the way."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def decided(**said: Any) -> dict[str, Any]:
    """What every outcome's page asks, answered."""
    return {"why": WHY, "area_basis": "home", "concern_type": ""} | said


def again(story: Story, **said: Any) -> Subject:
    """The same person is referred once more, by somebody else."""
    later = Story(story.cast, born=story.born, surname=story.surname).referred(**said)
    acting(story.cast.police_lead)
    return Subject.objects.select_related("referral", "area").get(pk=later.subject.pk)
