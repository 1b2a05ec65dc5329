"""A case opened in an emergency is read: no address of the product changes anything of it (S27)."""

import re
from typing import Any

import pytest
from django.db import connection, transaction

from tests.cast import INSTALLATION, Cast, acting
from tests.forms import FormsOf, methods
from tests.security.test_walk_of_roles import Walk, routes
from waymark.cases.access import emergencies
from waymark.cases.models import Task
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Role, User

pytestmark = pytest.mark.slow
WHY = "The mother rang: he has left with a knife"
KEPT = [
    "audit_event",
    "audit_head",
    "audit_look",
    "accounts_session",
]  # that it was tried, and by whom
ALONE = ("actions/", "deputies/", "other-help/", "safeguarding/")  # known by a key of theirs
BARE = {"words": "It is done"}
SAID = "you can read it, not change it"


def of_the_case(walk: Walk) -> list[str]:
    """Each address that is no page of the case itself and takes a form, with the keys of what hangs
    on the case."""
    acting(walk.cast.police_lead)
    tasks = Task.objects.filter(case=walk.opened.case).exclude(object_id=None)
    keys = set(tasks.values_list("object_id", flat=True))
    found = set[str]()
    for route in routes():
        if "<int:" not in route or route.startswith("cases/") or "POST" not in methods(route):
            continue
        numbered = re.sub(r"<int:(number|item)>", "1", route)
        found.add(walk.address(numbered, walk.opened))
        if route.startswith(ALONE):
            found |= {"/" + route.replace("<int:key>", str(key)) for key in keys}
    return sorted(found)


def reads_in_emergency(user: User, walk: Walk, other: Cast) -> None:
    """By a post of another area, beside what they have of their own."""
    become(INSTALLATION)
    Appointment.objects.create(user=user, role=Role.CHAIR, area=other.area, from_date=today())
    opener = acting(User.objects.get(pk=user.pk))
    emergencies.open_case(by=opener, reference=walk.opened.case.reference, why=WHY)


def sent(client: Any, address: str) -> tuple[Any, set[str]]:
    """The answer, and the tables in which something stands that did not before. It is undone."""
    with transaction.atomic():
        before = written()
        answer = client.post(address, BARE)
        if answer.status_code == 200:  # there is more to fill in
            answer = client.post(address, filled(client, address))
        changed = {name for name, rows in written().items() if rows != before.get(name, 0)}
        transaction.set_rollback(True)
    return answer, changed


def filled(client: Any, address: str) -> dict[str, Any]:
    """What the page's own form would send, where it shows one."""
    page = client.get(address)
    forms = FormsOf(page.text, address).found if page.status_code == 200 else []
    mine = [form for form in forms if form.action == address]
    return mine[0].filled("It is done", {}) if mine else BARE


def written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE relname <> ALL (%s)",
            [KEPT],
        )
        return dict(cursor.fetchall())


@pytest.mark.alone
@pytest.mark.requirement("S27")
def test_no_address_changes_what_is_read_in_an_emergency(essex: Cast, thurrock: Cast) -> None:
    """Also whoever has something of the case in hand of their own: support, a request, a seat."""
    walk = Walk(essex, thurrock)
    addresses, wrong, said = of_the_case(walk), [], 0
    for reader in (essex.support_lead, essex.partner, essex.panel_member):
        reads_in_emergency(reader, walk, thurrock)
        client = walk.client(reader)
        for address in addresses:
            answer, changed = sent(client, address)
            said += SAID in answer.text
            if answer.status_code >= 500 or (changed and SAID not in answer.text):
                wrong.append((reader.username, address, answer.status_code, changed))
    assert wrong == []
    assert said > 3, said
