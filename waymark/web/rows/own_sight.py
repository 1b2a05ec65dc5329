"""Where one goes after writing down an age: by it another Prevent lead may lead the case."""

from django.urls import reverse

from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.web.access import AskedBy


def after(request: AskedBy, case: Case, back: str = "") -> str:
    """The page of the person, or `back`; home where another lead now leads the case."""
    if sees_part(request.user, case, Part.CASE):
        return back or reverse("case_person", args=[case.reference])
    return reverse("home")


def said_of(request: AskedBy, case: Case) -> str:
    """What was done; and to whom the case went, where the reader sees it no more."""
    if sees_part(request.user, case, Part.CASE):
        return "It is noted, with its source."
    return "It is noted. By the person’s age the other Prevent lead leads this case now."
