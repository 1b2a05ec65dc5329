"""A case goes to another panel, through its pages: both chairs decide (2.6.1, 2.6.2)."""

import io
import json
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day, days_later
from tests.web.police import plain
from waymark.cases.models import Case, Holder, Stage, SupportConsent, Transfer
from waymark.database.clock import today
from waymark.panels.meeting import meetings
from waymark.support.models import Piece

ABOUT = "A pupil of 15, supported with mentoring “weekly” 🌱"


def asked(to: Cast | None = None, **differs: object) -> dict[str, object]:
    where = str(to.area.pk) if to else "outside"
    said: dict[str, object] = {
        "to": where, "outside": "Panel of Kent", "receiver": "Dee Marsh, chair",
        "length": "lasting", "why": "The family moves", "about": ABOUT,
        "goes_along": "The plan and its mentor",
    }  # fmt: skip
    return said | differs


def holders(case: Case) -> int:
    return Holder.objects.filter(case=case, until_at=None).count()


@pytest.mark.clause("2.6.1", "2.6.2")
@pytest.mark.lesson("R22")
def test_a_case_moves_when_the_other_chair_accepts_and_consent_is_asked_anew(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).consented()
    meetings.call(essex.area, by=acting(essex.chair), on_date=today() + timedelta(days=9))
    desk, reference = Desk(client, story), story.case.reference
    back = today() + timedelta(days=100)
    page = desk.refused(essex.chair, "transfer", reference, **asked(thurrock, why="", length=""))
    assert "Enter why it moves" in page and "how long the move is likely to last" in page
    assert ABOUT in page
    assert "done by the chair or the vice-chair" in desk.at(essex.police_lead).text(
        "transfer", reference
    )
    desk.done(
        essex.chair, "transfer", reference,
        **asked(thurrock, length="until", **day("until_date", back)),
    )  # fmt: skip
    # unanswered: with the sender, and overdue there
    assert desk.case().area_id == essex.area.pk
    assert "Chase the other panel about a transfer" in desk.at(essex.chair).text("home")
    with days_later(14):
        acting(essex.chair)
        chaser = story.case.tasks.get(kind="chase_transfer")
        assert chaser.is_overdue(today()) and chaser.role == "chair"
    # the other chair knows that it is there, not whose it is
    assert "Answer another panel about a transfer" in desk.at(thurrock.chair).text("home")
    page = desk.at(thurrock.chair).text("transfer", reference)
    assert ABOUT in page and "Ashdown" not in page and "Until" in page
    for hidden in ("assessment", "case_person", "plan"):
        assert desk.at(thurrock.chair).get(hidden, reference).status_code == 403
    assert desk.at(thurrock.families_lead).get("transfer", reference).status_code == 404
    assert "Enter why" in desk.refused(thurrock.chair, "transfer", reference, decision="yes")
    page = desk.refused(essex.chair, "transfer", reference, decision="yes", why="Mine")
    assert "The chair or the vice-chair of Thurrock answers" in page
    desk.done(thurrock.chair, "transfer", reference, decision="yes", why="They live here now")
    # from that instant theirs, whole, and nobody else's
    acting(thurrock.chair)
    case = Case.objects.get(reference=reference)
    assert (case.area_id, case.stage, holders(case)) == (thurrock.area.pk, Stage.SUPPORTED, 1)
    assert Holder.objects.get(case=case, until_at=None).user == thurrock.chair
    for user in (essex.chair, essex.families_lead, essex.police_officer):
        assert desk.at(user).get("case", reference).status_code == 404
    said = desk.at(essex.chair).text("transfers")
    assert "They live here now" in said and "The family moves" in said
    acting(thurrock.chair)
    left = case.tasks.waiting().filter(area=essex.area).exclude(role="provider")
    assert not left.exists()  # who gives support is told where they work
    assert case.tasks.waiting().get(kind="transfer_back").due_date == back
    # support is held until consent is given anew
    assert Piece.objects.get(case=case).state == Piece.State.HELD
    page = desk.at(thurrock.chair).text("case", reference)
    assert "Record the answer on consent" in page
    desk.ask_for_consent(thurrock.chair)
    for kind in ("parent", "person"):
        desk.done(thurrock.chair, "consent", reference, **desk.consent_said(kind))
    acting(thurrock.chair)
    assert SupportConsent.objects.filter(case=case).count() == 4
    assert Piece.objects.get(case=case).state == Piece.State.OFFERED
    # the leaving panel's meeting is not kept from ending by what has gone
    meeting = meetings.Meeting.objects
    acting(essex.chair)
    planned = meeting.get(area=essex.area, state="planned")
    with days_later(9):
        chair = acting(essex.chair)
        meetings.open_meeting(planned, by=chair)
        for each in planned.attendances.all():
            meetings.attendance.attended(each, by=chair, came=True)
        planned.refresh_from_db()
        meetings.end_meeting(planned, by=chair)
    # and it comes back by the same way: both chairs again
    with days_later(100):
        assert "until" in desk.at(thurrock.chair).text("transfer", reference)
        desk.done(thurrock.chair, "transfer", reference, **asked(essex))
        desk.done(essex.vice_chair, "transfer", reference, decision="yes", why="Back as agreed")
        acting(essex.chair)
        assert Case.objects.get(reference=reference).area_id == essex.area.pk
        assert not case.tasks.waiting().filter(kind="transfer_back").exists()


