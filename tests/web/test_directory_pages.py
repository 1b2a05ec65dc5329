"""The directory as those who keep it see it: contacts, organisations, accounts and posts."""

import io
from datetime import timedelta
from typing import Any

import pdfplumber
import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import Pages
from waymark.database import clock
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory import contacts, offices
from waymark.directory.models import Appointment, Contact, Organisation, Role, User
from waymark.directory.offices import FORM_MAILBOX, Reached
from waymark.oversight.upkeep import KEEP_DIRECTORY, ask_to_confirm
from waymark.policy.pack import in_force

CHAIR_OFFICE = "Chair of the Essex Channel Panel"


def said(essex: Cast, **other: Any) -> dict[str, Any]:
    """A contact's questions, answered."""
    return {
        "office": CHAIR_OFFICE, "organisation": str(essex.council.pk), "area": str(essex.area.pk),
        "held_by": "Nell Fieldgate", "email": "chair@example.org", "telephone": "01632 960001",
        "shared": "personal", "secure": "no", "published": "no",
    } | other  # fmt: skip


def entered(essex: Cast, **other: Any) -> Contact:
    whole: dict[str, Any] = {
        "office": CHAIR_OFFICE, "organisation": essex.council, "area": essex.area,
        "email": "chair@example.org",
    }  # fmt: skip
    return offices.enter(by=acting(essex.administrator), reached=Reached(**whole | other))


@pytest.fixture
def admin(client: Client, essex: Cast) -> Pages:
    return Pages(client, essex.administrator)


@pytest.mark.clause("B.1")
def test_a_contact_is_entered_found_changed_and_confirmed(admin: Pages, essex: Cast) -> None:
    assert admin.send("contact_add", **said(essex)).status_code == 302
    listed = admin.text("contacts")
    for words in (CHAIR_OFFICE, "Essex Council", "Nell Fieldgate", "01632 960001"):
        assert words in listed
    acting(essex.administrator)
    (made,) = contacts.contacts_at(essex.council)
    changed = admin.send("contact_change", made.line, **said(essex, held_by="Otto Milestone"))
    assert changed.status_code == 302
    page = admin.text("contact", made.line)
    assert "Held by Otto Milestone" in page
    assert "What it was before" in page and "Nell Fieldgate" in page
    assert admin.send("contact_confirm", made.line).status_code == 302
    assert f"by {essex.administrator.name}" in admin.text("contact", made.line)
    assert admin.send("contact_take_out", made.line).status_code == 302
    assert "Otto Milestone" not in admin.text("contacts")


@pytest.mark.clause("B.1")
def test_a_contact_that_nobody_has_confirmed_is_shown_so(admin: Pages, essex: Cast) -> None:
    made = entered(essex)
    assert "Not confirmed yet" in admin.text("contacts")
    acting(essex.administrator)
    Contact.objects.filter(pk=made.pk).update(confirmed_date=today() - timedelta(days=250))
    assert "Not confirmed since" in admin.text("contacts")
    page = admin.text("contact", made.line)
    assert "within the last 6 months" in page
    admin.send("contact_confirm", made.line)
    assert "Not confirmed" not in admin.text("contacts")


@pytest.mark.clause("B.2")
def test_an_office_shared_by_two_and_one_that_serves_every_area(
    admin: Pages, essex: Cast, thurrock: Cast
) -> None:
    office = "Co-chairs of the Southend Channel Panel"
    for name in ("Nell Fieldgate", "Otto Milestone"):
        admin.send("contact_add", **said(essex, office=office, held_by=name))
    admin.send("contact_add", **said(
        essex, office="Essex Prevent engagement officers", area="all", shared="shared",
        secure="yes", email="team@example.org",
    ))  # fmt: skip
    page = admin.text("contacts")
    assert page.count(office) == 2
    assert page.count("team@example.org (shared, secure)") == 2  # Essex and Thurrock
    assert "chair@example.org (personal, not secure)" in page


