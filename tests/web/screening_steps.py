"""Referrals brought to where a test of screening begins."""

from typing import Any

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import WHY, again
from waymark.referrals.deciding import known, screening
from waymark.referrals.models import Screening, Subject


def referred(cast: Cast) -> Story:
    """Referred by a member of the public, and read while the police may."""
    told = Story(cast).referred()
    assert told.subject.referral.reference
    return told


def ended(story: Story, by: Any = None, **said: Any) -> Screening:
    """The story's referral, taken and found not Prevent."""
    officer = by or story.cast.police_officer
    screening.take(story.subject, by=acting(officer))
    said = {"reason": "no_concern", "why": WHY} | said
    return screening.decide(
        story.subject, by=officer, decision=story.decision("not_prevent", **said)
    )


def say_same(subject: Subject, story: Story, *, answer: str = "same") -> None:
    acting(story.cast.police_officer)
    for one in known.unanswered(subject):
        known.say(
            subject, by=story.cast.police_officer, other_id=one.person_id, answer=answer, why=WHY
        )


def repeated(story: Story, *, answer: str = "same") -> Subject:
    """Referred, ended by the officer, referred again; the officer took it and answered."""
    ended(story)
    subject = again(story)
    screening.take(subject, by=acting(story.cast.police_officer))
    say_same(subject, story, answer=answer)
    subject.refresh_from_db()
    return subject
