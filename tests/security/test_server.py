"""The web server itself: what it takes, what it answers before any page, what it writes down."""

import json
import re
from pathlib import Path

import pytest
from django.db import transaction

from tests.browser.cast import cast_of
from tests.browser.person import PASSWORD
from tests.security.site import Site, Visitor, children_of, command, serving
from tests.web.referrer import HAPPENED
from waymark.project.embedded.clamd import Clamd
from waymark.project.embedded.cluster import Cluster
from waymark.web.door.headers import ALWAYS

CANARY = "canary-0192"


def request(*lines: str, body: str = "") -> bytes:
    return "\r\n".join([*lines, "Connection: close", "", body]).encode()


UNREADABLE = {
    "length and encoding at once": request(
        "POST /refer/road HTTP/1.1",
        "Host: localhost",
        "Content-Length: 4",
        "Transfer-Encoding: chunked",
        body="0\r\n\r\n",
    ),
    "two lengths": request(
        "POST /refer HTTP/1.1", "Host: localhost", "Content-Length: 4", "Content-Length: 5"
    ),
    "no request at all": request(f"{CANARY} <script>"),
    "a broken header": request("GET /refer HTTP/1.1", "Host: localhost", f"{CANARY} : x"),
}


@pytest.mark.requirement("S72")
@pytest.mark.parametrize("what", UNREADABLE)
def test_what_could_be_read_in_two_ways_is_refused(running: Site, what: str) -> None:
    answer = running.raw(UNREADABLE[what])
    assert answer.startswith("HTTP/1.1 400 ")
    assert CANARY not in answer and "script>" not in answer


@pytest.mark.requirement("S73")
def test_requests_have_bounds(running: Site, visitor: Visitor) -> None:
    assert visitor.get("/refer?" + "x" * 3900).status == 200
    long = running.raw(request(f"GET /refer?{'x' * 4200} HTTP/1.1", "Host: localhost"))
    assert long.startswith("HTTP/1.1 414 ")
    many = [f"X-Number-{n}: 1" for n in range(101)]
    assert running.raw(request("GET /refer HTTP/1.1", "Host: localhost", *many)).startswith(
        "HTTP/1.1 431 "
    )
    few = [f"X-Number-{n}: 1" for n in range(90)]
    assert running.raw(request("GET /refer HTTP/1.1", "Host: localhost", *few)).startswith(
        "HTTP/1.1 200 "
    )


@pytest.mark.requirement("S73")
@pytest.mark.parametrize(
    "method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FIND"]
)
def test_only_reading_and_posting_are_spoken(visitor: Visitor, method: str) -> None:
    for address in ("/refer", "/cases", "/sign-in", "/nowhere"):
        answer = visitor.ask(method, address)
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.requirement("S67", "S68")
@pytest.mark.parametrize("what", UNREADABLE)
def test_even_what_never_reached_a_page_is_answered_strictly(running: Site, what: str) -> None:
    answer = running.raw(UNREADABLE[what])
    for name, said in ALWAYS.items():
        assert f"{name}: {said}\r\n" in answer
    assert "Cache-Control: no-store\r\n" in answer


@pytest.mark.requirement("S68")
def test_the_server_tells_no_version(visitor: Visitor) -> None:
    said = visitor.get("/refer").headers
    assert not re.search(r"\d", said.get("server", ""))
    assert not {"x-powered-by", "via", "x-django"} & set(said)


@pytest.mark.requirement("S71", "S67")
def test_hashed_files_alone_may_be_kept(visitor: Visitor) -> None:
    page = visitor.get("/refer").text
    hashed = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert len(hashed) >= 3
    for address in hashed:
        answer = visitor.get(address)
        assert answer.status == 200
        assert answer.headers["cache-control"].endswith(", public, immutable")
        plain = re.sub(r"\.[0-9a-f]{12}\.", ".", address)
        assert plain != address
        assert visitor.get(plain).headers["cache-control"] == "no-store"
        gone = visitor.get(re.sub(r"\.[0-9a-f]{12}\.", ".0123456789ab.", address))
        assert (gone.status, gone.headers["cache-control"]) == (404, "no-store")
        for said in (answer, gone):
            assert said.headers["content-security-policy"] == ALWAYS["Content-Security-Policy"]


@pytest.mark.requirement("S72")
def test_an_unlisted_host_gets_not_even_a_file(visitor: Visitor) -> None:
    for address in ("/refer", "/static/mark.svg", "/health"):
        answer = visitor.get(address, Host="elsewhere.example")
        assert answer.status == 400
        assert "elsewhere" not in answer.text


@pytest.mark.requirement("S72", "S68")
def test_only_a_listed_proxy_is_believed(running: Site, visitor: Visitor, tmp_path: Path) -> None:
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "elsewhere.example"}
    assert "strict-transport-security" not in visitor.get("/refer", **said).headers
    with serving(running.environment, tmp_path, WAYMARK_PROXIES="127.0.0.1") as behind:
        answer = Visitor(behind).get("/cases", **said)
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        assert answer.headers["location"] == "/sign-in?next=/cases"


