"""Accounts on the pages of administrators: opened, mended, suspended, closed, woken (S18, S19)."""

from typing import Any

import pytest
from django.test import Client

from tests.accounts.conftest import Door
from tests.cast import INSTALLATION, Cast, acting
from tests.web.police import Pages, plain
from waymark.directory.models import Role, User

WHY = "Moves to another council"


@pytest.fixture
def administrator(client: Client, essex: Cast) -> Pages:
    return Pages(client, essex.administrator)


def done(pages: Pages, page: str, *args: object, **said: Any) -> None:
    answer = pages.send(page, *args, **said)
    assert answer.status_code == 302, plain(answer)


def again(user: User) -> User:
    acting(INSTALLATION)
    return User.objects.get(pk=user.pk)


@pytest.mark.requirement("S19")
def test_who_leaves_is_suspended_then_closed_and_who_comes_back_is_woken(
    administrator: Pages, essex: Cast
) -> None:
    for who in (essex.outsider, essex.referrer):
        blank = administrator.send("account_suspend", who.pk, kind="left", words="")
        assert blank.status_code == 200 and "Enter why" in plain(blank)
        done(administrator, "account_suspend", who.pk, kind="left", words=WHY)
        assert WHY in administrator.text("account", who.pk)
    done(administrator, "account_close", essex.outsider.pk)
    assert "closed (B.1)" in administrator.text("account_wake", essex.outsider.pk)
    done(administrator, "account_email", essex.referrer.pk, email="somebody@example.org")
    done(administrator, "account_wake", essex.referrer.pk)
    assert again(essex.referrer).is_active and not again(essex.outsider).is_active


@pytest.mark.requirement("S16")
def test_a_link_goes_to_the_address_that_an_administrator_wrote_down(
    administrator: Pages, essex: Cast
) -> None:
    wrong = administrator.send("account_email", essex.outsider.pk, email="not an address")
    assert wrong.status_code == 200 and "not an address" in wrong.text
    done(administrator, "account_email", essex.outsider.pk, email="somebody@example.org")
    assert again(essex.outsider).email == "somebody@example.org"
    assert "somebody@example.org" in administrator.text("account_invite", essex.outsider.pk)
    done(administrator, "account_invite", essex.outsider.pk)


@pytest.mark.requirement("S18")
def test_that_all_factors_are_lost_takes_administrators_of_two_organisations(
    administrator: Pages, essex: Cast, client: Client
) -> None:
    acting(INSTALLATION)
    elsewhere = essex.appointed(Role.ADMINISTRATOR, of=essex.police)
    User.objects.filter(pk=essex.outsider.pk).update(email="somebody@example.org")
    door = Door(essex.outsider).signs_in()
    blank = administrator.send("account_lost", essex.outsider.pk, words="")
    assert "Enter how you know that it is them" in plain(blank)
    done(administrator, "account_lost", essex.outsider.pk, words="Seen in person")
    own = administrator.text("account_lost_confirm", essex.outsider.pk)
    assert "Nobody confirms what they said themselves" in own and door.is_in()
    other = Pages(client, elsewhere)
    assert "Seen in person" in other.text("account_lost_confirm", essex.outsider.pk)
    done(other, "account_lost_confirm", essex.outsider.pk)
    assert not door.is_in()
