"""The demonstration: told once through the use cases, and whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from pytest_django.plugin import DjangoDbBlocker

from tests.audit import chains
from tests.audit.conftest import moved_to
from tests.conftest import APPLICATION, MADE, OWNER
from waymark.audit.verify import verify
from waymark.cases.models import Case, Stage
from waymark.cases.reading.worklists import yours
from waymark.database.clock import LONDON, now, today
from waymark.database.guard import become
from waymark.database.mark import mark_as
from waymark.directory.keeping import INSTALLATION
from waymark.directory.mail import is_over
from waymark.directory.models import Contact, Notice, Organisation, Role, User
from waymark.directory.notices import SEND_NOTICES
from waymark.policy.pack import in_force
from waymark.project import accounts, loading
from waymark.project.sentence import Wrong
from waymark.referrals.models import Advice, FormRequest, Paper, Screening, Subject
from waymark.sharing.models import Contradiction, Mark, MovedDate, PassedOn, Request

pytestmark = pytest.mark.slow
NAME = "test_waymark_demonstration"
HAS_NO_WAY_YET = {Stage.TRANSFERRED_OUT}
IN_EACH_AREA = {
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.COORDINATOR,
    Role.ADULT_LEAD,
    Role.FAMILIES_LEAD,
    Role.PANEL_MEMBER,
    Role.PARTNER,
    Role.REFERRER,
    Role.SUPPORT_LEAD,
    Role.PROVIDER,
}
Told = list[dict[str, str]]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Told]:
    """Loaded once, and really committed, in a database of its own; the accounts that it made."""
    with chains.connected(OWNER, "postgres") as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {NAME}")
        copied = owner.execute("SELECT FROM pg_database WHERE datname = %s", [MADE]).rowcount
        owner.execute(f"CREATE DATABASE {NAME} TEMPLATE {MADE if copied else 'template0'}")
    with django_db_blocker.unblock():
        with moved_to(NAME, OWNER):
            if not copied:  # no other test of this run stands on a database
                call_command("migrate", verbosity=0)
            mark_as("demonstration")
        with moved_to(NAME, APPLICATION), own_folder(tmp_path_factory.mktemp("var")) as var:
            loading.load()
            yield accounts.kept(var)
    with chains.connected(OWNER, "postgres") as owner:
        owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@contextmanager
def own_folder(var: Path) -> Iterator[Path]:
    """The accounts are kept in `var`, and not where a developer's own demonstration keeps its."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, var=var))
        yield var


@pytest.fixture
def police(told: Told) -> Iterator[User]:
    """Asking as the police lead."""
    with acting_as("lead.one") as user:
        yield user


@contextmanager
def acting_as(username: str) -> Iterator[User]:
    with transaction.atomic():
        become(INSTALLATION)
        user = User.objects.select_related("organisation").get(username=username)
        become(user)
        yield user


def asked(sql: str) -> list[tuple[object, ...]]:
    """What the database holds, whoever may see it."""
    with chains.connected("waymark_verifier", NAME) as verifier:
        return verifier.execute(sql).fetchall()


def test_every_role_has_an_account_in_its_areas(told: Told) -> None:
    roles = {account["role"] for account in told}
    assert roles == {role.value for role in Role} | {"outsider"}
    areas = {panel.area_name for panel in in_force().panels}
    for role in IN_EACH_AREA:
        assert {each["area"] for each in told if each["role"] == role} == areas
    for role in (Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.ADMINISTRATOR):
        assert len([each for each in told if each["role"] == role]) >= 2


def test_every_account_signs_in_with_a_long_password_of_this_load(told: Told, police: User) -> None:
    assert len({each["username"] for each in told}) == len(told)
    assert all(len(each["password"]) >= 15 for each in told)
    for username in ("chair.essex", "mentor.thurrock", "outsider"):
        account = next(each for each in told if each["username"] == username)
        user = User.objects.select_related("organisation").get(username=username)
        assert user.check_password(account["password"])
        assert user.organisation.name == account["organisation"]


def test_nobody_but_the_first_two_was_appointed_by_fewer_than_two_others(told: Told) -> None:
    alone = asked(
        "SELECT role FROM directory_appointment WHERE given_by_id IS NULL OR approved_by_id IS NULL"
    )
    assert alone == [("administrator",), ("administrator",)]


def test_every_stage_has_a_case(told: Told) -> None:
    stages = {stage for (stage,) in asked("SELECT DISTINCT stage FROM cases_case")}
    assert stages == set(Stage) - HAS_NO_WAY_YET
    assert asked("SELECT count(*) >= 15 FROM cases_case") == [(True,)]


