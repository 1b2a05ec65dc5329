"""How a page is reached: by whom, and for what. Every URL's view carries one of these."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from waymark.accounts import signing_in
from waymark.audit.looks import look, look_refused
from waymark.cases.models import Case
from waymark.cases.reading.parts import how_seen, reads_in_emergency
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.oversight.openings import purpose_of, works_on
from waymark.web import opening
from waymark.web.door import interrupted, only_reading
from waymark.web.door.standing import OWN_SIGN_IN


class AskedBy(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    session: Any  # our own store


View = Callable[..., HttpResponse]
EMERGENCY = "emergency"
SAFE = ("GET", "HEAD")
FILE = re.compile(r"\.[a-z]{3,4}$")  # a paper to print or save
NO_FILE = "You opened this case in an emergency: you can read it, not print or save it"
# The page about the person is for whoever sees the name, and leaves out the rest by itself.
ENOUGH = {Part.PERSON: Part.NAME}
NOT_THIS_PART = (
    "You may know of this case, but your posts do not show you this part of it: what is "
    "personal is shared only as far as is strictly necessary (1.3.3)."
)


def _said(view: View, access: str) -> View:
    """The view with its access rule written on it, for the test that walks every address."""
    vars(view)["access"] = access
    return view


def asked_in(view: View) -> View:
    """For whoever has signed in. Who has not does so first, and what they typed is kept."""

    @wraps(view)
    def page(request: Any, *args: Any, **given: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return interrupted.sign_in_first(request)
        if request.method not in SAFE and only_reading.reads_any(request.user):
            return only_reading.refusing(lambda: view(request, *args, **given))
        return view(request, *args, **given)

    return page


def fresh_sign_in(view: View) -> View:
    """Below a gate: a sensitive act, for whoever showed who they are within five minutes.

    Others do so first, and then go on; what they typed is kept (S14).
    """

    @wraps(view)
    def page(request: Any, *args: Any, **given: Any) -> HttpResponse:
        if not signing_in.recent(request):
            return interrupted.lead(request, "confirm")
        return view(request, *args, **given)

    return page


def own_sign_in(view: View) -> View:
    """A page about how one signs in: also for whoever has still to set what their account needs."""
    return _said(asked_in(view), OWN_SIGN_IN)


def anyone(view: View) -> View:
    """A page for anybody, without an account."""
    return _said(view, "anyone")


def signed_in(view: View) -> View:
    """A page for everybody who has an account."""

    return _said(asked_in(view), "signed in")


def post_holders(*roles: Role) -> Callable[[View], View]:
    """A page for those who hold one of these posts: to others it does not exist."""

    def gate(view: View) -> View:
        @asked_in
        @wraps(view)
        def page(request: Any, **given: Any) -> HttpResponse:
            if not request.user.roles_in() & set(roles):
                raise Http404
            return view(request, **given)

        return _said(page, "posts: " + ", ".join(sorted(roles)))

    return gate


def case_page(part: Part) -> Callable[[View], View]:
    """A page about one part of one case: who may not see the case cannot tell that it exists.

    Who knows the case and does not see that part is told so (S23). The look is written down
    before the page is made (S33).
    """

    def gate(view: View) -> View:
        @asked_in
        @wraps(view)
        def page(request: Any, reference: str, **given: Any) -> HttpResponse:
            case, sight = _shown(request, reference, part)
            if sight == EMERGENCY:
                return _read_only(request, case, part, lambda: view(request, case, **given))
            has_task = works_on(request.user, case)
            if question := opening.must_be_asked(request, case, has_task=has_task):
                return opening.ask(request, case, question)
            purpose = purpose_of(request.user, case, has_task=has_task)
            _look(request, case, part, purpose, sight=sight, had_task=has_task)
            return view(request, case, **given)

        return _said(page, f"case: {part.value}")

    return gate


def before_opening(view: View) -> View:
    """The answer to what is asked before a case is opened: nothing of the case is shown by it."""

    @asked_in
    @wraps(view)
    def page(request: Any, reference: str, **given: Any) -> HttpResponse:
        case, sight = _shown(request, reference, Part.CASE)
        if sight == EMERGENCY and request.method not in SAFE:
            raise PermissionDenied(only_reading.WORDS)
        return view(request, case, **given)

    return _said(page, f"case: {Part.CASE.value}")


def _shown(request: AskedBy, reference: str, part: Part) -> tuple[Case, str]:
    """The case, and by what its reader sees that part of it; a refused look is written down."""
    case = Case.objects.found(reference, by=request.user)
    sight = ""
    if case and reads_in_emergency(request.user, case):
        sight = how_seen(request.user, case, ENOUGH.get(part, part)) and EMERGENCY
    elif case:
        sight = how_seen(request.user, case, ENOUGH.get(part, part))
    if case is None or not sight:
        look_refused(at=now(), reference=reference, part=part.value)
    if case is None:
        raise Http404
    if not sight:
        raise PermissionDenied(NOT_THIS_PART)
    return case, sight


def _look(
    request: AskedBy, case: Case, part: Part, purpose: str, *, sight: str, had_task: bool | None
) -> None:
    """Before the page is made. What has a file's name is looked at as a document."""
    kind = "document" if FILE.search(request.path) else "case"
    look(by=request.user, at=now(), case_id=case.pk, part=part.value, purpose=purpose,
         object_kind=kind, sight=sight, had_task=had_task)  # fmt: skip


def _read_only(
    request: AskedBy, case: Case, part: Part, view: Callable[[], HttpResponse]
) -> HttpResponse:
    """A page of a case that was opened in an emergency, with its own reason: to be read."""
    if request.method not in SAFE:
        raise PermissionDenied(only_reading.WORDS)
    _look(request, case, part, EMERGENCY, sight=EMERGENCY, had_task=False)
    answer = view()
    if not answer["Content-Type"].startswith("text/html"):
        raise PermissionDenied(f"{NO_FILE} (1.3.3).")
    return answer
