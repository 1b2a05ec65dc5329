"""How often consent is asked, and what a no never is: the rules under the pages."""

import pytest

from tests.cast import Cast, acting
from tests.story import Story
from waymark.assessments.models import TAKEN_FROM, Evidence
from waymark.cases.models import ConsentAsking, Risk, SupportConsent
from waymark.database.clock import today
from waymark.directory.permission import Refused
from waymark.support.consent import asking
from waymark.support.models import Answerer, HelpOffered, PersonSaid


@pytest.mark.lesson("R32")
def test_after_two_noes_a_third_asking_needs_an_invitation(essex: Cast) -> None:
    story = Story(essex)
    for _ in range(2):
        story.plan_agreed().asked().answered("person", "refused")
        story.seen_again()
    story.plan_agreed()
    with pytest.raises(Refused, match="asked twice.*Ask again only where the person invites it"):
        story.asked()
    story.asked(invited="“Ask me again after the holidays”")
    assert ConsentAsking.objects.exclude(invited="").count() == 1
    # a talk with a child that says nothing of who was there supports no decision
    lead = acting(story.lead)
    visit = asking.arrange(
        story.case, by=lead, said=story.asking_said(invited="“After the holidays”")
    )
    for there, knew in (("", ""), ("Nobody", ""), ("Nobody", "no")):
        with pytest.raises(Refused, match="with the young person|guardian knew"):
            asking.say_asked(visit, by=lead, asked_date=today(), with_them=there, parent_knew=knew)
    assert set(SupportConsent.objects.values_list("state", flat=True)) == {"refused"}


def test_neither_evidence_nor_a_risk_can_be_taken_from_an_answer_on_consent() -> None:
    ours = {ConsentAsking, SupportConsent, Answerer, HelpOffered, PersonSaid}
    for model in (Evidence, Risk):
        linked = {field.related_model for field in model._meta.fields if field.is_relation}
        assert linked and not linked & ours
    assert set(TAKEN_FROM) == {"extract", "answer", "said", "entry", "document"}
