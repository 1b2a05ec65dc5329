"""What somebody types on a page is kept until it is sent: the page asks for it, or they do."""

from typing import Any, TypeVar

from django.forms.utils import ErrorDict
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from waymark.cases.written import unsent
from waymark.ui import typed_before
from waymark.ui.forms import Questions
from waymark.web.page import notice

Form = TypeVar("Form", bound=Questions)
KEEP, FORGET = "keep", "forget"
NOT_TYPED = ("csrfmiddlewaretoken", KEEP, FORGET)
BUTTON = {"text": "Keep it and go on later", "name": KEEP}
KEPT = "What you typed is kept for 30 days. It is not sent, and nobody else can see it."


class Keeping:
    """One form of one person on one case, by its `name`: sent now, or kept from earlier.

    A script sends the form every few seconds with `keep` in the address; without one, the
    button does. Nothing kept is part of the case.
    """

    def __init__(self, request: Any, case_id: int, name: str):
        self.request, self.case_id, self.name = request, case_id, name
        looking = request.method in ("GET", "HEAD")
        self.row = unsent.kept(case_id, name, by=request.user) if looking else None

    def form(self, make: Any, **given: Any) -> Any:
        """The form of `make`, with what was sent or kept; what was kept shows no errors yet."""
        if self.request.method == "POST":
            return make(self.request.POST, **given)
        if self.row is None or typed_before.waiting.get():  # what was posted last is the newer
            return make(None, **given)
        form = make(QueryDict(unsent.typed(self.row)), **given)
        form._errors, form.cleaned_data = ErrorDict(), {}
        return form

    def answered(self) -> HttpResponse | None:
        """The answer where the form is to be kept or thrown away; None where it is to be sent."""
        if self.request.method != "POST":
            return None
        if FORGET in self.request.POST:
            self.forget()
            return redirect(self.request.path)
        if KEEP in self.request.GET:
            self._keep()
            return HttpResponse(status=204)
        if KEEP in self.request.POST:
            self._keep()
            notice(self.request, KEPT)
            return redirect(self.request.path)
        return None

    def _keep(self) -> None:
        typed = self.request.POST.copy()
        for name in NOT_TYPED:
            typed.pop(name, None)
        unsent.keep(self.case_id, self.name, typed.urlencode(), by=self.request.user)

    def forget(self) -> None:
        unsent.forget(self.case_id, self.name, by=self.request.user)

    def told(self) -> dict[str, Any]:
        """What the page says of it."""
        since = self.row.at if self.row else None
        return {"autosave": f"?{KEEP}=1", "keep_buttons": [BUTTON], "kept_since": since}
