"""What the command that verifies prints, and how it ends."""

import pytest
from django.conf import settings

from tests.audit.chains import as_owner, connected
from waymark.audit import verify

pytestmark = pytest.mark.usefixtures("audited")

SEAL = "it was not sealed by the product"
COLUMNS = "its columns are not what its text says"


@pytest.mark.requirement("S55")
def test_the_command_prints_the_first_break_of_each_kind_and_ends_with_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    as_owner("UPDATE audit_event SET kind = 'x' WHERE chain = 41 AND number > 2")
    assert run() == 1
    assert capsys.readouterr().out == f"chain 41, event 3: {COLUMNS} (and 1 more)\n"


@pytest.mark.requirement("S55")
def test_the_command_says_that_all_fits_and_ends_with_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run() == 0
    assert capsys.readouterr().out.startswith("All 7 events fit")


def test_the_command_says_in_one_line_that_it_cannot_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert verify.main("host=/nowhere dbname=none", b"") == 1
    assert capsys.readouterr().out == "The audit could not be read: no connection\n"


def test_another_key_verifies_nothing() -> None:
    with connected("waymark_verifier") as reader, reader.transaction():
        found, _ = verify.verify(reader, b"another key")
    assert found.times[SEAL] == 7


def run() -> int:
    with connected("waymark_verifier") as reader:
        dsn, password = reader.info.dsn, reader.info.password
    return verify.main(f"{dsn} password='{password}'", settings.WAYMARK_AUDIT_KEY)