@pytest.mark.clause("2.6.1")
@pytest.mark.lesson("R22")
def test_a_case_that_is_refused_stays_with_who_asked_until_they_say_so(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    desk = Desk(client, Story(essex).on_panel())
    reference = desk.reference
    desk.done(essex.chair, "transfer", reference, **asked(thurrock))
    desk.done(thurrock.vice_chair, "transfer", reference, decision="no", why="Nobody lives here")
    assert desk.at(thurrock.vice_chair).get("case", reference).status_code == 404
    assert desk.at(thurrock.chair).get("transfer", reference).status_code == 404
    page = desk.at(essex.chair).text("transfer", reference)
    assert "Nobody lives here" in page and "Refused: it stays" in page
    assert desk.case().area_id == essex.area.pk and holders(desk.case()) == 1
    assert "Chase the other panel" in desk.at(essex.chair).text("home")
    other = desk.refused(essex.families_lead, "transfer_stays", reference, why="No")
    assert "It is done by the chair or the vice-chair" in other
    desk.done(essex.chair, "transfer_stays", reference, why="The address was wrong")
    acting(essex.chair)
    assert not desk.case().tasks.waiting().filter(kind__contains="transfer").exists()
    assert Transfer.objects.get().outcome == "stays"
    page = desk.at(essex.chair).text("transfer", reference)
    assert "Asked before" in page and "The address was wrong" in page
    assert "Ask the other panel" in page


@pytest.mark.clause("2.6.1", "1.3.3")
@pytest.mark.lesson("R22", "R27")
def test_to_a_panel_elsewhere_goes_a_sealed_package_and_a_receipt_comes_back(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).consented())
    reference, chair, lead = desk.reference, essex.chair, essex.police_lead
    desk.done(chair, "transfer", reference, **asked())
    page = desk.refused(
        chair, "transfer_receipt", reference, name="Dee", words="Rang",
        **day("accepted_date", today()),
    )  # fmt: skip
    assert "Nothing has been made for the other panel yet" in page
    assert "Write the passphrase down" in desk.refused(chair, "transfer_package", reference)
    opened = desk.at(chair).get("transfer_package", reference)
    phrase = plain(opened).split("passphrase of this package: ")[1].split()[0]
    answer = desk.at(chair).send(
        "transfer_package", reference, parts=["course", "plan"], noted="yes", passphrase=phrase
    )
    assert answer["Content-Type"] == "application/pdf" and b"mentoring" not in answer.content
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(answer.content))
    with pikepdf.open(io.BytesIO(answer.content), password=phrase) as paper:
        inside = json.loads(paper.attachments["case.json"].get_file().read_bytes())
    said = json.dumps(inside)
    assert "0 of 3 sessions held" in said and "Supported" in said
    assert "Ashdown" not in said and "Risk to" not in said  # what was not chosen is not there
    page = desk.at(lead).text("transfer_out", reference)
    assert "No panel elsewhere has accepted this case" in page
    desk.done(
        chair, "transfer_receipt", reference, name="Dee Marsh, chair", words="Signed for it",
        **day("accepted_date", today()),
    )  # fmt: skip
    assert desk.stage() == Stage.SUPPORTED
    page = desk.refused(lead, "transfer_out", reference, decision="yes", why="It is theirs")
    assert "(2.5.13)" in page and "It is theirs" in page
    desk.settle_the_end()
    assert "not yours to decide" in desk.at(chair).text("transfer_out", reference)
    desk.done(lead, "transfer_out", reference, decision="yes", why="It is theirs")
    assert desk.stage() == Stage.TRANSFERRED_OUT
    acting(lead)
    assert not Piece.objects.filter(case=desk.case()).exclude(state="ended").exists()
    assert not desk.case().tasks.waiting().filter(kind__contains="transfer").exists()
