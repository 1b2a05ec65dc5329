"""Pages that do one thing: ask, call the use case, and say plainly when it refuses."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waymark.directory.permission import Changed, Refused
from waymark.ui.forms import Questions
from waymark.web.keeping import Keeping
from waymark.web.page import notice, show

Form = TypeVar("Form", bound=Questions)


def act_page(
    request: HttpRequest,
    form: Form,
    act: Callable[[Form], object],
    *,
    done: str | Callable[[Any], str],
    said: str | Callable[[Any], str] = "",
    template: str = "act.html",
    context: dict[str, Any] | None = None,
    keeping: Keeping | None = None,
) -> HttpResponse:
    """Ask with `form`; when it is answered rightly, `act` and go to the address `done`.

    Where the use case refuses, the page comes again with the reason and its clause on top and
    everything typed in its place. Where somebody was quicker, it says what changed, and the
    next sending is of what is shown now. `said`: the sentence on the next page,
    or what makes it of what `act` gave back.

    `keeping`: what is typed is kept until it is sent, at the page's own wish or the person's.

    Context of act.html: `title`, `button`, and where wanted `lead` (a sentence), `case` (then
    it stands in the case's frame), `back` (an address), `refusal` (the act is not possible
    now: its reason stands in place of the form), `danger`.
    """
    if keeping and (answer := keeping.answered()):
        return answer
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Changed as changed:
            form.add_error(None, f"{changed.what} Nothing that you typed is lost. Read what "
                           "changed, then send again or leave the page.")  # fmt: skip
            form.show_newest()
        else:
            if keeping:
                keeping.forget()
            if said:
                notice(request, said(result) if callable(said) else said)
            return redirect(done(result) if callable(done) else done)
    kept = keeping.told() if keeping else {}
    return show(request, template, {"form": form, **kept, **(context or {})})
