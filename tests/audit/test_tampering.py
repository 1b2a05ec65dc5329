"""What the owner of the database can do without the audit's key, and that it is found (S57)."""

from pathlib import Path

import pytest

from tests.audit.chains import as_owner, connected, verified, write

pytestmark = pytest.mark.usefixtures("audited")

GUIDE = Path(__file__).parents[2] / "docs" / "audit.md"
TEXT = "its text is not what was chained"
SEAL = "it was not sealed by the product"
COLUMNS = "its columns are not what its text says"
MISSING = "one or more events before it are missing"
PREVIOUS = "it does not follow the event before it"
LAST = "its last events are missing"
TWICE = "its number stands twice"
HEAD = "its head is not its last event"

# Everything that can be made without the key: the text's digest, each event's place after the
# one before, and the head.
RECHAIN = """
DO $$
DECLARE e record; before text; parts text[];
BEGIN
    FOR e IN SELECT * FROM audit_event ORDER BY chain, number LOOP
        IF e.number = 1 THEN before := repeat('0', 64); END IF;
        parts := string_to_array(e.text, E'\\n');
        parts[4] := before;
        before := encode(sha256(convert_to(array_to_string(parts, E'\\n'), 'UTF8')), 'hex');
        UPDATE audit_event SET text = array_to_string(parts, E'\\n'), digest = before
            WHERE id = e.id;
        UPDATE audit_head SET number = e.number, digest = before WHERE chain = e.chain;
    END LOOP;
END $$;
"""


def test_what_nobody_touched_verifies() -> None:
    assert verified().first == {}


@pytest.mark.requirement("S57")
@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("a fact", '"to":"panel"', '"to":"exited"'),
        ("its time", "\n20", "\n19"),
        ("its actor", "duty:test", "user:7"),
        ("its kind", "case.moved", "case.ended"),
        ("its version", "1\n41\n", "0\n41\n"),
    ],
)
def test_an_event_whose_text_was_changed_is_found(what: str, old: str, new: str) -> None:
    as_owner(
        f"UPDATE audit_event SET text = replace(text, E'{escaped(old)}', E'{escaped(new)}')"
        " WHERE chain = 41 AND number = 4"
    )
    found = verified()
    assert found.first[TEXT] == found.first[SEAL] == "chain 41, event 4", what


def escaped(words: str) -> str:
    return words.replace("\n", "\\n")


@pytest.mark.requirement("S57")
@pytest.mark.parametrize(
    "change",
    ["at = at - interval '1 day'", "actor = 'user:7'", "kind = 'case.ended'"],
)
def test_an_event_whose_columns_were_changed_is_found(change: str) -> None:
    as_owner(f"UPDATE audit_event SET {change} WHERE chain = 41 AND number = 2")
    assert verified().first == {COLUMNS: "chain 41, event 2"}


@pytest.mark.requirement("S57")
def test_a_middle_event_deleted_is_found() -> None:
    as_owner("DELETE FROM audit_event WHERE chain = 41 AND number = 2")
    assert verified().first[MISSING] == "chain 41, event 3"


@pytest.mark.requirement("S57")
def test_an_event_deleted_and_the_rest_renumbered_is_found() -> None:
    as_owner(
        "DELETE FROM audit_event WHERE chain = 41 AND number = 2;"
        "UPDATE audit_event SET number = number - 1,"
        " text = regexp_replace(text, E'^1\\n41\\n[0-9]+', E'1\\n41\\n' || (number - 1))"
        " WHERE chain = 41 AND number > 2;" + RECHAIN
    )
    found = verified()
    assert found.first[SEAL] == "chain 41, event 2"
    assert set(found.first) == {SEAL, "no event speaks of this row"}


def test_the_last_event_deleted_is_found_while_its_head_stands() -> None:
    as_owner("DELETE FROM audit_event WHERE chain = 41 AND number = 4")
    assert verified().first[LAST] == "chain 41, after event 3"


def test_a_chain_deleted_is_found_while_its_head_stands() -> None:
    as_owner("DELETE FROM audit_event WHERE chain = 42")
    assert verified().first[LAST] == "chain 42, after event 0"


@pytest.mark.requirement("S58")
def test_a_tail_cut_off_with_its_head_made_to_fit_is_not_found_and_the_guide_says_so() -> None:
    as_owner(
        "DELETE FROM audit_event WHERE chain = 41 AND number = 4;"
        "UPDATE audit_head SET number = 3, digest = (SELECT digest FROM audit_event"
        " WHERE chain = 41 AND number = 3) WHERE chain = 41"
    )
    assert verified().first == {}
    not_found = GUIDE.read_text().partition("## What it cannot find")[2].partition("## ")[0]
    assert "The end of a chain cut off, with its head made to fit" in not_found


@pytest.mark.requirement("S57")
def test_an_event_inserted_in_the_past_is_found() -> None:
    as_owner(
        "UPDATE audit_event SET number = number + 1 WHERE chain = 41 AND number = 4;"
        "UPDATE audit_event SET number = number + 1 WHERE chain = 41 AND number = 3;"
        "INSERT INTO audit_event SELECT 99, chain, 3, kind, at, actor,"
        " regexp_replace(text, E'^1\\n41\\n2', E'1\\n41\\n3'), digest, seal"
        " FROM audit_event WHERE chain = 41 AND number = 2;"
        "UPDATE audit_event SET"
        " text = regexp_replace(text, E'^1\\n41\\n[0-9]+', E'1\\n41\\n' || number)"
        " WHERE chain = 41 AND number > 3;" + RECHAIN
    )
    assert verified().first == {SEAL: "chain 41, event 3"}