@pytest.mark.requirement("S72")
def test_the_product_makes_no_link_from_what_a_request_says() -> None:
    waymark = Path(__file__).parents[2] / "waymark"
    # makes a digest of it, and believes a listed proxy only
    counts = {waymark / "web/door/source.py"}
    for path in {*waymark.rglob("*.py"), *waymark.rglob("*.html")} - counts:
        text = path.read_text(encoding="utf-8")
        for trusting in ("build_absolute_uri", "X_FORWARDED", "X-Forwarded", "HTTP_HOST"):
            assert trusting not in text, path


@pytest.mark.requirement("S62", "S37")
def test_every_line_of_the_log_is_json_and_names_nobody(
    site: Site, visitor: Visitor, cluster: Cluster
) -> None:
    for sent in UNREADABLE.values():
        site.raw(sent)
    seen = {"User-Agent": "CanaryBrowser/7", "X-Forwarded-For": "198.51.100.99"}
    visitor.get(f"/refer?{CANARY}=1", **seen)
    visitor.post("/refer/road", road="public")
    visitor.post("/refer/topic/happened", **HAPPENED | {"exact_words": CANARY})
    visitor.get("/refer", Host=f"{CANARY}.example")
    lines = [json.loads(line) for line in site.log().splitlines()]
    assert {"waymark.request", "gunicorn.error"} <= {line["logger"] for line in lines}
    asked = [line for line in lines if line["logger"] == "waymark.request"]
    assert {"route", "status", "ms", "request_id", "user_id", "method"} <= set(asked[-1])
    assert "refer_topic" in {line["route"] for line in asked}
    written = site.log() + cluster.log.read_text(encoding="utf-8")
    for trace in (CANARY, "CanaryBrowser", "198.51.100.99", "from ip"):
        assert trace not in written


@pytest.mark.requirement("S6")
def test_no_secret_is_in_the_process_list_or_a_log(
    running: Site, visitor: Visitor, cluster: Cluster
) -> None:
    secrets_of_ours = secret_words(running.environment)
    assert len(secrets_of_ours) >= 8
    assert cluster.process
    numbers = [running.web.process.pid, *running.workers()]
    numbers += [cluster.process.pid, *children_of(cluster.process.pid)]
    shown = "".join(Path(f"/proc/{number}/cmdline").read_text() for number in numbers)
    shown += running.log() + cluster.log.read_text() + visitor.get("/nowhere").text
    assert "postgres" in shown and "waymark" in shown
    for secret in secrets_of_ours:
        assert secret not in shown


def secret_words(environment: dict[str, str]) -> list[str]:
    """Every password, key and signing key that an installation was started with."""
    lines = Path(environment["WAYMARK_PASSWORDS"]).read_text().splitlines()
    passwords = [line.split(" = ")[1] for line in lines]
    names = ("WAYMARK_KEYS", "WAYMARK_AUDIT_KEY", "WAYMARK_SIGNING_KEY")
    return passwords + [key for name in names for key in environment[name].split(",")]


# what the machine that runs the tests may be short of, and what no worker has made here yet
OF_THE_MACHINE = ("Less than 10 % of the disk", "This machine lets no process leave its network")
NO_WORKER = "No checkpoint of the audit"


@pytest.mark.requirement("S8")
def test_check_finds_nothing_wrong(site_environment: dict[str, str], clamd: Clamd) -> None:
    done = command(site_environment | {"WAYMARK_CLAMD": clamd.address}, "check")
    assert (done.returncode, done.stderr) == (0, "")
    for line in done.stdout.splitlines():
        assert line.startswith((*OF_THE_MACHINE, NO_WORKER)), line


@pytest.mark.requirement("S8")
def test_check_lists_what_is_wrong_and_fails(
    site_environment: dict[str, str], tmp_path: Path
) -> None:
    real = {"WAYMARK_MODE": "real", "WAYMARK_BASE_URL": "https://waymark.example"}
    real |= {"WAYMARK_SECOND_FACTOR": "on"}
    done = command(site_environment | real, "check")
    assert done.returncode == 1
    assert "WAYMARK_MODE must be demonstration" in done.stdout
    away = {"WAYMARK_DATABASE_URL": f"postgresql:///waymark?host={tmp_path}"}
    done = command(site_environment | away, "check")
    assert done.returncode == 1
    assert done.stdout.startswith("WAYMARK_DATABASE_URL names a database that does not answer")
    done = command(site_environment | {"WAYMARK_MAIL_FOLDER": "/nowhere"}, "check")
    assert done.returncode == 1
    assert done.stderr.startswith("WAYMARK_MAIL_FOLDER is wrong")


@pytest.mark.requirement("S8")
def test_the_health_page_says_no_more_than_ok(visitor: Visitor) -> None:
    answer = visitor.get("/health")
    assert (answer.status, answer.text) == (200, "ok")
    assert answer.headers["content-type"] == "text/plain"
    assert "set-cookie" not in answer.headers


@pytest.mark.requirement("S71", "S69")
def test_back_after_signing_out_shows_the_sign_in_page(site: Site, visitor: Visitor) -> None:
    with transaction.atomic():
        cast = cast_of("Essex")
    signed = visitor.post("/sign-in", username=cast.chair.username, password=PASSWORD)
    assert signed.headers["location"] == "/"
    page = visitor.get("/panels")
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    out = visitor.ask("POST", "/sign-out", f"csrfmiddlewaretoken={token[1]}")
    assert out.headers["clear-site-data"] == '"cache", "storage"'
    assert visitor.get("/panels").headers["location"] == "/sign-in?next=/panels"
