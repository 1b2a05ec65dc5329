"""Why a file was refused: told to whoever added it, who may see the case no more."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.cases.written import unchecked
from waymark.web.access import AskedBy, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: AskedBy, key: int) -> HttpResponse:
    """The sentence, and a button that says that it was read. To others there is nothing here."""
    task = unchecked.refusal_told(key, to=request.user)
    if task is None:
        raise Http404
    return act_page(
        request, PlainForm(sent(request)),
        lambda _: unchecked.read_refusal(task, by=request.user),
        done="/",
        said="It waits for you no more.",
        context={
            "title": "A file was refused",
            "button": "I have read this",
            "lead": f"{task.why} What you wrote beside it is kept. Nobody can open the file.",
            "back": "/",
        },
    )  # fmt: skip
