"""What is sealed opens for its purpose, in its place and under its keys, or not at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from waymark.database import sealing
from waymark.database.sealing import (
    Damaged,
    KeyIsMissing,
    keyed_digest,
    keyed_digests,
    open_sealed,
    open_with,
    place,
    reseal,
    seal,
    seal_with,
)

OLD, NEW = b"o" * 32, b"n" * 32
HERE = place("referrals_referrer", "sealed", 7)
WORDS = "Zoë, 020 7946 0000".encode()


@pytest.fixture(autouse=True)
def keys(settings: Any) -> None:
    settings.WAYMARK_KEYS = [OLD]


@pytest.mark.requirement("S59")
def test_sealed_words_open_again_and_show_nothing() -> None:
    sealed = seal("referrer", WORDS, bound_to=HERE)
    assert WORDS not in sealed
    assert open_sealed("referrer", sealed, bound_to=HERE) == WORDS
    assert open_sealed("referrer", memoryview(sealed), bound_to=HERE) == WORDS  # type: ignore[arg-type]


@given(some.binary())
def test_whatever_is_sealed_opens_to_the_same(words: bytes) -> None:
    assert open_sealed("referrer", seal("referrer", words, bound_to=HERE), bound_to=HERE) == words


@pytest.mark.requirement("S59")
def test_the_same_words_are_sealed_differently_each_time() -> None:
    nonces = {seal("referrer", WORDS, bound_to=HERE)[9:21] for _ in range(50)}
    assert len(nonces) == 50


@pytest.mark.requirement("S59")
@pytest.mark.parametrize("byte", [9, 20, 21, -1])
def test_a_changed_byte_is_damage(byte: int) -> None:
    sealed = bytearray(seal("referrer", WORDS, bound_to=HERE))
    sealed[byte] ^= 1
    with pytest.raises(Damaged):
        open_sealed("referrer", bytes(sealed), bound_to=HERE)


@pytest.mark.requirement("S59")
@pytest.mark.parametrize(
    "there",
    [
        place("referrals_referrer", "sealed", 8),
        place("referrals_referrer", "other", 7),
        place("people_address", "sealed", 7),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(there: str) -> None:
    with pytest.raises(Damaged):
        open_sealed("referrer", seal("referrer", WORDS, bound_to=HERE), bound_to=there)


@pytest.mark.requirement("S7")
def test_each_purpose_has_a_key_of_its_own() -> None:
    with pytest.raises(Damaged):
        open_sealed("drafts", seal("referrer", WORDS, bound_to=HERE), bound_to=HERE)
    assert keyed_digest("receipt", "code") != keyed_digest("draft", "code")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + b"x" * 60])
def test_what_was_never_sealed_is_damage(sealed: bytes) -> None:
    with pytest.raises(Damaged):
        open_sealed("referrer", sealed, bound_to=HERE)


@pytest.mark.requirement("S60")
def test_a_new_key_seals_and_the_old_one_still_opens(settings: Any) -> None:
    before = seal("referrer", WORDS, bound_to=HERE)
    settings.WAYMARK_KEYS = [NEW, OLD]
    after = seal("referrer", WORDS, bound_to=HERE)
    assert open_sealed("referrer", before, bound_to=HERE) == WORDS
    assert after.startswith(sealing.header_of(NEW)) and before.startswith(sealing.header_of(OLD))
    again = reseal("referrer", before, bound_to=HERE)
    assert reseal("referrer", again, bound_to=HERE) == again
    settings.WAYMARK_KEYS = [NEW]
    assert open_sealed("referrer", again, bound_to=HERE) == WORDS


@pytest.mark.requirement("S60")
def test_a_lost_key_is_named_and_never_gives_blanks(settings: Any) -> None:
    sealed = seal("referrer", WORDS, bound_to=HERE)
    settings.WAYMARK_KEYS = [NEW]
    with pytest.raises(KeyIsMissing, match="WAYMARK_KEYS"):
        open_sealed("referrer", sealed, bound_to=HERE)


@pytest.mark.requirement("S35")
def test_a_draft_needs_the_servers_key_and_the_browsers_secret(settings: Any) -> None:
    sealed = seal_with("drafts", "secret", WORDS, bound_to=HERE)
    assert open_with("drafts", "secret", sealed, bound_to=HERE) == WORDS
    with pytest.raises(Damaged):
        open_with("drafts", "another", sealed, bound_to=HERE)
    with pytest.raises(Damaged):
        open_sealed("drafts", sealed, bound_to=HERE)
    settings.WAYMARK_KEYS = [NEW]
    with pytest.raises(KeyIsMissing):
        open_with("drafts", "secret", sealed, bound_to=HERE)


def test_an_empty_second_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        seal_with("drafts", "", WORDS, bound_to=HERE)


@pytest.mark.requirement("S38")
def test_a_digest_of_a_code_needs_the_key_and_survives_its_rotation(settings: Any) -> None:
    made = keyed_digest("receipt", "0123-4567")
    assert len(made) == 64 and keyed_digest("receipt", "0123-4567") == made
    settings.WAYMARK_KEYS = [NEW, OLD]
    assert keyed_digest("receipt", "0123-4567") != made
    assert keyed_digests("receipt", "0123-4567")[1] == made


def test_an_error_never_quotes_what_was_sealed() -> None:
    with pytest.raises(Damaged) as problem:
        open_sealed("referrer", WORDS * 4, bound_to=HERE)
    assert "Zoë" not in str(problem.value) and "7946" not in str(problem.value)
