"""What every answer says to the browser, whatever it answers."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.cast import Cast, acting
from waymark.directory.models import User

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
SCRIPT = "/static/supported.js"
SAYING = "a long word for the tests"
ANSWERS = [
    ("/refer", 200),  # a page
    ("/cases", 302),  # sent away to sign in
    ("/nowhere", 404),
    ("/cases/00000000", 302),
    ("/health", 200),  # without the database
    ("/refer/form.pdf", 200),  # a file
    (SCRIPT, 200),
    ("/static/none.js", 404),
]


def sign_in(client: Client, cast: Cast, query: dict[str, str] | None = None) -> str:
    """Sign in as the chair does, and give back where that led."""
    acting(cast.chair)
    User.objects.filter(pk=cast.chair.pk).update(password=make_password(SAYING))
    said = {"username": cast.chair.username, "password": SAYING}
    answer = client.post("/sign-in", said, query_params=query or {})
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.requirement("S67")
@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_every_answer_allows_nothing_but_our_own_files(
    client: Client, db: None, address: str, status: int
) -> None:
    answer = client.get(address)
    said = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert answer.status_code == status
    assert said == POLICY


@pytest.mark.requirement("S67")
@pytest.mark.parametrize("address", ["/refer", "/sign-in", "/about", "/policy", "/nowhere"])
def test_no_page_needs_anything_inline(client: Client, db: None, address: str) -> None:
    page = client.get(address).text
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page)
    assert scripts == []
    assert re.findall(r"<[^>]*\s(?:style|on\w+)=", page) == []
    assert "<style" not in page and "javascript:" not in page


@pytest.mark.requirement("S68")
@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_every_answer_tells_the_browser_to_be_strict(
    client: Client, db: None, address: str, status: int
) -> None:
    answer = client.get(address, secure=True)
    assert answer.status_code == status
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "X-Powered-By" not in answer and "Server" not in answer


@pytest.mark.requirement("S68")
def test_plain_http_does_not_promise_https(client: Client, db: None) -> None:
    assert "Strict-Transport-Security" not in client.get("/refer")


@pytest.mark.requirement("S69")
def test_cookies_stay_with_this_host_and_out_of_reach_of_scripts(
    client: Client, essex: Cast
) -> None:
    sign_in(client, essex)
    client.get("/sign-in")
    client.post("/refer/road", {"road": "public"})
    assert set(client.cookies) == {"__Host-session", "__Host-csrf", "__Host-draft"}
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.requirement("S69", "S71")
def test_signing_out_clears_what_the_browser_kept_but_not_the_cookies_of_the_host(
    client: Client, essex: Cast
) -> None:
    client.force_login(essex.chair, backend=BACKEND)
    answer = client.post("/sign-out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/cases").status_code == 302


@pytest.mark.requirement("S71")
@pytest.mark.parametrize(("address", "status"), [pair for pair in ANSWERS if pair[0] != SCRIPT])
def test_nothing_is_kept_but_our_own_files(
    client: Client, db: None, address: str, status: int
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.requirement("S71")
def test_a_page_of_somebody_signed_in_is_not_kept(client: Client, essex: Cast) -> None:
    client.force_login(essex.chair, backend=BACKEND)
    for address in ("/", "/cases", "/panels", "/cases/00000000"):
        assert client.get(address)["Cache-Control"] == "no-store"


@pytest.mark.requirement("S74")
@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "http:elsewhere.example",
        "javascript:alert(1)",
        "\t//elsewhere.example",
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(
    client: Client, essex: Cast, address: str
) -> None:
    assert sign_in(client, essex, {"next": address}) == "/"


@pytest.mark.requirement("S74")
def test_after_signing_in_one_comes_where_one_wanted(client: Client, essex: Cast) -> None:
    sent_away = client.get("/panels")["Location"]
    assert sent_away == "/sign-in?next=/panels"
    assert sign_in(client, essex, {"next": "/panels"}) == "/panels"


@pytest.mark.requirement("S72")
def test_an_unknown_host_is_refused_and_not_repeated(client: Client, db: None) -> None:
    answer = client.get("/refer", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert b"elsewhere.example" not in answer.content


@pytest.mark.requirement("S72")
def test_what_a_visitor_says_of_a_proxy_is_not_believed(client: Client, db: None) -> None:
    said = {
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.7",
    }
    answer = client.get("/cases", headers=said)
    assert answer["Location"].startswith("/sign-in")
    assert "Strict-Transport-Security" not in answer
    assert b"elsewhere.example" not in client.get("/refer", headers=said).content


def test_security_txt_says_whom_to_tell_and_is_not_there_without(
    client: Client, db: None, settings: Any
) -> None:
    settings.WAYMARK_SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.WAYMARK_SECURITY_CONTACT = "mailto:security@example.org"
    answer = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == "mailto:security@example.org"
    assert said["Canonical"] == f"{settings.WAYMARK_BASE_URL}/.well-known/security.txt"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=150) < left < timedelta(days=365)
