"""Every kind of e-mail that the product sends: to one person, with nothing in it (S61)."""

import ast
import re
from datetime import timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.inbox import Inbox
from tests.story import Story
from tests.web.police import Pages
from waymark.accounts import invitations
from waymark.database import clock
from waymark.database.guard import become
from waymark.directory import mail, notices
from waymark.directory.models import Notice, User
from waymark.directory.notices import notify
from waymark.oversight.not_sent import TASK
from waymark.project.jobs import mailing

# What each is about, for whoever adds one: it has to be shown here that its e-mail says none of it.
KINDS = {
    "holds_case": "somebody holds a case now",
    "emergency": "a case was opened in an emergency",
    "answer_interim_step": "a step for safety was taken before the next panel",
    "read_match": "a search left out a case that they work on",
    "searches": "somebody looked for very many people",
    "invitation": "a meeting of a panel",
    "deputy": "whether their deputy comes",
    "access_to_end": "a chair wants access ended",
    "account_sleeps": "an account is suspended",
    "sign_in_changed": "how they sign in was changed",
    "invited": "a link for one use",
    "provider_lapses": "a check of a provider lapses soon",
    "provider_stopped": "a provider may not be used",
    "provider_ready": "a provider may be used again",
    "silent_support": "nothing was entered of support",
    "stop_support": "support is to be stopped",
    "account_left": "an account was suspended since its person has left",
    "screen_left": "a screening goes on with them",
    "name_people": "too few are named on a restricted case",
    "confirm_people": "who of their organisation is still there",
    "confirm_person": "whether who confirms others is still there",
    "people_unconfirmed": "people of their organisation were not confirmed in time",
    "person_moved": "somebody has moved to other work",
    "not_confirmed": "their own account is suspended soon",
}
SUBJECTS = {mail.SUBJECT, mail.OF_A_MEETING}
NEVER = re.compile(
    r"ashdown|robin|essex|thurrock|southend|person \d|user-\d|police|prevent|screen|gathering|risk"
    r"|review|consent|support|exit|emergency|deput|\bage\b|born|years",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"http://localhost(/[A-Za-z0-9_/-]*)")


def text_of(letter: Message) -> str:
    first = letter.get_payload(0) if letter.is_multipart() else letter
    return first.get_payload(decode=True).decode()  # type: ignore[union-attr]


def reached(user: User, address: str = "somebody@example.org") -> User:
    become(INSTALLATION)
    User.objects.filter(pk=user.pk).update(email=address)
    return User.objects.get(pk=user.pk)


def check(letter: Message, settings: Any) -> None:
    assert letter["To"] == letter["X-To"] == "somebody@example.org"
    assert letter["Cc"] is None and letter["Bcc"] is None
    assert letter["Subject"] in SUBJECTS
    assert letter["From"] == settings.DEFAULT_FROM_EMAIL
    assert len(ADDRESS.findall(text_of(letter))) <= 1
    said = f"{letter['Subject']} {ADDRESS.sub('', text_of(letter))}"
    assert not NEVER.findall(said), said


@pytest.mark.requirement("S61")
def test_each_kind_goes_to_one_person_and_says_nothing(
    essex: Cast, inbox: Inbox, settings: Any
) -> None:
    assert set(KINDS) == mail.KINDS  # a new kind is looked at here first
    Story(essex).referred()
    coordinator = reached(essex.coordinator)
    for kind in sorted(mail.KINDS - {mail.INVITED}):
        notify(coordinator, kind, by=acting(essex.chair), path="/cases/AB12CD34")
    calendar = "BEGIN:VEVENT\r\nDTEND:21260101T120000Z\r\nEND:VEVENT\r\n"
    notify(coordinator, "invitation", by=essex.chair, path="/panels/77", calendar=calendar)
    invitations.invite(reached(essex.outsider), by=acting(essex.administrator))
    assert mailing.send() == len(KINDS) + 1
    for letter in inbox.letters:
        check(letter, settings)
    assert len({letter["Subject"] for letter in inbox.letters}) == 2


@pytest.mark.requirement("S61")
def test_nothing_but_these_makes_an_email() -> None:
    waymark = Path(__file__).parents[2] / "waymark"
    makes = {
        str(path.relative_to(waymark))
        for path in waymark.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", ""))
        in ("EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail", "mail_admins")
    }
    assert makes == {"directory/mail.py", "project/jobs/checkpointing.py"}


@pytest.mark.requirement("F6", "S8")
def test_while_no_server_answers_work_goes_on_and_each_message_goes_out_once(
    essex: Cast, inbox: Inbox, client: Client, settings: Any
) -> None:
    coordinator, chair = reached(essex.coordinator), essex.chair
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    for number in range(3):
        notify(coordinator, "deputy", by=acting(chair), path=f"/panels/{number}")
    desk = Pages(client, chair)
    assert "Waiting to be sent" not in desk.text("home")  # it goes out within a minute, as usual
    assert mailing.send() == 0
    assert "Waiting to be sent. An e-mail that tells somebody" in desk.text("home")
    assert "Waiting to be sent" not in Pages(client, coordinator).text("home")
    clock.set_offset(timedelta(days=1))
    assert mailing.send() == 0
    settings.EMAIL_PORT = port
    clock.set_offset(timedelta(days=1, hours=13))
    assert (mailing.send(), mailing.send()) == (3, 0)
    assert len({letter["Message-ID"] for letter in inbox.letters}) == len(inbox.letters) == 3
    assert "Waiting to be sent" not in Pages(client, chair).text("home")


@pytest.mark.requirement("F6")
def test_after_72_hours_one_administrator_is_told_by_name(
    essex: Cast, inbox: Inbox, client: Client, settings: Any
) -> None:
    assert sum(notices.WAITS) == 72 * 60
    coordinator, chair = reached(essex.coordinator), essex.chair
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    for path in ("/panels/1", "/panels/2"):
        notify(coordinator, "deputy", by=acting(chair), path=path)
    for minutes in (0, *(sum(notices.WAITS[: n + 1]) + n for n in range(len(notices.WAITS)))):
        assert asked(essex.administrator, client) is False
        clock.set_offset(timedelta(minutes=minutes + 1))
        mailing.send(), mailing.send()
    acting(essex.administrator)
    assert Notice.objects.filter(failed_at__isnull=False).count() == 2
    (task,) = essex.administrator.tasks.filter(kind=TASK)
    assert task.user == essex.administrator
    assert "Look at e-mails that were not delivered" in Pages(client, task.user).text("home")
    assert "Not sent. An e-mail that tells somebody" in Pages(client, chair).text("home")
    settings.EMAIL_PORT = port
    assert Pages(client, essex.administrator).send("messages").status_code == 302
    assert mailing.send() == 2 and not asked(essex.administrator, client)


def asked(administrator: User, client: Client) -> bool:
    return "Look at e-mails" in Pages(client, administrator).text("home")
