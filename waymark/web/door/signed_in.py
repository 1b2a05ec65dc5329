"""What follows when somebody has signed in: what they are told, and where they go on to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from waymark.accounts import recovery, signing_in
from waymark.accounts.attempts import Counted
from waymark.accounts.factors import How
from waymark.database.clock import day_of
from waymark.directory.models import User
from waymark.policy.lateness import day_in_words
from waymark.web.page import tell

FEW = 3  # recovery codes that are left


def go_on(request: Any, user: User, where: str, *, by: How) -> HttpResponse:
    """Sign `user` in by what they have shown, and lead them to `where`, an address of ours."""
    failed = signing_in.complete(request, user, by=by)
    said = [failures_in_words(failed)]
    if by is How.RECOVERY:
        said.append(_left_in_words(recovery.unused(user)))
    if words := " ".join(one for one in said if one):
        tell(request, words)
    return redirect(where)


def failures_in_words(failed: Counted) -> str:
    """What had failed under this name since the person last signed in (S12)."""
    if not failed.failures or failed.since is None:
        return ""
    attempts = "1 attempt" if failed.failures == 1 else f"{failed.failures} attempts"
    return (
        f"{attempts} to sign in under your name failed since {day_in_words(day_of(failed.since))}."
        " If that was not you, tell an administrator of accounts."
    )


def _left_in_words(left: int) -> str:
    words = f"You have used a recovery code: {left} are left."
    return words + (" Make new ones under Your sign-in." if left <= FEW else "")


def wait_in_words(seconds: int) -> str:
    """Why a try does not count now, and what to do: the same for every name."""
    minutes = -(-seconds // 60)
    for_so_long = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return (
        f"Too many attempts have failed. Wait {for_so_long}, then try again. Signing in with a"
        " passkey works at once."
    )
