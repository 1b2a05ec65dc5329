"""Accounts and appointments as pages find and tell them."""

from collections.abc import Callable

from django.http import Http404
from django.urls import reverse

from waymark.accounts import invitations, lost
from waymark.database.clock import day_of
from waymark.directory import accounts, people
from waymark.directory.models import Appointment, User
from waymark.directory.permission import permits
from waymark.oversight import leavers
from waymark.policy.lateness import day_in_words

KINDS = {  # of tags, by where an appointment stands
    "In force": "active",
    "To be approved": "soon",
    "Approved, begins later": "plain",
}


def account_of(key: int) -> User:
    found = accounts.account(key)
    if found is None:
        raise Http404
    return found


def area_of(post: Appointment) -> str:
    return post.area.name if post.area else "All areas"


def until_of(post: Appointment) -> str:
    """The last day of a post; one taken back before its first day has none."""
    if post.until_date is None:
        return "No end set"
    return "Never held" if post.until_date < post.from_date else day_in_words(post.until_date)


# what an administrator can do with an account: in words, its page, its rule
ACTS: tuple[tuple[str, str, Callable[[User, User], None]], ...] = (
    ("Send a link to choose a password", "account_invite", invitations.may_invite),
    ("Change the e-mail address", "account_email", people.may_change_email),
    ("Say that all second factors are lost", "account_lost", lost.may_say),
    ("Confirm that all second factors are lost", "account_lost_confirm", lost.may_confirm),
    ("Suspend the account", "account_suspend", leavers.may_suspend),
    ("Wake the account", "account_wake", leavers.may_wake),
    ("Close the account", "account_close", leavers.may_close),
)


def acts_on(user: User, by: User) -> list[dict[str, str]]:
    """What `by` can do with the account now."""
    return [
        {"text": text, "href": reverse(page, args=[user.pk])}
        for text, page, rule in ACTS
        if permits(rule, by, user)
    ]


def facts_of(user: User) -> list[dict[str, str]]:
    signed_in = user.signed_in_date
    return [
        {"question": "Organisation", "answer": user.organisation.name},
        {"question": "User name", "answer": user.username},
        {"question": "E-mail", "answer": user.email or "None"},
        {"question": "Opened on", "answer": day_in_words(user.opened_date)},
        {"question": "Last signed in", "answer": day_in_words(signed_in) if signed_in else "Never"},
        {"question": "Last link", "answer": _last_link(user)},
        {"question": "Stands at", "answer": _state(user)},
    ]


def _state(user: User) -> str:
    found = leavers.suspension_of(user)
    if found is None:
        return "In use" if user.is_active else "Not in use"
    if found.closed_at:
        return f"Closed on {day_in_words(day_of(found.closed_at))}"
    by = f" by {found.by.name}" if found.by else ""
    since = f"Suspended on {day_in_words(day_of(found.at))}{by}. {found.get_kind_display()}."
    return f"{since}\n\n{found.words}" if found.words else since


def _last_link(user: User) -> str:
    last = invitations.last_of(user)
    if last is None:
        return "None was sent"
    if last.used_at:
        return f"Used on {day_in_words(day_of(last.used_at))}"
    if last.ended_at:
        return "Ended before it was used"
    return f"Sent on {day_in_words(day_of(last.made_at))}, for 72 hours. Not used yet."


def access_of(one: User) -> str:
    """The posts (`posts`) of somebody with their ends, and when they last signed in."""
    posts = "; ".join(_post(post) for post in vars(one)["posts"]) or "No post in force"
    if not one.is_active:
        return f"{posts}. The account is suspended."
    last = one.signed_in_date
    return f"{posts}. Last signed in: {day_in_words(last) if last else 'never'}."


def _post(post: Appointment) -> str:
    until = f"until {day_in_words(post.until_date)}" if post.until_date else "no end set"
    return f"{post.get_role_display()}, {post.area.name if post.area else 'all areas'}, {until}"
