"""Every six months each organisation says who of its people is still there (S19)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.accounts.conftest import Door
from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.police import Pages, plain
from waymark.cases.holders import holder_of
from waymark.cases.models import Task
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Notice, User
from waymark.directory.permission import Refused
from waymark.oversight import confirmations, confirming, leavers, unconfirmed
from waymark.oversight.confirmations import Said
from waymark.oversight.models import PersonConfirmed, PersonUnconfirmed
from waymark.policy.lateness import day_in_words
from waymark.project.jobs.unconfirmed import follow_unconfirmed


def opened(days_ago: int, *users: User) -> None:
    become(INSTALLATION)
    day = date.today() - timedelta(days=days_ago)
    User.objects.filter(pk__in=[one.pk for one in users]).update(opened_date=day)


def asked(user: User, kind: str = confirming.ALL) -> list[Task]:
    acting(user)
    return list(Task.objects.waiting().filter(user=user, kind=kind))


def of_the_police(cast: Cast) -> list[User]:
    return [cast.police_officer, cast.second_officer, cast.police_lead, cast.second_lead]


@pytest.mark.requirement("S19")
@pytest.mark.lesson("R40")
def test_an_organisation_says_of_each_person_whether_they_are_still_here(
    essex: Cast, client: Client
) -> None:
    story, officer = Story(essex).screened(), essex.police_officer
    lead, other = acting(essex.second_lead), essex.police_lead  # by name, of the two leads
    opened(175, *of_the_police(essex))
    assert follow_unconfirmed() == 0 and follow_unconfirmed() == 0  # asked once
    (task,) = asked(lead)
    assert task.object_id == essex.police.pk and task.due_date > today()
    (second,) = asked(other, confirming.ONE)
    assert second.object_id == essex.police.pk
    acting(essex.administrator)
    assert Notice.objects.filter(user=lead, kind=confirming.ALL).count() == 1
    for stranger in (officer, essex.chair, essex.partner):
        assert Pages(client, stranger).get("confirm_people", essex.police.pk).status_code == 404

    door = Door(officer).signs_in()
    desk = Pages(client, lead)
    assert "Confirm your people" in desk.text("home")
    page = desk.text("confirm_people", essex.police.pk)
    assert "Police Prevent officer, Essex, no end set. Last signed in: never" in page
    assert f"of_{lead.pk}" not in page and lead.name not in page.split("Confirm these")[0][60:]
    said = {f"of_{one.pk}": "here" for one in of_the_police(essex) if one not in (lead, officer)}
    answer = desk.send("confirm_people", essex.police.pk, **said)
    assert f"Select whether {officer.name} is still here" in plain(answer)
    assert answer.text.count(" checked") == len(said)  # what was typed is there again
    said |= {f"of_{officer.pk}": "left"}
    answer = desk.send("confirm_people", essex.police.pk, **said)
    assert f"when did {officer.name} leave" in plain(answer)
    said |= {f"left_{officer.pk}": "On Friday, to another force"}
    assert desk.send("confirm_people", essex.police.pk, **said).status_code == 302

    assert not asked(lead) and not door.is_in()
    assert not Appointment.objects.in_force(today()).filter(user=officer).exists()
    acting(lead)
    assert holder_of(story.case).user in (lead, other)  # its work went on
    acting(essex.administrator)
    assert leavers.suspension_of(officer).by == lead  # type: ignore[union-attr]
    assert Notice.objects.filter(user=essex.administrator, kind="account_left").exists()
    assert PersonConfirmed.objects.filter(by=lead).count() == 3
    with pytest.raises(DatabaseError), transaction.atomic():
        PersonConfirmed.objects.all().delete()

    # nobody confirms themselves: another of the same body does, and once
    desk = Pages(client, other)
    one = {f"of_{lead.pk}": "here"}
    assert desk.send("confirm_people", essex.police.pk, **one).status_code == 302
    assert desk.get("confirm_people", essex.police.pk).status_code == 404
    follow_unconfirmed()
    assert not asked(lead) and not asked(other, confirming.ONE)


@pytest.mark.requirement("S19")
def test_who_is_not_confirmed_is_warned_and_after_14_days_suspended(
    essex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, officer = Story(essex).screened(), essex.police_officer
    opened(190, officer)
    assert follow_unconfirmed() == 0 and follow_unconfirmed() == 0  # warned, and once
    acting(essex.administrator)
    (warning,) = PersonUnconfirmed.objects.all()
    assert warning.user == officer and (warning.suspend_date - date.today()).days == 14
    assert Notice.objects.filter(user=officer, kind="not_confirmed").count() == 1

    as_if_later(monkeypatch, days=13)
    assert follow_unconfirmed() == 0
    as_if_later(monkeypatch, days=14)
    assert follow_unconfirmed() == 1
    acting(essex.administrator)
    officer.refresh_from_db()
    assert not officer.is_active
    assert leavers.suspension_of(officer).kind == "unconfirmed"  # type: ignore[union-attr]
    acting(essex.police_lead)
    assert holder_of(story.case).user in (essex.police_lead, essex.second_lead)
    assert not Task.objects.waiting().filter(user=officer).exists()

    # waking an account counts as a confirmation: it is not suspended again the next night
    become(INSTALLATION)
    User.objects.filter(pk=officer.pk).update(email="officer@example.org")
    leavers.wake(User.objects.get(pk=officer.pk), by=acting(essex.administrator))
    assert follow_unconfirmed() == 0
    officer.refresh_from_db()
    assert officer.is_active


@pytest.mark.requirement("S19")
def test_who_is_warned_reads_it_at_home_until_somebody_confirms_them(
    essex: Cast, client: Client
) -> None:
    officer, lead = essex.police_officer, essex.second_lead
    opened(190, *of_the_police(essex))
    warned = "Your account will be suspended"
    assert warned not in Pages(client, officer).text("home")
    follow_unconfirmed()
    day = day_in_words(date.today() + timedelta(days=14))
    said = Pages(client, officer).text("home")
    assert f"{warned} on {day}" in said and f"Ask {lead.name} to confirm it" in said
    assert f"Ask {essex.police_lead.name} to confirm it" in Pages(client, lead).text("home")
    assert warned not in Pages(client, essex.chair).text("home")
    here = {f"of_{one.pk}": "here" for one in of_the_police(essex) if one != lead}
    answer = Pages(client, lead).send("confirm_people", essex.police.pk, **here)
    assert answer.status_code == 302
    assert warned not in Pages(client, officer).text("home")
    assert warned in Pages(client, lead).text("home")  # nobody confirms themselves


@pytest.mark.requirement("S19")
def test_an_administrator_names_who_confirms_and_answers_for_another_body(
    essex: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, partner, referrer = essex.partner.organisation, essex.partner, essex.referrer
    opened(190, partner, referrer)
    follow_unconfirmed()
    assert asked(partner) and asked(referrer, confirming.ONE)  # the contact of a partner first
    desk = Pages(client, essex.administrator)
    page = desk.text("confirmations")
    assert page.count("overdue") == 1 and school.name in page and partner.name in page
    assert "Nobody is warned" not in page and "Nobody has moved" in page
    assert desk.send("name_confirming", school.pk, who=str(referrer.pk)).status_code == 302
    follow_unconfirmed()
    assert asked(referrer) and not asked(partner)  # the same task, of the same day
    assert asked(partner, confirming.ONE)
    with pytest.raises(Refused, match="no account in use"):
        confirming.name(school, by=acting(essex.administrator), who=essex.chair)

    # moved: told to administrators, who put the posts right and then confirm them
    said = {partner.pk: Said("moved", "Teaches elsewhere in the trust")}
    with pytest.raises(Refused, match="Nothing is said of"):
        confirmations.answer(school, by=acting(referrer), said={partner.pk: Said("moved", " ")})
    confirmations.answer(school, by=acting(referrer), said=said)
    desk = Pages(client, essex.administrator)
    assert "Teaches elsewhere in the trust" in desk.text("confirmations")
    both = {f"of_{one.pk}": "here" for one in (partner, referrer)}
    assert desk.send("confirm_people", school.pk, **both).status_code == 302
    page = desk.text("confirmations")
    assert "Nobody is warned" in page and "Nobody has moved" in page and "overdue" not in page
    assert not asked(partner, confirming.ONE)
    assert desk.get("confirm_people", essex.council.pk).status_code == 404  # their own body

    as_if_later(monkeypatch, days=30)
    assert follow_unconfirmed() == 0  # whoever was warned, and was confirmed since
    partner.refresh_from_db()
    assert partner.is_active


@pytest.mark.requirement("S19")
def test_the_only_one_of_a_body_is_confirmed_by_an_administrator_of_another(
    essex: Cast, client: Client
) -> None:
    opened(190, essex.provider)
    follow_unconfirmed()
    assert asked(essex.administrator, confirming.ONE) and not asked(essex.administrator)
    desk = Pages(client, essex.administrator)
    here = {f"of_{essex.provider.pk}": "here"}
    body = essex.provider.organisation
    assert desk.send("confirm_people", body.pk, **here).status_code == 302
    assert not asked(essex.administrator, confirming.ONE)


def as_if_later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    later = date.today() + timedelta(days=days)
    for module in (confirmations, unconfirmed):
        monkeypatch.setattr(module, "real_today", lambda: later)
