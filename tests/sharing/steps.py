"""Asking and answering, in a line each."""

from typing import Any

from tests.cast import acting
from tests.story import Story
from waymark.directory.models import Organisation, User
from waymark.sharing import replies, requests
from waymark.sharing.models import ItemAnswered, Request
from waymark.sharing.replies import Answer, Answering

ASKING = requests.Asking(
    about="Robin Ashdown, 4 May 2011", words="To see what helps", items=["Why?"]
)
NOTHING = Answering(state="nothing_known", held_back=False)


def ask(story: Story, *bodies: Organisation, **differs: Any) -> list[Request]:
    said: dict[str, Any] = {"about": ASKING.about, "words": ASKING.words, "items": ASKING.items}
    return requests.ask(
        story.case,
        by=acting(story.cast.police_officer),
        asking=requests.Asking(**said | differs),
        organisations=dict.fromkeys(bodies),
    )


def says(request: Request, by: User, words: str, *, beyond: str = "") -> ItemAnswered:
    """An answer to the first question."""
    acting(by)
    item = request.items.all()[0]
    said = Answering("information", False, words=beyond, items=[Answer(item, words, "Our file")])
    return replies.answer(request, by=by, answering=said).items.get()