@pytest.mark.clause("B.2")
def test_a_person_holds_several_posts_and_stands_in_for_another(
    client: Client, admin: Pages, essex: Cast
) -> None:
    second = essex.appointed(Role.ADMINISTRATOR, of=essex.council)
    vice = essex.vice_chair
    give(admin, vice, Role.COORDINATOR, "essex")
    give(admin, vice, Role.CHAIR, "all", deputy_for=str(essex.chair.pk))
    acting(second)
    for post in Appointment.objects.filter(user=vice, approved_by=None, given_by__isnull=False):
        Pages(client, second).send("appointment_approve", post.pk)
        acting(second)
    page = Pages(client, second).text("account", vice.pk)
    for words in ("Vice-chair of the Channel panel", "Prevent co-ordinator", "All areas"):
        assert words in page
    assert page.count("In force") == 3
    acting(second)
    deputy = Appointment.objects.get(user=vice, role=Role.CHAIR)
    shown = Pages(client, second).text("appointment", deputy.pk)
    assert f"Deputy for {essex.chair.name}" in shown


def give(admin: Pages, user: User, role: Role, area: str, **other: Any) -> Any:
    day = today()
    answers = {
        "role": role.value, "area": area, "from_date-day": str(day.day),
        "from_date-month": str(day.month), "from_date-year": str(day.year), "deputy_for": "",
        "investigates": "no",
    }  # fmt: skip
    return admin.send("appointment_give", user.pk, **answers | other)


@pytest.mark.clause("B.1")
def test_a_post_takes_two_administrators(client: Client, admin: Pages, essex: Cast) -> None:
    second = essex.appointed(Role.ADMINISTRATOR, of=essex.council)
    assert give(admin, essex.outsider, Role.CHAIR, "essex").status_code == 302
    assert essex.outsider.name in admin.text("accounts")
    acting(essex.administrator)
    post = Appointment.objects.get(user=essex.outsider)
    assert "Nobody approves an appointment that they gave" in admin.text("appointment", post.pk)
    assert "You hold no post here today" in Pages(client, essex.outsider).text("home")
    other = Pages(client, second)
    assert "Waiting for a second administrator" in other.text("accounts")
    assert other.send("appointment_approve", post.pk).status_code == 302
    assert "You hold no post here today" not in Pages(client, essex.outsider).text("home")
    ended = Pages(client, second).send("appointment_end", post.pk, when="at_once")
    assert ended.status_code == 302
    assert "You hold no post here today" in Pages(client, essex.outsider).text("home")


@pytest.mark.requirement("S28")
def test_nobody_holds_a_prevent_post_and_one_in_investigation(admin: Pages, essex: Cast) -> None:
    answer = give(admin, essex.outsider, Role.POLICE_OFFICER, "essex", investigates="yes")
    assert "one in investigation or intelligence (2.1.4)" in answer.text
    answer = give(admin, essex.outsider, Role.POLICE_OFFICER, "essex", investigates="")
    assert "Select whether they hold such a post" in answer.text
    acting(essex.administrator)
    assert not Appointment.objects.filter(user=essex.outsider).exists()


def test_nobody_is_offered_a_post_of_their_own(admin: Pages, essex: Cast) -> None:
    page = admin.text("account", essex.administrator.pk)
    assert "This is your own account" in page
    assert "Nobody appoints themselves" in admin.text("appointment_give", essex.administrator.pk)


@pytest.mark.requirement("S20")
@pytest.mark.parametrize("page", ["accounts", "organisation_add"])
def test_accounts_do_not_exist_for_others(client: Client, essex: Cast, page: str) -> None:
    for user in (essex.chair, essex.police_lead, essex.outsider):
        assert Pages(client, user).get(page).status_code == 404
    assert "Accounts" not in Pages(client, essex.chair).text("home")


def test_accounts_name_nobody_in_the_title(admin: Pages, essex: Cast) -> None:
    for page, key in (("account", essex.chair.pk), ("appointment_give", essex.chair.pk)):
        answer = admin.get(page, key)
        title = answer.text.split("<title>")[1].split("</title>")[0]
        assert essex.chair.name not in title


