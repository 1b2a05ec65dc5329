"""Each way of the table of stages is gone through pages: a new way without a walk fails here."""

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import WORDS, Desk, day
from tests.web.police import FOUR, Pages, again, decided, plain, where
from tests.web.risk import risk_sent
from tests.web.screening_steps import say_same
from tests.words import GATHERED
from waymark.cases.models import Move, Stage
from waymark.cases.models.case import ENDS
from waymark.cases.ways import WAYS, Way
from waymark.database.clock import today
from waymark.panels.models import ReviewAfterExit

Walk = Callable[[Desk, Way], object]
S = Stage

# ---- how a story comes to where ways begin

STORIES: dict[Stage, Callable[[Story], Any]] = {
    S.GATHERING: Story.screened,
    S.FIRST_RISK: Story.gathered,
    S.LEAD_REVIEW: Story.risk_assessed,
    S.PARTNER_CHECKS: Story.partners_asked,
    S.SECOND_RISK: Story.assessed,
    S.NEXT_STEP: Story.at_next_step,
    S.PANEL: Story.planned,
    S.SEEKING_CONSENT: Story.plan_agreed,
    S.SUPPORTED: Story.consented,
    S.EXIT_RECOMMENDED: Story.exit_recommended,
}
# The stages that are reached by a walk of another: from where it is gone.
COMES_FROM = {
    S.POLICE_HELD: S.GATHERING,
    S.LEFT_CHANNEL: S.GATHERING,
    S.NO_LONGER_POSSIBLE: S.GATHERING,
    S.TRANSFERRED_OUT: S.LEAD_REVIEW,
    S.NO_FURTHER_ACTION: S.NEXT_STEP,
    S.OTHER_SUPPORT: S.PANEL,
    S.NOT_APPROPRIATE: S.PANEL,
    S.DECLINED: S.PANEL,
    S.EXITED: S.EXIT_RECOMMENDED,
}


def home_of(way: Way) -> Stage:
    """The stage at whose story its walk begins: a hold is released to where it was held from."""
    if way.act == "release":
        return way.to
    return COMES_FROM.get(way.start, way.start)


def before(way: Way) -> list[Way]:
    """The ways that are gone first, from the home of this one to where it starts."""
    if way.start == home_of(way):
        return []
    if way.start == S.LEFT_CHANNEL:
        return [found(S.GATHERING, S.POLICE_HELD), found(S.POLICE_HELD, S.LEFT_CHANNEL)]
    return [found(home_of(way), way.start)]


def found(start: Stage, to: Stage) -> Way:
    return next(one for one in WAYS if (one.start, one.to) == (start, to))


# ---- to the next step


def gather(desk: Desk, way: Way) -> None:
    desk.done(desk.cast.police_officer, "gather", desk.reference, **GATHERED)


def assess_risk(desk: Desk, way: Way) -> None:
    said = risk_sent(desk.cast, unchanged_why=WORDS)
    desk.done(desk.cast.police_officer, "assess_risk", desk.reference, **said)


def found_major(desk: Desk, way: Way) -> None:
    """The police find a major risk, or conflict, as they assess."""
    again_on = day("check_again_date", today() + timedelta(days=5))
    said = risk_sent(desk.cast, major_risk="yes", hold_why=WORDS, unchanged_why=WORDS)
    desk.done(desk.cast.police_officer, "assess_risk", desk.reference, **said | again_on)


def review(desk: Desk, way: Way) -> None:
    lead, school = desk.cast.families_lead, desk.cast.partner.organisation_id
    said: dict[str, Any] = {
        "conversations": WORDS, "harm_suspected": "no", "safeguarding": WORDS,
        "recommendation": WORDS, "to_ask": "nobody", "nobody_to_ask_why": WORDS,
    }  # fmt: skip
    if way.to == S.PARTNER_CHECKS:
        desk.done(lead, "sharing_position", desk.reference, state="agreed", ground=WORDS)
        said |= {"to_ask": [str(school)], f"why_{school}": WORDS}
    desk.done(lead, "lead_review", desk.reference, **said)


def finish_checks(desk: Desk, way: Way) -> None:
    without = {f"without_{desk.cast.partner.organisation_id}": WORDS}
    desk.done(desk.cast.police_officer, "finish_checks", desk.reference, why=WORDS, **without)


def next_step(desk: Desk, way: Way) -> None:
    outcome = "safeguarding" if way.to == S.NEXT_STEP else way.to
    if way.to == S.NO_FURTHER_ACTION:
        desk.settle_the_end()
    for user in (desk.cast.chair, desk.cast.police_lead):
        desk.say_next_step(user, outcome)


# ---- panel, consent, exit


def decide(desk: Desk, way: Way) -> None:
    kinds = {
        S.SEEKING_CONSENT: "plan_agreed", S.SUPPORTED: "goes_on",
        S.PANEL: "new_plan" if way.start == S.SUPPORTED else "deferred",
    }  # fmt: skip
    kind = kinds.get(way.to, way.to)
    if kind == S.DECLINED:
        desk.story.plan_agreed()
        desk.ask_for_consent()
        desk.done(desk.story.lead, "consent", desk.reference, **refused(desk))
    if way.to == S.EXIT_RECOMMENDED:
        desk.story.sessions_held()
        desk.dispose_of_the_needs()
    if way.to in ENDS:
        desk.settle_the_end()
    desk.hold_a_panel(kind, referrer_asked="Sees a settled pupil")
    if kind == S.DECLINED:
        both_endorse(desk, way)


def refused(desk: Desk) -> dict[str, Any]:
    return desk.consent_said("person", "refused")


