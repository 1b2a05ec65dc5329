"""A provider that does not answer as it must signs nobody in; each fault is said in our words."""

import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.test import Client
from joserfc.jwk import ECKey, OctKey

from tests.accounts.conftest import Door, by_organisation, linked
from tests.accounts.issuer import CLIENT, Issuer, redirected, send
from tests.cast import Cast
from tests.web.police import plain
from waymark.accounts.sign_on import discovery, line
from waymark.project import start

pytestmark = pytest.mark.usefixtures("two_factors")
SILENT = "Essex County Council’s sign-in is not answering"
ELSEWHERE = "https://elsewhere.example"
Bend = Callable[[Issuer], object]


def says(**claims: Any) -> Bend:
    return lambda issuer: issuer.says.update(claims)


def places(**said: Any) -> Bend:
    return lambda issuer: issuer.places.update(said)


def answers(path: str, answer: Any) -> Bend:
    return lambda issuer: issuer.answers.update({path: answer})


def hangs(page: Any) -> None:
    time.sleep(1)


def drips(page: Any) -> None:
    """Now and then a little, so that no single wait is long."""
    page.send_response(200)
    page.send_header("Content-Length", "1000")
    page.end_headers()
    for _ in range(20):
        page.wfile.write(b" ")
        time.sleep(0.05)


def stalls(page: Any) -> None:
    """In the middle of its answer."""
    page.send_response(200)
    page.send_header("Content-Length", "1000")
    page.end_headers()
    page.wfile.write(b"{")
    time.sleep(1)


def breaks_off(page: Any) -> None:
    page.send_response(200)
    page.send_header("Content-Length", "1000")
    page.end_headers()
    page.wfile.write(b"{")


def breaks(page: Any) -> None:
    send(page, {"error": "server_error", "error_description": "row 7"}, status=500)


def is_huge(page: Any) -> None:
    send(page, {"filler": "x" * line.LARGEST})


def signs_with(name: str, **header: Any) -> Bend:
    def bend(issuer: Issuer) -> None:
        seal = getattr(issuer, name)
        issuer.signs = (lambda claims: seal(claims, **header)) if header else seal

    return bend


def has_another_key(issuer: Issuer) -> None:
    """Of the same name as the one that it publishes."""
    issuer.published = [ECKey.generate_key("P-256", {"kid": issuer.key.kid})]


def shares_a_secret(issuer: Issuer) -> None:
    """With its client, who finds it among its keys."""
    shared = OctKey.generate_key(256, {"kid": "shared"})
    issuer.published = [issuer.key, shared]
    issuer.signs = lambda claims: issuer.seals(claims, "HS256", key=shared)


