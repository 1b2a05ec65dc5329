"""Steps of a migration whose models Django renders once, after all, and not after each.

Rendering the whole register again at every table and constraint is most of what a new database
costs; what the steps do to the database is the same.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import (
    AddField,
    AlterField,
    FieldOperation,
    RemoveField,
)
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class Together(Operation):
    """A table is made with whatever later steps add to it: those have nothing left to do."""

    reversible = True

    def __init__(self, *steps: Operation):
        self.steps = steps

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return (type(self).__name__, self.steps, {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)  # rendered anew when somebody asks
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        for step in self._to_do():
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState, to_state: ProjectState,
    ) -> None:  # fmt: skip
        for step in reversed(list(self._to_do())):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(step.describe() for step in self.steps)

    def _to_do(self) -> Iterator[Operation]:
        made = {step.name.lower() for step in self.steps if isinstance(step, CreateModel)}
        for step in self.steps:
            if isinstance(step, CreateModel) or getattr(step, "model_name", None) not in made:
                yield step


def together(*steps: Operation) -> list[Operation]:
    """The operations of a migration, in as few groups as there can be.

    What alters a field that was added just before needs that rendered, and begins a group.
    """
    groups: list[list[Operation]] = [[]]
    added: set[tuple[str, str]] = set()
    for step in steps:
        if isinstance(step, AlterField | RemoveField) and _field(step) in added:
            groups.append([])
            added.clear()
        if isinstance(step, AddField):
            added.add(_field(step))
        groups[-1].append(step)
    return [Together(*group) for group in groups]


def _field(step: FieldOperation) -> tuple[str, str]:
    return step.model_name.lower(), step.name.lower()
