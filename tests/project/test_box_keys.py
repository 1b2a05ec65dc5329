"""Who is given what opens quarantine: the job worker, and nobody else (S44)."""

import base64
import secrets
from pathlib import Path

import pytest

from waymark.files import boxes
from waymark.project import configuration
from waymark.project.command import main
from waymark.project.configuration import Configuration
from waymark.project.keyfiles import new_box_keys, new_key
from waymark.project.sentence import Wrong

Settings = dict[str, str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return {
        "WAYMARK_MODE": "demonstration", "WAYMARK_DATABASE_URL": "postgresql:///waymark?host=/s",
        "WAYMARK_BASE_URL": "http://localhost", "WAYMARK_HOSTS": "localhost",
        "WAYMARK_PARTNERSHIP": "A partnership", "WAYMARK_VAR": str(tmp_path),
        "WAYMARK_KEYS": new_key(), "WAYMARK_AUDIT_KEY": new_key(),
        "WAYMARK_CHECKPOINT_KEY": new_key(),
        "WAYMARK_SIGNING_KEY": secrets.token_urlsafe(48), "WAYMARK_MAIL_FOLDER": str(tmp_path),
    }  # fmt: skip


def of(settings: Settings, role: str, **more: str) -> Configuration:
    return configuration.read(settings | {"WAYMARK_ROLE": role} | more)


def opens(worker: Configuration, web: Configuration) -> bool:
    box = boxes.close(web.boxes.public, b"words", bound_to="here")
    return boxes.open_box(worker.boxes.private, box, bound_to="here") == b"words"


@pytest.mark.requirement("S44")
def test_both_halves_follow_from_the_servers_keys_and_the_web_server_is_given_one(
    settings: Settings,
) -> None:
    web, worker = of(settings, "app"), of(settings, "worker")
    assert web.boxes.private == of(settings, "owner").boxes.private == ()
    assert opens(worker, web) and "private" not in repr(worker)
    newer = settings | {"WAYMARK_KEYS": f"{new_key()},{settings['WAYMARK_KEYS']}"}
    assert opens(of(newer, "worker"), web) and opens(of(newer, "worker"), of(newer, "app"))


@pytest.mark.requirement("S44")
def test_with_keys_of_its_own_nothing_that_the_web_server_holds_opens_quarantine(
    settings: Settings,
) -> None:
    private, public = new_box_keys()
    web = of(settings, "app", WAYMARK_QUARANTINE_PUBLIC_KEY=public)
    worker = of(settings, "worker", WAYMARK_QUARANTINE_KEY=private)
    assert opens(worker, web) and worker.boxes.public == web.boxes.public
    box = boxes.close(web.boxes.public, b"words", bound_to="here")
    held = tuple(boxes.derived(key) for key in web.keys)
    with pytest.raises(boxes.DoesNotOpen):
        boxes.open_box(held, box, bound_to="here")
    with pytest.raises(Wrong, match="WAYMARK_QUARANTINE_KEY is wrong.*the job worker alone"):
        of(settings, "app", WAYMARK_QUARANTINE_KEY=private)


@pytest.mark.parametrize("value", ["http://x", "unix://", "unix://host/s", "tcp://host", "clamd"])
def test_a_wrong_address_of_the_scanner_is_told(settings: Settings, value: str) -> None:
    with pytest.raises(Wrong, match="WAYMARK_CLAMD is wrong"):
        of(settings, "worker", WAYMARK_CLAMD=value)
    assert of(settings, "worker").clamd is None
    assert of(settings, "worker", WAYMARK_CLAMD="tcp://scan.example:3310").clamd


def test_a_pair_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "quarantine"]) == 0
    said = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    private = base64.b64decode(said["WAYMARK_QUARANTINE_KEY"])
    assert boxes.public_of(private) == base64.b64decode(said["WAYMARK_QUARANTINE_PUBLIC_KEY"])
