"""Contacts kept up: who may, what was before stays, what nobody has confirmed (B.1)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast, acting
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory import contacts, offices
from waymark.directory.models import Contact
from waymark.directory.offices import FORM_MAILBOX, Reached
from waymark.directory.permission import Changed, Refused
from waymark.directory.published import published_contacts, secure_address
from waymark.policy.pack import in_force


def reached(essex: Cast, **said: object) -> Reached:
    whole: dict[str, object] = {
        "office": "Prevent co-ordination", "organisation": essex.council, "area": essex.area,
        "email": "prevent@example.org",
    }  # fmt: skip
    return Reached(**whole | said)  # type: ignore[arg-type]


def test_a_change_keeps_what_was_before(essex: Cast) -> None:
    admin = acting(essex.administrator)
    first = offices.enter(by=admin, reached=reached(essex, held_by="Nell Fieldgate"))
    now_it_is = offices.change(first, by=admin, reached=reached(essex, held_by="Otto Milestone"))
    assert now_it_is.confirmed_date == today()
    found = contacts.contact_of(first.line)
    assert found == now_it_is
    (earlier,) = contacts.before(now_it_is)
    assert earlier.held_by == "Nell Fieldgate" and earlier.replaced_by == admin
    assert [one.held_by for one in contacts.contacts_at(essex.council)] == ["Otto Milestone"]


def test_who_was_slower_is_told(essex: Cast) -> None:
    admin = acting(essex.administrator)
    seen = offices.enter(by=admin, reached=reached(essex))
    offices.change(seen, by=admin, reached=reached(essex, telephone="01632 960001"))
    with pytest.raises(Changed):
        offices.change(seen, by=admin, reached=reached(essex, telephone="01632 960002"))


def test_coordinators_keep_the_contacts_of_their_own_area(essex: Cast, thurrock: Cast) -> None:
    mine = offices.enter(by=acting(essex.coordinator), reached=reached(essex))
    offices.confirm(mine, by=essex.coordinator)
    with pytest.raises(Refused, match="of Essex are not yours"):
        offices.confirm(mine, by=acting(thurrock.coordinator))
    with pytest.raises(Refused, match="not yours"):
        offices.enter(by=acting(essex.coordinator), reached=reached(essex, area=None))
    with pytest.raises(Refused, match="of Thurrock"):
        offices.change(mine, by=essex.coordinator, reached=reached(essex, area=thurrock.area))
    with pytest.raises(Refused, match="not yours"):
        offices.enter(by=acting(essex.chair), reached=reached(essex))


def test_database_holds_them_to_their_area(essex: Cast, thurrock: Cast) -> None:
    acting(thurrock.coordinator)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Contact.objects.create(
            office="Chair", organisation=essex.council, area=essex.area, email="a@example.org"
        )


@pytest.mark.parametrize(("confirmed", "late"), [(None, True), (-300, True), (-30, False)])
def test_who_was_not_asked_for_the_packs_months_is_told_apart(
    essex: Cast, confirmed: int | None, late: bool
) -> None:
    day = None if confirmed is None else today() + timedelta(days=confirmed)
    assert offices.needs_confirming(Contact(confirmed_date=day), today()) == late
    assert offices.needs_confirming(Contact(confirmed_date=date(2026, 1, 31)), date(2026, 8, 1))


def test_taken_out_it_is_shown_to_nobody(essex: Cast) -> None:
    admin = acting(essex.administrator)
    made = offices.enter(by=admin, reached=reached(essex, published=True))
    offices.take_out(made, by=admin)
    become(None)
    assert published_contacts() == []
    assert not Contact.objects.exists()


def test_a_contact_without_an_address_is_refused(essex: Cast) -> None:
    with pytest.raises(Refused, match="Nothing says how to reach"):
        offices.enter(by=acting(essex.administrator), reached=reached(essex, email=""))


def test_what_the_directory_publishes_stands_in_for_the_packs_address(essex: Cast) -> None:
    become(None)
    given = in_force().secure_address
    assert secure_address() == given
    admin = acting(essex.administrator)
    team = {"area": None, "organisation": essex.police, "published": True}
    offices.enter(by=admin, reached=reached(
        essex, office=given.name, telephone="01632 960210", **team
    ))  # fmt: skip
    offices.enter(by=admin, reached=reached(
        essex, office=FORM_MAILBOX, email="form@example.org", published=True
    ))  # fmt: skip
    become(None)
    now_it_is = secure_address()
    assert (now_it_is.telephone, now_it_is.email) == ("01632 960210", "prevent@example.org")
    assert now_it_is.form_email == "form@example.org"
    assert now_it_is.note == given.note
