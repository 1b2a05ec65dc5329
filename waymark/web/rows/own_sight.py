"""Where one goes after writing down an age: by it another Prevent lead may lead the case."""

from django.urls import reverse

from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.web.access import AskedBy


def after(request: AskedBy, case: Case, back: str = "") -> str:
    """The page of the person, or `back`; home where another lead now leads the case."""
    if _still_sees(request.user, case):
        return back or reverse("case_person", args=[case.reference])
    return reverse("home")


def said_of(request: AskedBy, case: Case) -> str:
    """What was done; and to whom the case went, where the reader sees it no more."""
    if _still_sees(request.user, case):
        return "It is noted, with its source."
    return "It is noted. By the person’s age the other Prevent lead leads this case now."


def _still_sees(user: User, case: Case) -> bool:
    """By the case as it stands now: `case` was loaded before the act."""
    now = Case.objects.filter(pk=case.pk).select_related("area").first()
    return now is not None and sees_part(user, now, Part.CASE)
