"""Pages of an area's panel: for those whose post has a part in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from waymark.directory.models import areas_by_code
from waymark.panels.reading import meetings as reading
from waymark.web.access import asked_in

ON_PANELS = tuple(sorted({*reading.MEMBERS, *reading.SEES_ALL}))
View = Callable[..., HttpResponse]


def of_panel(view: View) -> View:
    """A page of the panel of `area`: to others it does not exist."""

    @asked_in
    @wraps(view)
    def page(request: Any, area: str, **given: Any) -> HttpResponse:
        where = areas_by_code().get(area)
        if where is None or where.pk not in request.user.areas_of(frozenset(ON_PANELS)):
            raise Http404
        return view(request, where, **given)

    vars(page)["access"] = "panel: posts of the area"
    return page
