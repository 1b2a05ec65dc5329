"""The way in: proofs are checked step by step, and every road ends in `complete`."""

from typing import Any

from django.contrib.auth import SESSION_KEY, login

from waymark.accounts import attempts, challenges, code_apps, passkeys, recovery
from waymark.accounts.attempts import Counted
from waymark.accounts.factors import ALONE, HOW, How
from waymark.audit.events import record
from waymark.database.clock import now, real_today
from waymark.database.guard import become
from waymark.directory.models import User

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"


class Keyed:
    """The key of somebody who says who they are, before their own row may be read."""

    def __init__(self, pk: int):
        self.pk = pk


def person(key: int) -> User | None:
    """The open account of that key. From here on the database answers as to that person."""
    become(Keyed(key))
    found = User.objects.filter(pk=key, is_active=True).select_related("organisation").first()
    if found is None:
        become(None)
    return found


def complete(request: Any, user: User, *, by: How) -> Counted:
    """Sign `user` in at this browser, with a new token. Whoever calls has checked all proofs.

    What had failed under this name since the time before is given back: they are told. The
    database answers as to `user` from here on.
    """
    become(user)
    if SESSION_KEY in request.session:
        request.session.flush()
    login(request, user, backend=BACKEND)
    request.session[HOW] = by.value
    request.session.pop(challenges.WAITING, None)
    request.session.save()
    User.objects.filter(pk=user.pk).update(signed_in_date=real_today())
    record("signed_in", by=user, at=now(), how=by.value, session=request.session.told.key)
    return attempts.succeeded(user.username)


def how_of(request: Any) -> str:
    """How the person of this session proved who they are."""
    return str(request.session.get(HOW, ""))


def await_second(request: Any, user: User, where: str) -> None:
    """The password was right: for five minutes this browser may show the second factor.

    `where`: the address to go on to. Nobody is signed in yet.
    """
    request.session.cycle_key()  # whoever planted a token before has none of this
    challenges.put(request.session, challenges.WAITING, {"user": user.pk, "next": where})
    become(None)


def awaited(request: Any) -> dict[str, Any] | None:
    """Whose second factor this browser waits for (`user`), and where to go on (`next`)."""
    return challenges.peeked(request.session, challenges.WAITING)


def second_shown(user: User, typed: str) -> How | None:
    """Which second factor of `user` that is: an app's code or a recovery code, now used up.

    Where it is none, the database answers as to a visitor again.
    """
    if recovery.looks_like_code(typed):
        how = How.RECOVERY if recovery.use(user, typed) else None
    else:
        how = How.CODE if code_apps.use(user, typed) else None
    if how is None:
        become(None)
    return how


def by_passkey(request: Any, said: str) -> User | None:
    """Whose passkey a device shows: signed in by it alone. None: not right, or nobody's."""
    credential = passkeys.named_in(said)
    key = passkeys.holder_of(credential) if credential else None
    user = person(key) if key is not None else None
    if user and passkeys.is_shown(request.session, passkeys.SIGNING_IN, said, user):
        return user
    become(None)
    return None


def confirm(request: Any, *, by: How) -> None:
    """Whoever is signed in has proved again who they are: for five minutes, sensitive acts are
    theirs to do. A stronger proof than before counts from now on."""
    if by not in ALONE:
        request.session[HOW] = by.value
    request.session.prove()
    record("confirmed", by=request.user, at=now(), how=by.value)


def recent(request: Any) -> bool:
    """Whether they proved who they are within the last five minutes."""
    return bool(request.session.is_fresh)