@pytest.mark.requirement("S57")
def test_two_events_swapped_are_found() -> None:
    as_owner(
        "UPDATE audit_event SET number = 99 WHERE chain = 41 AND number = 2;"
        "UPDATE audit_event SET number = 2 WHERE chain = 41 AND number = 3;"
        "UPDATE audit_event SET number = 3 WHERE chain = 41 AND number = 99"
    )
    assert verified().first[COLUMNS] == "chain 41, event 2"


@pytest.mark.requirement("S57")
def test_an_event_moved_to_another_case_is_found() -> None:
    as_owner("UPDATE audit_event SET chain = 42, number = 3 WHERE chain = 41 AND number = 4")
    assert verified().first[COLUMNS] == "chain 42, event 3"


@pytest.mark.requirement("S57")
def test_an_event_duplicated_is_found() -> None:
    as_owner(
        "INSERT INTO audit_event SELECT 99, chain, 5, kind, at, actor, text, digest, seal"
        " FROM audit_event WHERE chain = 41 AND number = 4;"
        "UPDATE audit_head SET number = 5 WHERE chain = 41"
    )
    assert verified().first[COLUMNS] == "chain 41, event 5"


@pytest.mark.requirement("S57")
def test_an_event_that_stands_twice_under_its_number_is_found() -> None:
    """The owner can drop the constraint too."""
    with connected("waymark_owner") as owner:
        owner.execute("ALTER TABLE audit_event DROP CONSTRAINT one_event_of_that_number")
    as_owner(
        "INSERT INTO audit_event SELECT 99, chain, number, kind, at, actor, text, digest, seal"
        " FROM audit_event WHERE chain = 41 AND number = 4"
    )
    found = verified()
    as_owner("DELETE FROM audit_event WHERE id = 99")
    with connected("waymark_owner") as owner:
        owner.execute(
            "ALTER TABLE audit_event ADD CONSTRAINT one_event_of_that_number UNIQUE (chain, number)"
        )
    assert found.first[TWICE] == "chain 41, event 4"


@pytest.mark.requirement("S57")
def test_a_chain_recomputed_from_a_change_on_is_found() -> None:
    as_owner(
        "UPDATE audit_event SET text = replace(text, 'panel', 'exited') WHERE chain = 41;" + RECHAIN
    )
    assert verified().first == {SEAL: "chain 41, event 4"}


@pytest.mark.requirement("S57")
def test_a_perfect_event_appended_without_the_key_is_found() -> None:
    as_owner(
        "INSERT INTO audit_event SELECT 99, chain, 5, kind, at, actor,"
        " replace(text, E'1\\n41\\n4', E'1\\n41\\n5'), digest, seal"
        " FROM audit_event WHERE chain = 41 AND number = 4;" + RECHAIN
    )
    assert verified().first == {SEAL: "chain 41, event 5"}


@pytest.mark.requirement("S57")
def test_a_table_rebuilt_less_one_row_is_found() -> None:
    with connected("waymark_owner") as owner:
        owner.execute(
            "ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY;"
            "ALTER TABLE audit_event RENAME TO audit_kept;"
            "CREATE TABLE audit_event AS SELECT * FROM audit_kept"
            " WHERE chain <> 41 OR number <> 1;"
            "GRANT SELECT ON audit_event TO waymark_verifier"
        )
    found = verified()
    with connected("waymark_owner") as owner:
        owner.execute(
            "DROP TABLE audit_event; ALTER TABLE audit_kept RENAME TO audit_event;"
            "ALTER TABLE audit_event FORCE ROW LEVEL SECURITY"
        )
    assert found.first[MISSING] == "chain 41, event 2"


@pytest.mark.requirement("S57")
def test_a_label_of_another_version_is_found_even_where_the_chain_was_recomputed() -> None:
    as_owner(
        "UPDATE audit_event SET text = regexp_replace(text, '^1', '2') WHERE chain = 41"
        " AND number = 3;" + RECHAIN
    )
    found = verified()
    assert found.first["its version is not known"] == "chain 41, event 3"


@pytest.mark.requirement("S57")
@pytest.mark.parametrize(
    "change",
    [
        "words = 'other'",
        "on_date = '2026-02-28'",
        "salt = decode(repeat('00', 16), 'hex')",
        "said = '{\"a\": 1}'",
    ],
)
def test_a_state_row_altered_is_found(change: str) -> None:
    with connected("waymark_owner") as owner:
        owner.execute(f"UPDATE tests_note SET {change} WHERE words = 'second'")
    assert set(verified().first) == {"it is not as its last event says"}


@pytest.mark.requirement("S57")
def test_a_state_row_put_back_as_an_earlier_event_says_is_found() -> None:
    with connected("waymark_owner") as owner:
        owner.execute("UPDATE tests_note SET words = 'first' WHERE words = 'first, changed'")
    assert set(verified().first) == {"it is not as its last event says"}


@pytest.mark.requirement("S57")
def test_a_state_row_without_an_event_is_found() -> None:
    with connected("waymark_owner") as owner:
        owner.execute("INSERT INTO tests_note (id, salt, words) VALUES (77, '\\x00', 'mine')")
    assert verified().first == {"no event speaks of this row": "table tests_note, row 77"}


@pytest.mark.requirement("S57")
def test_an_event_whose_row_is_gone_is_found() -> None:
    note = write(41, "soon gone")
    with connected("waymark_owner") as owner:
        owner.execute("DELETE FROM tests_note WHERE words = 'soon gone'")
    assert verified().first == {
        "it is gone, and no event says why": f"table tests_note, row {note.pk}"
    }
