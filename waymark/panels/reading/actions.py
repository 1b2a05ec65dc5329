"""One's own actions, read without the case."""

from waymark.cases.models import Task
from waymark.directory.models import User
from waymark.panels.models import Action


def found(key: int, *, by: User) -> Action | None:
    """An action that `by` owns, or None: then it does not exist for them."""
    return Action.objects.filter(owner=by, pk=key).first()


def given_at(action: Action, *, by: User) -> str:
    """At which meeting it was given, as its task says it."""
    task = Task.objects.filter(user=by, kind="panel_action", object_id=action.pk).first()
    return task.why if task else ""
