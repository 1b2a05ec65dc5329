"""Throw-away: pictures of the directory and person pages."""
import os, pytest
from datetime import timedelta
from django.db import transaction
from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.cast import acting
from tests.story import Story
from waymark.database.clock import today
from waymark.directory import offices, appointments
from waymark.directory.models import Contact, Role
from waymark.directory.offices import Reached
pytestmark = [pytest.mark.django_db(transaction=True)]

@pytest.mark.parametrize("width", [1280, 320])
def test_look(person, width, monkeypatch):
    wrong = []
    looks = Person.looks
    def soft(self):
        try: return looks(self)
        except AssertionError as e: wrong.append((self.page.url, str(e)[:400])); return self
    monkeypatch.setattr(Person, "looks", soft)
    cast = cast_of("Essex")
    with transaction.atomic():
        story = Story(cast).partners_asked()
        second = cast.appointed(Role.ADMINISTRATOR, of=cast.council)
    with transaction.atomic():
        admin = acting(cast.administrator)
        one = offices.enter(by=admin, reached=Reached("Chair of the Essex Channel Panel", cast.council, cast.area, "Nell Fieldgate", "a.rather.long.address@example.org", "01632 960001"), confirmed=True)
        offices.enter(by=admin, reached=Reached("Essex Prevent engagement officers", cast.police, None, "", "team@example.org", "01632 960002", True, True, True))
        one = offices.change(one, by=admin, reached=Reached("Chair of the Essex Channel Panel", cast.council, cast.area, "Otto Milestone", "a.rather.long.address@example.org", "01632 960001"))
        Contact.objects.filter(pk=one.pk).update(confirmed_date=today()-timedelta(days=300))
        post = appointments.give(cast.outsider, by=admin, role=Role.CHAIR, area=cast.area)
    with transaction.atomic():
        acting(second)
    admin = person(width=width).signs_in(cast.administrator)
    for a in ["/contacts", f"/contacts/{one.line}", f"/contacts/{one.line}/change", f"/contacts/{one.line}/take-out", "/contacts/add", f"/organisations/{cast.council.pk}", "/organisations/add", f"/organisations/{cast.council.pk}/change", "/accounts", f"/accounts/{cast.outsider.pk}", f"/accounts/{cast.administrator.pk}", f"/accounts/{cast.outsider.pk}/give", f"/appointments/{post.pk}", f"/appointments/{post.pk}/end"]:
        admin.goes_to(a)
    off = person(width=width).signs_in(cast.police_officer)
    r = story.case.reference
    for a in [f"/cases/{r}/person", *(f"/cases/{r}/person/{k}/add" for k in ("name","birth-date","address")), f"/cases/{r}/own-records", f"/cases/{r}"]:
        off.goes_to(a)
    off.goes_to(f"/cases/{r}/person").follows("Correct this")
    p = person(width=width).signs_in(cast.partner)
    p.goes_to(f"/requests/{story.request.pk}/own-record")
    person(width=width).goes_to("/send-securely")
    s = person(width=width).signs_in(second)
    s.goes_to(f"/appointments/{post.pk}").goes_to("/accounts")
    assert not wrong, "\n".join(map(str, wrong))
