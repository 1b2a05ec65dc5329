"""A member of the public refers somebody: once in a life, perhaps on an old telephone."""

from collections.abc import Callable

import pytest

from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def refers(public: Person) -> str:
    """From the first page to the receipt code."""
    public.goes_to("/refer").reads("danger")
    public.chooses(answer="no").presses("Continue")
    public.chooses(answer="no").presses("Continue")
    for _ in ("before", "next", "support", "concern"):
        public.presses("Continue")
    public.chooses(road="public").presses("Continue")
    public.goes_to("/refer/person/1/person")
    public.fills(forenames="Robin", surname="Ashdown").presses("Save and continue")
    public.goes_to("/refer/topic/happened")
    public.fills(exact_words="He said that somebody should do something about it.")
    public.presses("Save and continue")
    public.goes_to("/refer/check").reads("Not sent yet")
    public.presses("Send this referral")
    return public.page.locator(".app-code").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.requirement("S36")
def test_a_member_of_the_public_refers_with_or_without_script(
    person: Callable[..., Person], width: int
) -> None:
    public = person(width=width, script=width > 320)
    assert len(refers(public).replace(" ", "")) == 28
