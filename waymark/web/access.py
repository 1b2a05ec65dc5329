"""How a page is reached: by whom, and for what. Every URL's view carries one of these."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from waymark.audit.looks import look
from waymark.cases.access.emergencies import ONLY_READ
from waymark.cases.models import Case
from waymark.cases.reading.parts import reads_in_emergency, sees_part
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Role, User


class AskedBy(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


View = Callable[..., HttpResponse]
EMERGENCY = "emergency"
SAFE = ("GET", "HEAD")
NO_FILE = "You opened this case in an emergency: you can read it, not print or save it"
# The page about the person is for whoever sees the name, and leaves out the rest by itself.
ENOUGH = {Part.PERSON: Part.NAME}
NOT_THIS_PART = (
    "You may know of this case, but your posts do not show you this part of it: what is "
    "personal is shared only as far as is strictly necessary (1.3.3)."
)


def _purpose(user: User, case: Case) -> str:
    """What somebody looks at a case for: a code of the record of looks."""
    if reads_in_emergency(user, case):
        return EMERGENCY
    return "own_task" if case.tasks.waiting().of(user).exists() else "own_area"


def _said(view: View, access: str) -> View:
    """The view with its access rule written on it, for the test that walks every address."""
    vars(view)["access"] = access
    return view


def anyone(view: View) -> View:
    """A page for anybody, without an account."""
    return _said(view, "anyone")


def signed_in(view: View) -> View:
    """A page for everybody who has an account."""

    @login_required
    @wraps(view)
    def page(request: Any, **given: Any) -> HttpResponse:
        return view(request, **given)

    return _said(page, "signed in")


def post_holders(*roles: Role) -> Callable[[View], View]:
    """A page for those who hold one of these posts: to others it does not exist."""

    def gate(view: View) -> View:
        @login_required
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
        @login_required
        @wraps(view)
        def page(request: Any, reference: str, **given: Any) -> HttpResponse:
            case = Case.objects.found(reference, by=request.user)
            if case is None:
                raise Http404
            if not sees_part(request.user, case, ENOUGH.get(part, part)):
                raise PermissionDenied(NOT_THIS_PART)
            purpose = _purpose(request.user, case)
            if purpose == EMERGENCY and request.method not in SAFE:
                raise PermissionDenied(f"{ONLY_READ} (1.3.3).")
            look(by=request.user, at=now(), case_id=case.pk, part=part.value, purpose=purpose)
            answer = view(request, case, **given)
            if purpose == EMERGENCY and not answer["Content-Type"].startswith("text/html"):
                raise PermissionDenied(f"{NO_FILE} (1.3.3).")
            return answer

        return _said(page, f"case: {part.value}")

    return gate
