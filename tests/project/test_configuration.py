import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from waymark.project import configuration
from waymark.project.configuration import Mode, Role
from waymark.project.keyfiles import new_key
from waymark.project.sentence import Wrong

pytestmark = pytest.mark.slow

Settings = dict[str, str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return {
        "WAYMARK_MODE": "demonstration",
        "WAYMARK_DATABASE_URL": "postgresql://db.example:5433/waymark",
        "WAYMARK_BASE_URL": "http://localhost:8000",
        "WAYMARK_HOSTS": "localhost, 127.0.0.1",
        "WAYMARK_PARTNERSHIP": "A partnership",
        "WAYMARK_VAR": str(tmp_path),
        "WAYMARK_KEYS": f"{new_key()},{new_key()}",
        "WAYMARK_AUDIT_KEY": new_key(),
        "WAYMARK_CHECKPOINT_KEY": new_key(),
        "WAYMARK_SIGNING_KEY": secrets.token_urlsafe(48),
        "WAYMARK_MAIL_FOLDER": str(tmp_path),
    }


def refusal(settings: Settings) -> str:
    with pytest.raises(Wrong) as refused:
        configuration.read(settings)
    return str(refused.value)


@pytest.mark.requirement("S1")
def test_right_settings_are_read_and_typed(settings: Settings) -> None:
    made = configuration.read(settings | {"HOME": "/nowhere", "PORT": "1"})
    assert (made.mode, made.role) == (Mode.DEMONSTRATION, Role.APP)
    assert made.hosts == ("localhost", "127.0.0.1")
    assert [len(key) for key in made.keys] == [32, 32]
    assert made.database_role == "waymark_app"


@pytest.mark.requirement("S1")
@pytest.mark.parametrize(
    "name",
    [
        "MODE",
        "DATABASE_URL",
        "BASE_URL",
        "HOSTS",
        "PARTNERSHIP",
        "KEYS",
        "AUDIT_KEY",
        "SIGNING_KEY",
    ],
)
def test_missing_setting_is_named(settings: Settings, name: str) -> None:
    del settings[f"WAYMARK_{name}"]
    assert refusal(settings).startswith(f"WAYMARK_{name} is missing: it must be ")


@pytest.mark.requirement("S1")
def test_unknown_name_is_refused(settings: Settings) -> None:
    settings["WAYMARK_DATABSE_URL"] = "hush"
    assert refusal(settings).startswith("WAYMARK_DATABSE_URL is not a setting: a name must be")


WRONG = [
    ("MODE", "rael"),
    ("ROLE", "superuser"),
    ("DATABASE_URL", "mysql://host/waymark"),
    ("DATABASE_URL", "postgresql://host:port/waymark"),
    ("DATABASE_URL", "postgresql://host/"),
    ("BASE_URL", "localhost:8000"),
    ("BASE_URL", "https://waymark.example/path"),
    ("KEYS", "hushhush"),
    ("KEYS", "aHVzaA=="),
    ("KEYS", "/nowhere/hush"),
    ("SIGNING_KEY", "hush" * 30),
    ("SMTP", "mail.example"),
    ("MAIL_FOLDER", "/nowhere/hush"),
    ("POLICY", "/nowhere/hush.toml"),
    ("PASSWORDS", "/nowhere/hush"),
    ("DEMONSTRATION_OPEN", "true"),
    ("SECOND_FACTOR", "none"),
    ("PROXIES", "hush.example"),
    ("PROXIES", "*"),
    ("LIMITS", "none"),
    ("LIMIT_FAILURES", "21"),
    ("LIMIT_SEARCHES", "1001"),
    ("LIMIT_CODES", "-5"),
    ("LIMIT_DAY_MEGABYTES", "3e2"),
]


@pytest.mark.requirement("S1")
@pytest.mark.parametrize("name, value", WRONG)
def test_wrong_value_is_named_and_not_repeated(settings: Settings, name: str, value: str) -> None:
    said = refusal(settings | {f"WAYMARK_{name}": value})
    assert said.startswith(f"WAYMARK_{name} is wrong: it must be ")
    assert value not in said


@pytest.mark.requirement("S2")
def test_debug_is_refused(settings: Settings) -> None:
    assert "WAYMARK_DEBUG must not be on" in refusal(settings | {"WAYMARK_DEBUG": "yes"})


@pytest.mark.requirement("S2")
def test_short_signing_key_is_refused(settings: Settings) -> None:
    said = refusal(settings | {"WAYMARK_SIGNING_KEY": secrets.token_urlsafe(48)[:49]})
    assert "at least 50 random characters" in said


@pytest.mark.requirement("S2")
def test_signing_key_from_the_source_code_is_refused(settings: Settings) -> None:
    shown = "for tests: 0123456789 abcdefghij klmnopqrst uvwxyz in the source"
    assert "stands in the source code" in refusal(settings | {"WAYMARK_SIGNING_KEY": shown})


@pytest.mark.requirement("S2")
@pytest.mark.parametrize("hosts", ["", "*", "waymark.example,*", "*.example", ".example"])
def test_empty_or_open_host_list_is_refused(settings: Settings, hosts: str) -> None:
    assert refusal(settings | {"WAYMARK_HOSTS": hosts}).startswith("WAYMARK_HOSTS is ")


@pytest.mark.requirement("S2")
def test_plain_http_is_refused_off_this_machine(settings: Settings) -> None:
    far = {"WAYMARK_BASE_URL": "http://waymark.example", "WAYMARK_DEMONSTRATION_OPEN": "yes"}
    assert "https://" in refusal(settings | far)


@pytest.mark.requirement("S2")
@pytest.mark.parametrize("name", ["KEYS", "AUDIT_KEY", "SIGNING_KEY", "PASSWORDS"])
def test_secrets_that_others_can_read_are_refused(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(settings.get(f"WAYMARK_{name}", "waymark_app = a"))
    secret.chmod(0o600)
    settings[f"WAYMARK_{name}"] = str(secret)
    assert configuration.read(settings)
    secret.chmod(0o640)
    assert "only its owner can read" in refusal(settings)


@pytest.mark.requirement("S5")
def test_demonstration_stays_on_this_machine_unless_it_is_opened(settings: Settings) -> None:
    settings["WAYMARK_BASE_URL"] = "https://waymark.example"
    assert "WAYMARK_DEMONSTRATION_OPEN" in refusal(settings)
    assert configuration.read(settings | {"WAYMARK_DEMONSTRATION_OPEN": "yes"}).demonstration_open


@pytest.mark.requirement("S5")
def test_demonstration_sends_no_mail(settings: Settings) -> None:
    said = refusal(settings | {"WAYMARK_SMTP": "smtp://u:hush@mail.example"})
    assert said.startswith("WAYMARK_SMTP must not be set in a demonstration")
    real = settings | {"WAYMARK_SMTP": "smtp://u:hush@mail.example", "WAYMARK_MODE": "real"}
    assert configuration.read(real).smtp is not None


@pytest.mark.requirement("S7")
def test_equal_keys_are_refused(settings: Settings) -> None:
    settings["WAYMARK_AUDIT_KEY"] = settings["WAYMARK_KEYS"].split(",")[1]
    assert refusal(settings).endswith("must all differ.")


@pytest.mark.requirement("S6")
def test_secrets_are_not_in_what_the_configuration_prints(settings: Settings) -> None:
    settings["WAYMARK_DATABASE_URL"] = "postgresql://u:hush@db.example/waymark"
    printed = repr(configuration.read(settings))
    assert "hush" not in printed
    assert settings["WAYMARK_SIGNING_KEY"] not in printed


@pytest.mark.requirement("S13", "S2")
def test_only_a_demonstration_may_leave_the_second_factor(settings: Settings) -> None:
    assert configuration.read(settings).second_factor
    off = {"WAYMARK_SECOND_FACTOR": "off"}
    assert not configuration.read(settings | off).second_factor
    real = {"WAYMARK_MODE": "real", "WAYMARK_BASE_URL": "https://waymark.example"}
    said = refusal(settings | real | off)
    assert said == "WAYMARK_SECOND_FACTOR must be on where real people are entered."


@pytest.mark.requirement("S1", "S12", "S29", "S34", "S38", "S41", "S43")
def test_limits_are_as_required_unless_set(settings: Settings) -> None:
    usual = configuration.read(settings).limits
    assert (usual.codes, usual.code_seconds, usual.flood) == (10, 5, 20)
    assert (usual.failures, usual.sign_in_minutes) == (5, 15)
    assert (usual.searches, usual.cases, usual.day_megabytes) == (30, 20, 200)
    given = configuration.read(settings | {"WAYMARK_LIMIT_SEARCHES": "60"}).limits
    assert given == replace(usual, searches=60)


@pytest.mark.requirement("S1", "S3")
def test_only_a_demonstration_may_lift_the_limits(settings: Settings) -> None:
    off = {"WAYMARK_LIMITS": "off"}
    assert configuration.read(settings | off).limits.off
    real = {"WAYMARK_MODE": "real", "WAYMARK_BASE_URL": "https://waymark.example"}
    assert not configuration.read(settings | real).limits.off
    said = refusal(settings | real | off)
    assert said == "WAYMARK_LIMITS must be on where real people are entered."
