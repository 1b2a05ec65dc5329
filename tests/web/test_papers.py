"""Every paper that the product makes: read by a checker of PDF/UA, and word by word."""

import io

import pikepdf
import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast, acting
from tests.papers import Paper, faults
from tests.story import HAPPENED, Story
from tests.web.panel import Desk
from tests.web.police import plain
from tests.web.test_transfer_pages import asked
from waymark.directory.models import User
from waymark.panels.models import Minute
from waymark.web.papers.plain import notice_paper
from waymark.web.papers.transfer_content import PARTS


def copy_of(user: User) -> str:
    return f"Copy of {user.name}, {user.organisation.name}. Do not pass it on."


def for_anybody(client: Client) -> list[Paper]:
    forms = [
        Paper(f"form {road}", client.get(f"/refer/form.pdf?road={road}"), "Referral to Prevent: ")
        for road in ("professional", "self")
    ]
    return [
        *forms,
        Paper("blank assessment", client.get("/policy/framework/blank.pdf")),
        Paper("notice", client.get("/consent-notice/paper.pdf")),
    ]


def plan(desk: Desk, name: str) -> Paper:
    return Paper(name, desk.at(desk.cast.chair).get("plan_paper", desk.reference), "Yours to keep.")


def of_an_ended_case(desk: Desk) -> list[Paper]:
    chair = desk.cast.chair
    at, mine = desk.at(chair), copy_of(chair)
    acting(chair)
    minute = Minute.objects.filter(case=desk.story.case).latest("at")
    meeting = minute.meeting_id
    return [
        Paper("closing report", at.get("closing_pdf", desk.reference), mine),
        Paper("assessment", at.get("assessment_pdf", desk.reference), mine),
        Paper("minutes", at.get("meeting_minutes_pdf", meeting), mine),
        Paper("minute of a case", at.get("meeting_minute_pdf", meeting, minute.pk), mine),
        plan(desk, "plan that is over"),
    ]


def of_a_meeting(desk: Desk) -> list[Paper]:
    """For a member, and for the tutor who is there for one case."""
    essex = desk.cast
    meeting = desk.open_a_meeting()
    desk.done(
        essex.coordinator, "meeting_invite", meeting.pk, who=essex.referrer.pk, body="",
        capacity="Form tutor", item=desk.where(meeting)[1], kind="referrer",
    )  # fmt: skip
    return [
        Paper(f"papers {name}", desk.at(user).get("meeting_papers_pdf", meeting.pk), copy_of(user))
        for name, user in (("member", essex.panel_member), ("tutor", essex.referrer))
    ]


def package(desk: Desk) -> Paper:
    chair, reference = desk.cast.chair, desk.reference
    desk.done(chair, "transfer", reference, **asked())
    opened = desk.at(chair).get("transfer_package", reference)
    phrase = plain(opened).split("passphrase of this package: ")[1].split()[0]
    said = {"parts": list(PARTS), "noted": "yes", "passphrase": phrase}
    answer = desk.at(chair).send("transfer_package", reference, **said)
    return Paper("package", answer, "For Dee Marsh, chair alone. Do not pass it on.", phrase)


def test_a_paper_that_cannot_be_read_out_is_noticed() -> None:
    answer = HttpResponse(notice_paper(demonstration=True))
    answer["Content-Disposition"] = 'inline; filename="notice.pdf"'
    assert faults(Paper("notice", answer, "Notice ")) == []
    assert "page 1 does not say whose copy it is" in faults(Paper("notice", answer, "Copy of"))
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/H1":
                element.S = pikepdf.Name("/H2")
        del pdf.Root.MarkInfo, pdf.docinfo["/Title"]
        pdf.docinfo["/Author"] = "Robin"
        out = io.BytesIO()
        pdf.save(out)
    answer.content = out.getvalue()
    found = " ".join(faults(Paper("notice", answer, "Notice ")))
    for wrong in (
        "not tagged",
        "headings do not begin",
        "an author",
        "say Robin",
        "TAGGED-DOCUMENT",
    ):
        assert wrong in found, found


@pytest.mark.clause("2.8.18", "2.8.19")
def test_every_paper_can_be_read_by_everybody_and_says_whose_copy_it_is(
    client: Client, essex: Cast
) -> None:
    ended = Desk(client, Story(essex).consented())
    supported = plan(ended, "plan")
    ended.story.exited()
    heard = Desk(client, Story(essex, surname="Brook").on_panel())
    other = Story(essex, surname="Cole").on_panel().case.reference
    made = [*for_anybody(client), supported, *of_an_ended_case(ended), *of_a_meeting(heard)]
    papers = {one.name: one for one in (*made, package(heard))}
    assert {name: found for name, one in papers.items() if (found := faults(one))} == {}

    said = {name: one.text for name, one in papers.items()}
    assert not [name for name, words in said.items() if "Jo Meadow" in words or HAPPENED in words]
    assert "Cole, Robin" in said["papers member"] and other in said["papers member"]
    for name in ("papers tutor", "package"):
        assert "Brook, Robin" in said[name] and "Cole" not in said[name] and other not in said[name]
    for words in ("Each dimension is looked at apart", "Nothing is known yet of any factor here"):
        assert words in said["assessment"]
    assert "Nothing is written." in said["package"]  # of what the panel decided
    assert "Somebody who listens" in said["plan"] and ended.reference not in said["plan"]
    assert "Drawn in by older friends" not in said["plan"]
    assert "No support is given under this plan any more" in said["plan that is over"]
    assert "About: Case:" in " ".join(said["blank assessment"].split())
