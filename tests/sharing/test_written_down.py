"""A co-ordinator writes down what came by telephone or secure e-mail, and does not read it."""

import pytest

from tests.cast import Cast, acting
from tests.sharing.steps import ask
from tests.story import Story
from waymark.directory.permission import Refused
from waymark.sharing import replies
from waymark.sharing.models import ItemAnswered, Reply, SaidBeyond
from waymark.sharing.replies import Answer, Answering, Route


@pytest.mark.clause("2.7.9", "1.3.3")
@pytest.mark.requirement("S22")
def test_the_co_ordinator_enters_an_answer_and_sees_only_that_it_came(
    story: Story, essex: Cast
) -> None:
    (made,) = ask(story, essex.partner.organisation)
    coordinator = acting(essex.coordinator)
    said = Answering(
        "information", False, words="He has a dog",
        items=[Answer(made.items.get(), "Nine days missed", "The register")],
    )  # fmt: skip
    route = Route("telephone", "The head of year", read_back=True)
    kept = replies.enter_reply(made, by=coordinator, answering=said, route=route)
    seen = Reply.objects.get()
    assert (seen.pk, seen.state, seen.by, seen.words) == (kept.pk, "information", coordinator, "")
    assert not ItemAnswered.objects.exists() and not SaidBeyond.objects.exists()
    acting(essex.police_officer)
    assert ItemAnswered.objects.get().words == "Nine days missed"
    assert Reply.objects.get().words == "He has a dog"


@pytest.mark.parametrize("who", ["adult_lead", "families_lead", "chair"])
def test_others_do_not_write_an_answer_down(story: Story, essex: Cast, who: str) -> None:
    (made,) = ask(story, essex.partner.organisation)
    acting(essex.police_officer)
    made = type(made).objects.select_related("case__area").get()
    user = getattr(essex, who)
    with pytest.raises(Refused, match="not yours to do"):
        replies.may_enter(user, made)


def test_a_co_ordinator_of_another_area_sees_no_request(
    story: Story, essex: Cast, thurrock: Cast
) -> None:
    ask(story, essex.partner.organisation)
    acting(thurrock.coordinator)
    assert not Reply.objects.exists() and not ItemAnswered.objects.exists()