NOW = int(time.time())
TOKENS: dict[str, Bend] = {
    "another issuer": says(iss=ELSEWHERE),
    "an issuer with a stroke more": lambda issuer: issuer.says.update(iss=issuer.address + "/"),
    "another audience": says(aud="somebody-else"),
    "no audience": says(aud=None),
    "several audiences, and nobody named": says(aud=[CLIENT, "somebody-else"]),
    "several audiences, and another named": says(aud=[CLIENT, "b"], azp="b"),
    "asked for by another": says(azp="somebody-else"),
    "another nonce": says(nonce="of-another-time"),
    "no nonce": says(nonce=None),
    "expired": says(exp=NOW - 120),
    "no end": says(exp=None),
    "issued in the future": says(iat=NOW + 3600),
    "issued long ago": says(iat=NOW - 3600),
    "no time of issue": says(iat=None),
    "for another access token": says(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "no subject": says(sub=None),
    "an empty subject": says(sub=""),
    "a subject that is no text": says(sub=["abc-123"]),
    "a subject of great length": says(sub="a" * 300),
    "no seal": signs_with("seals_with_nothing"),
    "sealed with the public key": signs_with("seals_with_its_public_key"),
    "sealed with a shared secret": shares_a_secret,
    "sealed by a key of another name": signs_with("seals", kid="three"),
    "sealed by another key": has_another_key,
    "means that are no list": says(amr="mfa"),
    "no token at all": lambda issuer: setattr(issuer, "signs", lambda claims: None),
    "a token that is none": lambda issuer: setattr(issuer, "signs", lambda claims: "a.b.c"),
}
ANSWERS: dict[str, Bend] = {
    "hangs at the token": answers("/token", hangs),
    "stalls": answers("/token", stalls),
    "breaks off": answers("/token", breaks_off),
    "drips": answers("/token", drips),
    "breaks at the token": answers("/token", breaks),
    "breaks at the keys": answers("/keys", breaks),
    "a huge answer": answers("/keys", is_huge),
    "sends elsewhere": answers("/token", redirected),
    "keys that are none": answers("/keys", lambda page: send(page, {"keys": "none"})),
    "no list of keys": answers("/keys", lambda page: send(page, [])),
    "no JSON": answers("/token", lambda page: page.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n<p>")),
}
SLOW = {"hangs at the token", "stalls", "drips"}
BEGINNINGS: dict[str, Bend] = {
    "hangs": answers(discovery.WHERE, hangs),
    "breaks": answers(discovery.WHERE, breaks),
    "is huge": answers(discovery.WHERE, is_huge),
    "sends elsewhere": answers(discovery.WHERE, redirected),
    "says another issuer": places(issuer=ELSEWHERE),
    "says no issuer": places(issuer=None),
    "an authorisation elsewhere": places(authorization_endpoint=f"{ELSEWHERE}/authorise"),
    "a token in clear": places(token_endpoint="http://elsewhere.example/token"),
    "keys in a file": places(jwks_uri="file:///etc/passwd"),
}


@pytest.fixture
def known(essex: Cast, issuer: Issuer) -> Door:
    """Somebody whom the provider would sign in, with two factors, if all were right."""
    return linked(Door(essex.coordinator), issuer)


@pytest.mark.requirement("S15", "F8")
@pytest.mark.parametrize("fault", [*TOKENS, *ANSWERS])
def test_nobody_is_signed_in_by_what_is_not_right(
    known: Door, issuer: Issuer, monkeypatch: pytest.MonkeyPatch, fault: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    assert by_organisation(known.client, issuer, amr=["mfa"])["Location"] == "/contacts"
    issuer.is_well()
    monkeypatch.setattr(line, "SECONDS", 0.4)
    (TOKENS | ANSWERS)[fault](issuer)
    browser = Client()
    answer = by_organisation(browser, issuer, amr=["mfa"])
    assert answer.status_code == 424 and SILENT in plain(answer), plain(answer)
    assert "try again" in plain(answer).casefold() and "If you have a passkey" in plain(answer)
    assert browser.get("/contacts").status_code == 302
    assert known.is_in()  # who was in stays so
    assert not [word for word in ("row 7", "abc-123", "rf@example") if word in answer.text]
    assert not [word for word in ("row 7", "abc-123", "rf@example") if word in caplog.text]
    why = "timeout" if fault in SLOW else ""
    assert f"sign-on by essex failed: {why}" in caplog.text


@pytest.mark.requirement("F8")
@pytest.mark.parametrize("fault", BEGINNINGS)
def test_nobody_is_led_to_a_provider_that_does_not_say_what_it_must(
    db: None, issuer: Issuer, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.4)
    BEGINNINGS[fault](issuer)
    answer = Client().post("/sign-in/with/essex")
    assert answer.status_code == 424 and SILENT in plain(answer)
    assert [one for one in start.sign_on_hindered() if "provider essex does not answer" in one]
    issuer.is_well()
    assert list(start.sign_on_hindered()) == []
    assert Client().post("/sign-in/with/essex").status_code == 302


@pytest.mark.requirement("F8")
def test_a_provider_gets_five_seconds_and_the_lines_to_it_are_few(
    db: None, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert line.SECONDS == 5 and line.AT_ONCE == 2
    held = [line._lines["essex"].acquire(timeout=2) for _ in range(2)]
    monkeypatch.setattr(line, "WAIT", 0.05)
    try:
        assert all(held) and SILENT in plain(Client().post("/sign-in/with/essex"))
    finally:
        for _ in held:
            line._lines["essex"].release()


@pytest.mark.requirement("F8")
def test_nobody_waits_for_a_provider_that_has_just_hung(
    db: None, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.2)
    issuer.answers[discovery.WHERE] = hangs
    assert SILENT in plain(Client().post("/sign-in/with/essex"))
    issuer.asked.clear()
    assert SILENT in plain(Client().post("/sign-in/with/essex"))
    assert issuer.asked == []
    issuer.is_well()  # and the moment is over
    assert Client().post("/sign-in/with/essex").status_code == 302


@pytest.mark.requirement("F8")
def test_nothing_listens_where_the_provider_was(db: None, issuer: Issuer, settings: Any) -> None:
    gone = Issuer()
    settings.WAYMARK_SIGN_ON = (gone.provider(),)
    gone.ends()
    assert SILENT in plain(Client().post("/sign-in/with/essex"))
    assert Client().get("/sign-in").status_code == 200  # asks nobody


@pytest.mark.requirement("F8", "S15")
def test_whose_certificate_nobody_vouches_for_is_not_spoken_to(
    db: None, tmp_path: Path, settings: Any
) -> None:
    posing = Issuer(certified_by_itself(tmp_path))
    settings.WAYMARK_SIGN_ON = (posing.provider(),)
    try:
        assert SILENT in plain(Client().post("/sign-in/with/essex")) and posing.asked == []
        assert next(start.sign_on_hindered()).endswith("does not answer (unreachable).")
    finally:
        posing.ends()


def certified_by_itself(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    day = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(day - timedelta(days=1)).not_valid_after(day + timedelta(days=1))
        .add_extension(here, critical=False).sign(key, SHA256())
    )  # fmt: skip
    plain_key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "both").write_bytes(plain_key + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both")
    return context


@pytest.mark.requirement("S15")
@pytest.mark.parametrize("kind", ["RSA", "EC", "OKP"])
def test_a_key_that_is_new_is_asked_for_once(known: Door, issuer: Issuer, kind: str) -> None:
    assert by_organisation(Client(), issuer, amr=["mfa"])["Location"] == "/contacts"
    before, issuer.asked[:] = issuer.key, []
    try:
        issuer.turns_to(kind)
        assert by_organisation(Client(), issuer, amr=["mfa"])["Location"] == "/contacts"
        assert issuer.asked == ["/token", "/keys"]  # where things are is still known
    finally:
        issuer.key = before


@pytest.mark.requirement("F8", "S15")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("server_error", SILENT),
        ("<script>alert(1)</script>", SILENT),
        ("access_denied", "Essex County Council did not sign you in"),
    ],
)
def test_what_a_provider_says_of_an_error_is_not_repeated(
    db: None, issuer: Issuer, said: str, sentence: str
) -> None:
    browser = Client()
    brought = issuer.logs_in(browser.post("/sign-in/with/essex")["Location"])
    brought = {"state": brought["state"], "error": said, "error_description": "hush at Essex"}
    answer = browser.get("/sign-in/with/essex/back", brought)
    assert sentence in plain(answer) and "hush" not in answer.text
    assert "alert(1)" not in answer.text and brought["state"] not in answer.text