def test_accounts_are_found_by_a_part_of_the_name(admin: Pages, essex: Cast) -> None:
    essex_chair = essex.chair.name
    found = admin.text("accounts", query=f"?named={essex_chair}")
    assert essex_chair in found
    assert "Nobody of that name has an account" in admin.text("accounts", query="?named=zzz")
    assert admin.get("accounts", query="?after=garbage").status_code == 200


@pytest.mark.clause("B.1")
def test_a_coordinator_keeps_the_contacts_of_the_own_area(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    pages = Pages(client, essex.coordinator)
    assert pages.send("contact_add", **said(essex)).status_code == 302
    asked = pages.get("contact_add").text
    assert "All areas" not in asked and "Thurrock</option>" not in asked
    theirs = entered(thurrock)
    assert "Change this contact" not in pages.text("contact", theirs.line)
    assert "The contacts of Thurrock are not yours to keep" in pages.text(
        "contact_change", theirs.line
    )
    assert Pages(client, essex.chair).get("contact_add").status_code == 404


def test_who_changed_a_contact_first_is_not_overwritten(admin: Pages, essex: Cast) -> None:
    made = entered(essex)
    admin.send("contact_change", made.line, **said(essex, held_by="Nell Fieldgate"))
    late = admin.client.post(
        f"/contacts/{made.line}/change", said(essex, held_by="Otto Milestone", version="1")
    )
    assert late.status_code == 200
    assert "Somebody else has changed this contact" in late.text
    assert "Otto Milestone" in late.text
    assert "Otto Milestone" not in admin.text("contacts")


def test_wrong_answers_are_told_and_nothing_typed_is_lost(admin: Pages, essex: Cast) -> None:
    wrong = admin.send("contact_add", **said(essex, email="not an address", shared=""))
    assert "Enter an e-mail address, such as" in wrong.text
    assert "Select who reads this e-mail address" in wrong.text
    assert "Nell Fieldgate" in wrong.text
    nothing = admin.send("contact_add", **said(essex, email="", telephone=""))
    assert "Nothing says how to reach the office" in nothing.text


@pytest.mark.clause("1.1.3")
def test_every_kind_of_partner_can_be_entered_and_take_part(
    client: Client, admin: Pages, essex: Cast
) -> None:
    """Entered of its kind, found below it, and asked about somebody."""
    for kind in in_force().organisation_kinds:
        answer = admin.send(
            "organisation_add", name=f"Body of {kind.code}", kind=kind.code, areas=["essex"],
            public_body="yes" if kind.public else "no",
        )  # fmt: skip
        assert answer.status_code == 302, kind.code
    listed = admin.text("contacts")
    for kind in in_force().organisation_kinds:
        assert f"Body of {kind.code} (Essex)" in listed
    story = Story(essex).reviewed()
    asked = Pages(client, essex.police_officer).text("ask_partners", story.case.reference)
    for kind in in_force().organisation_kinds:
        if kind.code != "police":
            assert f"Body of {kind.code}" in asked


@pytest.mark.clause("2.9.1")
def test_each_partner_is_found_by_kind_and_with_how_to_reach_it(
    client: Client, admin: Pages, essex: Cast
) -> None:
    for kind in in_force().organisation_kinds:
        admin.send(
            "organisation_add", name=f"Body of {kind.code}", kind=kind.code, areas=["all"],
            public_body="yes",
        )  # fmt: skip
        acting(essex.administrator)
        body = Organisation.objects.get(name=f"Body of {kind.code}")
        admin.send("contact_add", **said(
            essex, office="other", other_office="Duty desk", organisation=str(body.pk),
            email=f"{kind.code}@example.org",
        ))  # fmt: skip
    reader = Pages(client, essex.referrer)
    page = reader.text("contacts")
    for kind in in_force().organisation_kinds:
        assert kind.name in page
        become(essex.referrer)
        body = Organisation.objects.get(name=f"Body of {kind.code}")
        assert f"{kind.code}@example.org" in reader.text("organisation", body.pk)


def test_an_organisation_is_brought_up_to_date(admin: Pages, essex: Cast, thurrock: Cast) -> None:
    done = admin.send(
        "organisation_change", essex.council.pk, name="Essex County", also_in=["thurrock"],
        recording_policy="Social care’s own policy.", record_kept="In the council’s system",
    )  # fmt: skip
    assert done.status_code == 302
    page = admin.text("organisation", essex.council.pk)
    for words in ("Essex County", "Essex, Thurrock", "Social care’s own", "council’s system"):
        assert words in page


PUBLIC = ["send_securely", "refer", "about", "schools", "voluntary", "accessibility", "privacy"]


@pytest.mark.clause("2.5.15", "2.5.16")
def test_everybody_is_told_to_ring_whom_the_directory_publishes(
    client: Client, essex: Cast
) -> None:
    given = in_force().secure_address
    entered(
        essex, office=given.name, organisation=essex.police, area=None, published=True,
        email="team@example.org", telephone="01632 960210", secure=True,
    )  # fmt: skip
    entered(essex, office=FORM_MAILBOX, email="form@example.org", published=True)
    page = client.get("/send-securely").text
    for words in ("team@example.org", "01632 960210", "form@example.org"):
        assert words in page
    for name in PUBLIC:
        shown = client.get(f"/{ADDRESSES.get(name, name)}").text
        for real in (given.telephone, given.email, given.form_email):
            assert real not in shown, name
    paper = read(client.get("/refer/form.pdf").content)
    assert "01632 960210" in paper and given.telephone not in paper


def read(paper: bytes) -> str:
    with pdfplumber.open(io.BytesIO(paper)) as pdf:
        return " ".join(page.extract_text() or "" for page in pdf.pages)


ADDRESSES = {"send_securely": "send-securely", "voluntary": "voluntary-organisations"}


def asked() -> int:
    become(KEEP_DIRECTORY)
    return ask_to_confirm(by=KEEP_DIRECTORY)


@pytest.mark.clause("B.1", "2.9.1")
def test_whoever_keeps_a_contact_is_asked_after_six_months(
    client: Client, admin: Pages, essex: Cast
) -> None:
    made = entered(essex)
    everywhere = entered(essex, office="Essex Prevent engagement officers", area=None)
    keeper = Pages(client, essex.coordinator)
    assert f"Kept up by Prevent co-ordinator: {essex.coordinator.name}" in keeper.text(
        "contact", made.line
    )
    acting(essex.administrator)
    offices.confirm(made, by=essex.administrator)
    offices.confirm(everywhere, by=essex.administrator)
    assert asked() == 0
    clock.set_offset(timedelta(days=200))
    try:
        assert (asked(), asked()) == (2, 0)  # run again, it comes to the same
        home = Pages(client, essex.coordinator).text("home")
        assert home.count("Confirm a contact") == 1 and "all of it is still right" in home
        assert "Confirm a contact" in Pages(client, essex.administrator).text("home")
        keeper = Pages(client, essex.coordinator)
        assert keeper.send("contact_confirm", made.line).status_code == 302
        assert "Confirm a contact" not in keeper.text("home")
        Pages(client, essex.administrator).send("contact_take_out", everywhere.line)
        assert "Confirm a contact" not in Pages(client, essex.administrator).text("home")
        assert asked() == 0
    finally:
        clock.set_offset(timedelta())


@pytest.mark.clause("B.1", "2.9.1")
def test_the_directory_is_narrowed_by_area_kind_and_post(
    admin: Pages, essex: Cast, thurrock: Cast
) -> None:
    entered(essex)
    page = admin.text("contacts", query="?area=thurrock&kind=school&post=chair")
    assert "Remove this filter: Area: Thurrock" in page and "Clear all filters" in page
    assert "Thurrock Academy" in page and "Thurrock Council (" not in page
    assert "Essex Academy" not in page and CHAIR_OFFICE not in page
    assert thurrock.chair.organisation.name in page
    assert "Families" not in page.split("Posts held today")[1].split("Organisations, by kind")[0]
    assert "Essex Academy" in admin.text("contacts", query="?area=nowhere&kind=garbage&post=x")
