"""What lies in the store: sealed, named by chance, bound to its place, and closed to others."""

import stat
from pathlib import Path

import pytest

from waymark.files import boxes
from waymark.files.boxes import DoesNotOpen
from waymark.files.store import Missing, new_name, store


@pytest.mark.requirement("S44")
def test_a_box_opens_with_the_private_key_alone() -> None:
    mine, other = boxes.derived(b"a" * 32), boxes.derived(b"b" * 32)
    box = boxes.close(boxes.public_of(mine), b"words", bound_to="here")
    assert boxes.open_box((other, mine), box, bound_to="here") == b"words"
    for keys, what, where in (
        ((other,), box, "here"),
        ((), box, "here"),
        ((mine,), box, "there"),
        ((boxes.public_of(mine),), box, "here"),
        ((mine,), box[:-1] + bytes([box[-1] ^ 1]), "here"),
        ((mine,), box[:20], "here"),
        ((mine,), b"\x02" + box[1:], "here"),
    ):
        with pytest.raises(DoesNotOpen):
            boxes.open_box(keys, what, bound_to=where)
    assert boxes.close(boxes.public_of(mine), b"words", bound_to="here") != box


@pytest.mark.requirement("S48")
def test_a_store_is_closed_to_others_and_keeps_whole_things(kept: Path) -> None:
    name = new_name()
    store().put(f"{name}-held", b"sealed")
    store().put(f"{name}-held", b"again")
    assert store().open(f"{name}-held") == b"again"
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{name}-held"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert (
        stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(files[0].parent.stat().st_mode) == 0o700
    )
    store().delete(f"{name}-held")
    with pytest.raises(Missing):
        store().open(f"{name}-held")


@pytest.mark.parametrize("name", ["../x", "a/b", "", "a" * 63, f"{'a' * 64}-../x"])
def test_only_names_of_ours_lead_into_the_store(kept: Path, name: str) -> None:
    with pytest.raises(ValueError, match="made by us"):
        store().put(name, b"x")