def answer_consent(desk: Desk, way: Way) -> None:
    if way.to == S.SUPPORTED:
        desk.record_consent()
        return
    desk.ask_for_consent()
    desk.done(desk.story.lead, "consent", desk.reference, **refused(desk))


def withdraw_consent(desk: Desk, way: Way) -> None:
    said = {"kind": "person", "state": "withdrawn", "doubt": "no"} | day("answered_date", today())
    desk.done(desk.cast.chair, "withdraw_consent", desk.reference, **said)


def both_endorse(desk: Desk, way: Way) -> None:
    desk.endorse(desk.cast.vice_chair)
    desk.endorse(desk.cast.police_lead)


def one_refuses(desk: Desk, way: Way) -> None:
    desk.endorse(desk.cast.vice_chair, "refuse")


def review_exit(desk: Desk, way: Way) -> None:
    acting(desk.cast.chair)
    first = ReviewAfterExit.objects.order_by("number")[0]
    desk.review_after(days=(first.due_date - today()).days, result="reopen")


# ---- from anywhere


def hold(desk: Desk, way: Way) -> None:
    again_on = day("look_again_date", today() + timedelta(days=5))
    desk.done(desk.cast.police_officer, "hold", desk.reference, why=WORDS, **again_on)


def release(desk: Desk, way: Way) -> None:
    said = {"becomes": "goes_on", "why": WORDS}
    desk.done(desk.cast.police_officer, "release", desk.reference, **said)


def leave(desk: Desk, way: Way) -> None:
    officer, lead = desk.cast.police_officer, desk.cast.police_lead
    desk.settle_the_end(officer)
    desk.done(officer, "release", desk.reference, becomes="leaves", why=WORDS)
    desk.done(lead, "leaving", desk.reference, agrees="yes")


def end_early(desk: Desk, way: Way) -> None:
    """By officer and police lead, or chair and police lead once the area sees the case."""
    opened = desk.case().opened_to_area_at is not None
    one = desk.cast.chair if opened else desk.cast.police_officer
    desk.settle_the_end(one)
    desk.done(one, "early_end", desk.reference, reason="moved_abroad", why=WORDS)
    desk.done(desk.cast.police_lead, "early_end", desk.reference, agrees="yes")


def transfer_out(desk: Desk, way: Way) -> None:
    chair, reference = desk.cast.chair, desk.reference
    desk.settle_the_end()
    desk.done(
        chair, "transfer", reference, to="outside", outside="Panel of Kent", why=WORDS,
        receiver="Dee Marsh, chair", length="lasting", about=WORDS, goes_along=WORDS,
    )  # fmt: skip
    opened = plain(desk.at(chair).get("transfer_package", reference))
    phrase = opened.split("passphrase of this package: ")[1].split()[0]
    made = desk.at(chair).send(
        "transfer_package", reference, parts=["course"], noted="yes", passphrase=phrase
    )
    assert made["Content-Type"] == "application/pdf"
    accepted = day("accepted_date", today())
    desk.done(chair, "transfer_receipt", reference, name="Dee Marsh", words=WORDS, **accepted)
    desk.done(desk.cast.police_lead, "transfer_out", reference, decision="yes", why=WORDS)


def reopen(desk: Desk, way: Way) -> None:
    officer = Pages(desk.client, desk.cast.police_officer)
    subject = again(desk.story)
    officer.about(subject, "screening_take")
    say_same(subject, desk.story)
    officer = Pages(desk.client, desk.cast.police_officer)
    said = decided(**FOUR, extract=WORDS, suspected="no", case=str(desk.story.case.pk))
    page = ("screening_outcome", *where(subject), "reopens-case")
    answer = officer.send(*page, **said)
    assert answer.status_code == 302, plain(answer)


WALKS: dict[str, Walk] = {
    "gather": gather, "assess_risk": assess_risk, "review": review,
    "finish_checks": finish_checks, "next_step": next_step, "decide": decide,
    "answer_consent": answer_consent, "withdraw_consent": withdraw_consent,
    "review_exit": review_exit, "release": release, "leave": leave, "end_early": end_early,
    "transfer_out": transfer_out, "reopen": reopen,
}  # fmt: skip


def walk_of(way: Way) -> Walk:
    if way.act == "hold":
        return found_major if way.start in (S.FIRST_RISK, S.SECOND_RISK) else hold
    if way.act == "endorse_exit":
        return both_endorse if way.to == S.EXITED else one_refuses
    assert way.act in WALKS, f"Nobody goes {way} through pages yet"
    return WALKS[way.act]


def gone(desk: Desk, way: Way) -> None:
    """Goes it, and sees the row of it."""
    walk_of(way)(desk, way)
    acting(desk.cast.police_lead)
    moves = Move.objects.filter(case=desk.story.case, start=way.start, to=way.to)
    assert moves.filter(clause=way.clause).exists(), f"{way.start} to {way.to} by {way.act}"


HOMES = list(dict.fromkeys(home_of(way) for way in WAYS))


@pytest.mark.clause("2.1.6", "2.5.6", "2.6.1", "2.7.11", "2.8.5", "2.8.9", "2.8.16", "2.8.17")
@pytest.mark.parametrize("home", HOMES)
def test_every_way_of_the_table_is_gone_through_pages(
    client: Client, essex: Cast, home: Stage
) -> None:
    story = Story(essex)
    STORIES[home](story)
    assert story.seen_again().case.stage == home
    wrong = []
    for way in [one for one in WAYS if home_of(one) == home]:
        mark = transaction.savepoint()
        desk = Desk(client, copy.copy(story))
        try:
            for one in (*before(way), way):
                gone(desk, one)
        except AssertionError as said:
            wrong.append(f"{way.start} → {way.to} by {way.act}: {said}")
        transaction.savepoint_rollback(mark)
    assert not wrong, "\n\n".join(wrong)
