"""A new key: what older ones sealed is sealed again under the first, row by row.

Every sealed column is named once, by the room that has it. What is sealed with a browser's
secret too cannot be opened here: its key stays until the last such draft has expired, as the
key of a keyed digest stays until the last receipt has.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.migrations import RunSQL
from django.db.models.lookups import Exact

from waymark.database.actor import Duty
from waymark.database.guard import DUTY, also, become, granted
from waymark.database.record import Record
from waymark.database.sealing import HEADER, Damaged, KeyIsMissing, header_of, place, reseal

ROTATION = Duty("rotate_keys")
AT_ONCE = 100

Told = Callable[[Record], None]


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values: `model` as in "referrals.Referrer", and its `purpose`.

    Its values are bound to `place(table, column, id)`.
    """

    model: str
    column: str
    purpose: str


SEALED: set[SealedColumn] = set()


def is_sealed(model: str, column: str, purpose: str) -> None:
    """Say of a column that rotation must re-seal it: beside the model, when it is loaded."""
    SEALED.add(SealedColumn(model, column, purpose))


def rotated(table: str, column: str) -> list[RunSQL]:
    """Migration steps: the rotation, run by the worker, may see and re-seal this column."""
    it_is = f"{DUTY} = '{ROTATION.name}'"
    return [
        granted(table, f"UPDATE ({column})", to="waymark_worker"),
        also(table, f"find_{column}", f"FOR SELECT TO waymark_worker USING ({it_is})"),
        also(table, f"rotate_{column}", f"FOR UPDATE TO waymark_worker USING ({it_is})"),
    ]


def rotate(told: Told) -> int:
    """Re-seal all that is not under the first key; how many values were.

    `told` is called with each row that changed, to record it. Ended midway, it goes on where
    it stopped: done is what begins with the first key's id. Run it as the worker. Raises
    `KeyIsMissing` or `Damaged`, with the place, for a value that does not open; the hundreds
    before it are done.
    """
    columns = sorted(SEALED, key=lambda sealed: (sealed.model, sealed.column))
    return sum(_rotate(column, told) for column in columns)


def _rotate(sealed: SealedColumn, told: Told) -> int:
    done = 0
    while count := _rotate_some(sealed, told):
        done += count
    return done


@transaction.atomic
def _rotate_some(sealed: SealedColumn, told: Told) -> int:
    become(ROTATION)
    rows = list(_still_to_do(sealed))
    for row in rows:
        setattr(row, sealed.column, _again(sealed, row))
        row.save(update_fields=[sealed.column])
        told(row)
    return len(rows)


def _again(sealed: SealedColumn, row: Record) -> bytes:
    bound_to = place(row._meta.db_table, sealed.column, row.pk)
    try:
        return reseal(sealed.purpose, getattr(row, sealed.column), bound_to=bound_to)
    except (Damaged, KeyIsMissing) as problem:
        raise type(problem)(f"{problem}: {bound_to}") from None


def _still_to_do(sealed: SealedColumn) -> "models.QuerySet[Record]":
    model: type[Record] = apps.get_model(sealed.model)
    beginning = models.Func(
        models.F(sealed.column), 1, HEADER, function="substr", output_field=models.BinaryField()
    )
    mine = header_of(settings.WAYMARK_KEYS[0])
    # an empty value seals nothing: what was erased stays so
    rows: models.QuerySet[Record] = model._default_manager.exclude(**{sealed.column: b""})
    newest = Exact(beginning, models.Value(mine, models.BinaryField()))
    return rows.exclude(newest).select_for_update().order_by("pk")[:AT_ONCE]
