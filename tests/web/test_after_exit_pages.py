"""What an exit rests on, and what follows it: through the pages of those whose acts they are."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.panel_steps import LOOKED, MANAGED
from tests.story import Story
from tests.web.panel import WORDS, Desk, day, days_later
from tests.web.police import plain
from waymark.cases import safeguarding
from waymark.cases.models import Stage, Task, Told
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.panels.endings.deputies import pass_on
from waymark.panels.models import EndDeputy, EndOpinion, EndProposal
from waymark.project.jobs.deputies import DUTY
from waymark.sharing.models import Request

SECRET = "“Quiet” words 🌱 of the first"
PROFILE = {"decision": "endorse", "why": SECRET, "left_open": WORDS}


def passed(days: int) -> int:
    """What the hourly job does so many days from now; and once more, which does nothing."""
    with days_later(days):
        become(DUTY)
        done = pass_on(by=DUTY)
        assert pass_on(by=DUTY) == 0
        return done


@pytest.mark.clause("2.8.14", "2.8.15", "2.8.16")
@pytest.mark.lesson("R6", "R20")
def test_an_exit_rests_on_signed_minutes_and_on_all_that_is_open(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).consented()
    story.sessions_held().needs_disposed()
    desk, reference = Desk(client, story), story.case.reference
    meeting = desk.open_a_meeting()
    said = {"referrer_asked": "A settled pupil", "remains": ""}
    said |= {"changed": "", "changed_at_exit": ""}
    page = desk.not_decided("exit_recommended", meeting, **said)
    assert "Enter what remains after the exit" in page and "Enter what has changed" in page
    ring = {"action_0": "Ring", "owner_0": essex.panel_member.pk}
    ring |= day("due_0", today() + timedelta(days=7))
    desk.decide("exit_recommended", meeting, referrer_asked="A settled pupil", **ring)
    desk.settle_the_end()
    page = desk.refused(essex.vice_chair, "exit", reference, **PROFILE)
    assert "The minutes that recommend this are not signed yet (2.8.14)" in page
    desk.done(essex.chair, "meeting_end", meeting.pk)
    desk.done(essex.chair, "meeting_sign", meeting.pk)
    acting(essex.chair)
    deputy = EndDeputy.objects.select_related("user").get(post="police_lead").user
    page = desk.refused(essex.vice_chair, "exit", reference, **PROFILE | {"left_open": " "})
    assert "is not explained (2.8.15)" in page and SECRET in page
    for shown in ("Not known: Who the older friend is", "Last assessment", "Referral of",
                  f"Action of {essex.panel_member.name}", "Risk to the person", "What remains",
                  f"{deputy.name} for: Police Prevent lead"):  # fmt: skip
        assert shown in page, shown
    desk.done(essex.vice_chair, "exit", reference, **PROFILE)
    # the first takes it back before the second: the same text, both anew, nothing told
    assert "Take your endorsement back" not in desk.at(essex.police_lead).text("exit", reference)
    desk.done(essex.vice_chair, "withdraw_endorsement", reference, why="Heard something since")
    html = desk.at(essex.police_lead).get("exit", reference).text
    assert "words 🌱" not in html and "Heard something" not in html
    acting(essex.police_lead)
    assert EndProposal.objects.filter(outcome="withdrawn").count() == 1
    assert EndProposal.objects.get(closed_at=None).written_by == essex.chair
    again = desk.refused(essex.vice_chair, "withdraw_endorsement", reference, why="Again")
    assert "no endorsement of yours to take back" in again
    # silence goes to the deputy of one post, by name
    assert passed(12) == 1
    acting(deputy)
    named = Task.objects.waiting().get(user=deputy, kind="endorse_exit")
    assert named.role == "police_lead" and "as deputy" in named.why
    desk.endorse(essex.vice_chair)
    desk.endorse(deputy, "refuse")
    assert desk.stage() == Stage.PANEL
    assert "Write the plan" in desk.at(essex.chair).text("home")
    # replanned, delivered, recommended anew, endorsed by two
    story.seen_again().reassessed().plan_agreed()
    story.consented().exit_recommended()
    desk.endorse(essex.vice_chair)
    desk.endorse(essex.police_lead)
    assert desk.stage() == Stage.EXITED
    acting(essex.chair)
    assert {one.left_open for one in EndOpinion.objects.filter(proposal__outcome="endorsed")} == {
        MANAGED["left_open"]
    }


@pytest.mark.clause("2.5.12", "2.5.13", "2.5.14", "2.10.3")
@pytest.mark.lesson("R6", "R22")
def test_harm_that_nobody_took_up_keeps_a_case_open_and_a_signpost_waits_for_its_receiver(
    client: Client, essex: Cast
) -> None:
    become(INSTALLATION)
    care = essex.organisation("Social care", "children_social_care")
    story = Story(essex).exit_recommended()
    desk, reference = Desk(client, story), story.case.reference
    safeguarding.refer(
        story.case, by=acting(essex.police_officer), to=care, about="Robin", why="Left alone"
    )
    with days_later(12):
        page = desk.refused(essex.vice_chair, "exit", reference, **PROFILE)
        assert "Social care has not acknowledged a referral for more than 5 working days" in page
        said = {
            "harm_considered": "Raised", "harm_suspected": "no", "signposted": "Early Help",
            "unanswered": WORDS, "unacknowledged": "They rang: a post is being found",
        }  # fmt: skip
        page = desk.refused(essex.police_lead, "before_an_end", reference, **said)
        assert "Only the chair says why it may end" in page and "a post is being found" in page
        desk.done(essex.chair, "before_an_end", reference, **said)
        help_of = {"kind": "early_help", "to": "Early Help, Harlow", "what": "Company after school"}
        wrong = desk.refused(essex.chair, "signposts", reference, **help_of)
        assert "Enter who told the person" in wrong and "Company after school" in wrong
        desk.done(essex.chair, "signposts", reference, **help_of, by_whom="The lead",
                  **day("on_date", today()))  # fmt: skip
        desk.endorse(essex.vice_chair)
        desk.endorse(essex.police_lead)
        acting(essex.chair)
        waits = Task.objects.waiting().get(kind="chase_signpost")
        assert "See that a service has somebody" in desk.at(essex.chair).text("home")
        page = desk.at(essex.chair).text("closing_report", reference)
        assert "Nobody there has said yet that they have it" in page
        assert desk.at(essex.vice_chair).get("signpost", waits.object_id).status_code == 200
        assert desk.at(essex.outsider).get("signpost", waits.object_id).status_code == 404
    with days_later(40):
        assert "working days overdue" in desk.at(essex.chair).text("home")
        desk.done(essex.chair, "signpost", waits.object_id, received_by="Bo Reed, Early Help",
                  **day("received_date", today()))  # fmt: skip
        assert "Bo Reed" in desk.at(essex.chair).text("closing_report", reference)
        acting(essex.chair)
        assert not Task.objects.waiting().filter(kind="chase_signpost").exists()


@pytest.mark.clause("2.8.15", "2.8.18", "2.4.5")
@pytest.mark.lesson("R21", "R34")
def test_reviews_are_told_to_the_person_and_each_looks_anew(client: Client, essex: Cast) -> None:
    story = Story(essex).exited()
    desk, reference = Desk(client, story), story.case.reference
    officer, school = essex.police_officer, essex.partner.organisation
    assert "Tell the person of the reviews" in desk.at(essex.chair).text("home")
    desk.done(essex.chair, "announce_reviews", reference, words="In 6 and 12 months", by_whom="Lee")
    acting(essex.chair)
    assert Told.objects.filter(words="In 6 and 12 months").exists()
    page = desk.at(essex.chair).text("announce_reviews", reference)
    assert "Nobody is still to be told of reviews" in page
    report = desk.at(essex.chair).text("closing_report", reference)
    for told in ("3 of 3 sessions held", "Endorsed by two", "Little: the family knows", "Review 2"):
        assert told in report, told
    assert desk.at(essex.coordinator).get("closing_report", reference).status_code == 403
    paper = desk.at(essex.chair).get("closing_pdf", reference)
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "en-GB"
    ask = {
        "organisations": [str(school.pk)], "about": "Robin, of the academy",
        "items": "Attendance", "words": "For the review", **day("due_date", today()),
    }  # fmt: skip
    page = desk.refused(officer, "ask_partners", reference, **ask)
    assert "Partners are not asked while the case stands at" in page
    with days_later(180):
        ask |= day("due_date", today() + timedelta(days=9))
        page = desk.refused(officer, "ask_partners", reference, **ask)
        assert "not decided anew whether information may be shared" in page
        desk.done(officer, "sharing_position", reference, state="agreed", ground="Asked at home")
        desk.done(officer, "ask_partners", reference, **ask)
        acting(essex.partner)
        assert Request.objects.filter(stage=Stage.EXITED).count() == 1
        said = LOOKED | {"result": "further"} | day("further_date", today() + timedelta(days=500))
        page = desk.refused(essex.chair, "review_after_exit", reference, **said | {"intent": ""})
        assert "Enter what is seen of intent" in page
        desk.done(essex.chair, "review_after_exit", reference, **said)
        own = desk.refused(essex.chair, "review_extension", reference, decision="yes", why="So")
        assert "proposed this yourself" in own
        desk.done(essex.police_lead, "review_extension", reference, decision="yes", why="Careful")
        page = desk.at(essex.chair).text("closing_report", reference)
        assert "Review 3" in page and LOOKED["referrer_told"] in page
    with days_later(400):
        page = plain(desk.at(essex.chair).get("review_after_exit", reference))
        assert "working days overdue" in page  # missed, and listed
        desk.done(essex.chair, "review_after_exit", reference, **LOOKED, result="reopen")
        assert desk.stage() == Stage.PANEL