def test_every_case_has_exactly_one_holder(told: Told) -> None:
    held = asked(
        "SELECT c.reference, count(h.id) FROM cases_case c LEFT JOIN cases_holder h"
        " ON h.case_id = c.id AND h.until_at IS NULL GROUP BY 1 HAVING count(h.id) <> 1"
    )
    assert held == []


def test_something_waits_for_every_open_case(told: Told) -> None:
    lost = asked(
        "SELECT c.stage FROM cases_case c WHERE c.ended_at IS NULL AND NOT EXISTS"
        " (SELECT FROM cases_task t WHERE t.case_id = c.id AND t.done_at IS NULL)"
    )
    assert lost == []


def test_its_audit_verifies(told: Told) -> None:
    with chains.connected("waymark_verifier", NAME) as verifier:
        verifier.autocommit = False
        found, events = verify(verifier, settings.WAYMARK_AUDIT_KEY)
    assert list(found.lines()) == []
    assert events > 1000


def test_its_history_lies_in_the_past_and_in_order(told: Told) -> None:
    assert asked("SELECT count(*) FROM audit_event WHERE at > now()") == [(0,)]
    assert asked(
        "SELECT count(*) FROM (SELECT at::date < lag(at::date) OVER (PARTITION BY chain"
        " ORDER BY number) AS back FROM audit_event) e WHERE back"
    ) == [(0,)]
    (oldest,) = asked("SELECT min(opened_at) < now() - interval '180 days' FROM cases_case")
    assert oldest == (True,)


def test_every_kind_of_body_of_the_policy_is_there(told: Told, police: User) -> None:
    kinds = set(Organisation.objects.values_list("kind", flat=True))
    assert kinds == {kind.code for kind in in_force().organisation_kinds}


def test_e_mails_of_days_gone_by_are_not_sent_once_more(told: Told, police: User) -> None:
    become(SEND_NOTICES)
    waiting, today_began = Notice.objects.waiting(), now().astimezone(LONDON)
    today_began = today_began.replace(hour=0, minute=0, second=0, microsecond=0)
    assert Notice.objects.exclude(sent_at=None).exists()
    assert not waiting.filter(made_at__lt=today_began, due_at__lt=today_began).exists()
    assert not [one for one in waiting if is_over(one, now())]


def test_contacts_reach_nobody(told: Told, police: User) -> None:
    contacts = list(Contact.objects.all())
    assert {each.office for each in contacts} >= {office.name for office in in_force().offices}
    assert all(each.email.endswith("@example.org") for each in contacts)
    assert all(each.telephone[:9] in ("", "01632 960") for each in contacts)
    assert any(each.published for each in contacts)


def test_the_front_door_has_something_of_everything(told: Told, police: User) -> None:
    waiting = Subject.objects.filter(state="waiting")
    assert waiting.filter(lead_first=True).exists()
    assert waiting.filter(taken_by=None).count() >= 3
    several = waiting.values("referral").annotate(people=Count("pk")).filter(people__gt=1)
    assert several.exists()
    reasons = set(Screening.objects.values_list("reason", flat=True))
    assert reasons >= {"misunderstanding", "safeguarding", "no_concern", "malicious"}
    assert Paper.objects.filter(settled_at=None).exists()
    assert Advice.objects.exists()
    assert FormRequest.objects.filter(answered_at=None).exists()


def test_a_partner_is_late_and_sees_it(told: Told) -> None:
    with acting_as("clinic.essex") as partner:
        late = Request.objects.filter(answered_at=None, due_date__lt=today())
        assert late.exists()
        assert any(task.kind == "answer_request" for task in yours(partner))
    with acting_as("chair.essex") as chair:
        assert any(task.kind == "reply_overdue" for task in yours(chair))


def test_a_request_is_passed_on_an_answer_is_marked_and_two_do_not_fit(
    told: Told, police: User
) -> None:
    assert PassedOn.objects.filter(request__answered_at=None).exists()
    assert MovedDate.objects.exists()
    assert {"used", "to_check"} <= set(Mark.objects.values_list("state", flat=True))
    assert Contradiction.objects.filter(state="open").exists()


@pytest.mark.parametrize("post", ["chair", "families", "adults", "coordinator", "mentor"])
@pytest.mark.parametrize("area", ["essex", "southend", "thurrock"])
def test_every_post_has_something_to_do(told: Told, post: str, area: str) -> None:
    with acting_as(f"{post}.{area}") as user:
        assert yours(user) or Case.objects.visible_to(user).exists()


@pytest.mark.parametrize("username", ["outsider", "auditor", "admin.one"])
def test_others_see_no_case(told: Told, username: str) -> None:
    with acting_as(username):
        assert Case.objects.count() == 0


def test_it_is_not_loaded_twice(told: Told) -> None:
    with pytest.raises(Wrong, match="loaded into this database already"):
        loading.load()
