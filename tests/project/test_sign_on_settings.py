"""The file of providers of sign-ins: read whole, or the start ends with one sentence."""

from pathlib import Path

import pytest

from waymark.project import sign_on
from waymark.project.keyfiles import write_private
from waymark.project.reading import Reading
from waymark.project.sentence import Wrong

NAME = sign_on.NAME
ISSUER = 'issuer = "https://id.example/tenant/v2.0"'
SECRET = 'client_secret = "hush-hush"'
WHOLE = f"""
[essex]
name = "Essex County Council"
{ISSUER}
client_id = "waymark"
{SECRET}
"""


def read(folder: Path, text: str, mode: int = 0o600) -> Reading:
    file = folder / "sign-on.toml"
    write_private(file, text)
    file.chmod(mode)
    return Reading({NAME: str(file)}, frozenset({NAME}))


@pytest.mark.requirement("S1")
def test_providers_are_read_whole(tmp_path: Path) -> None:
    write_private(tmp_path / "secret", "of-a-file\n")
    text = f"""{WHOLE}
    scopes = ["profile"]
    two_factors_acr = ["urn:two"]
    two_factors_amr = ["mfa", "pwd+otp"]
    passes_through = ["https://adfs.example"]
    [here]
    name = "Here"
    issuer = "http://127.0.0.1:9000"
    client_id = "id"
    client_secret_file = "{tmp_path / "secret"}"
    """
    essex, here = sign_on.providers(read(tmp_path, text))
    assert essex.origins == ("https://id.example", "https://adfs.example")
    assert essex.proves_two("urn:two", None) and essex.proves_two(None, ["otp", "pwd"])
    assert not essex.proves_two(None, ["otp"]) and not essex.proves_two(None, None)
    assert (here.code, here.client_secret) == ("here", "of-a-file")
    assert "hush" not in repr(essex)
    assert sign_on.providers(Reading({}, frozenset({NAME}))) == ()


WRONG = [
    ("", "a table for each provider"),
    ("essex = 'hush'", "a table for each provider"),
    ("[Essex hush", "a table for each provider"),
    (WHOLE.replace("[essex]", "[Hush]"), "small letters"),
    (WHOLE.replace(SECRET, ""), "one of client_secret and client_secret_file"),
    (WHOLE + 'client_secret_file = "/hush"', "one of client_secret and client_secret_file"),
    (WHOLE.replace(SECRET, 'client_secret_file = "/nowhere/hush"'), "absolute path"),
    (WHOLE.replace(SECRET, 'client_secret = "hush hush"'), "each client secret is"),
    (WHOLE.replace(SECRET, "client_secret = 7"), "each client secret is"),
    (WHOLE + 'tenant = "hush"', "none but"),
    (WHOLE.replace('"Essex County Council"', '""'), "1 to 60 characters"),
    (WHOLE.replace("https://id.example", "http://hush.example"), "each issuer is https://"),
    (WHOLE.replace("/v2.0", "/v2.0?hush=1"), "each issuer is https://"),
    (WHOLE + 'two_factors_amr = "hush"', "two_factors_amr is a list"),
    (WHOLE + 'passes_through = ["https://hush.example/path"]', "passes_through lists"),
    (WHOLE + "passes_through = [\"https://hush.example;script-src\"]", "passes_through lists"),
    (WHOLE + WHOLE.replace("[essex]", "[hush]"), "the same issuer"),
]  # fmt: skip


@pytest.mark.requirement("S1")
@pytest.mark.parametrize(("text", "expects"), WRONG)
def test_what_is_wrong_is_said_without_its_value(tmp_path: Path, text: str, expects: str) -> None:
    with pytest.raises(Wrong) as refused:
        sign_on.providers(read(tmp_path, text))
    said = str(refused.value)
    assert said.startswith(f"{NAME} is wrong: it must be ") and expects in said, said
    assert "hush" not in said and "Hush" not in said


@pytest.mark.requirement("S1", "S2")
def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="only its owner can read"):
        sign_on.providers(read(tmp_path, WHOLE, 0o644))
