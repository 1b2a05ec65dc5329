"""A provider of sign-ins on a socket of this machine, by the standard; and each way to bend it."""

import base64
import hashlib
import hmac
import json
import secrets
import ssl
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from waymark.accounts.sign_on import discovery, line
from waymark.accounts.sign_on.providers import Provider

CLIENT, SECRET = "waymark-here", "a-secret-of-the-client"
ALGORITHMS = ("RS256", "ES256", "EdDSA", "HS256")
Answer = Callable[[BaseHTTPRequestHandler], None]


class Issuer:
    """`says` bends the claims of a token (None leaves one out), `signs` its seal, `answers` what
    comes at a path, `places` its word on where it is."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http{'s' if tls else ''}://127.0.0.1:{self.server.server_port}"
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.key: Any = ECKey.generate_key("P-256", {"kid": "one"})
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.is_well()

    def is_well(self) -> "Issuer":
        """As it should be, and never asked before."""
        self.says: dict[str, Any] = {}
        self.places: dict[str, Any] = {}
        self.answers: dict[str, Answer] = {}
        self.signs: Callable[[dict[str, Any]], str] = self.seals
        self.published: list[Any] = [self.key]
        self.codes: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        discovery.forget()
        line.forget()
        return self

    def ends(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def provider(self, **differs: Any) -> Provider:
        said = {"code": "essex", "name": "Essex County Council", "issuer": self.address}
        return Provider(**said | {"client_id": CLIENT, "client_secret": SECRET} | differs)

    def logs_in(self, address: str, subject: str = "abc-123", **claims: Any) -> dict[str, str]:
        """Somebody signs in where they were led to; what their browser brings back."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.address}/authorise"
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"].split()
        code = secrets.token_urlsafe()
        self.codes[code] = {"asked": asked, "sub": subject, **claims}
        return {"code": code, "state": asked["state"]}

    def claims(self, code: str, access: str) -> dict[str, Any]:
        given = self.codes.pop(code)
        now, asked = int(time.time()), given.pop("asked")
        whole = hashlib.sha512 if self.key.key_type == "OKP" else hashlib.sha256
        digest = whole(access.encode()).digest()
        half = _packed(digest[: len(digest) // 2])
        said = {
            "iss": self.address, "aud": CLIENT, "exp": now + 300, "iat": now,
            "nonce": asked["nonce"], "at_hash": half, "email": "rf@example.org",
        }  # fmt: skip
        if "max_age" in asked:
            said["auth_time"] = now
        return {k: v for k, v in (said | given | self.says).items() if v is not None}

    def seals(
        self, claims: dict[str, Any], algorithm: str = "", *, key: Any = None, **header: Any
    ) -> str:
        """With its own key or another, or with `header` bent."""
        key = key or self.key
        kinds = {"EC": "ES256", "RSA": "RS256", "OKP": "EdDSA"}
        head = {"alg": algorithm or kinds[key.key_type], "kid": key.kid} | header
        registry = JWSRegistry(algorithms=ALGORITHMS)
        return str(jwt.encode(head, claims, key, registry=registry))

    def seals_with_nothing(self, claims: dict[str, Any]) -> str:
        return f"{_said({'alg': 'none', 'kid': self.key.kid})}.{_said(claims)}."

    def seals_with_its_public_key(self, claims: dict[str, Any]) -> str:
        """As if what everybody knows were a secret that two share."""
        words = f"{_said({'alg': 'HS256', 'kid': self.key.kid})}.{_said(claims)}"
        seal = hmac.digest(self.key.as_pem(private=False), words.encode(), "sha256")
        return f"{words}.{_packed(seal)}"

    def turns_to(self, kind: str) -> "Issuer":
        """It signs with a key of another kind."""
        made = {"RSA": lambda: RSAKey.generate_key(2048, {"kid": "two"}),
                "OKP": lambda: OKPKey.generate_key("Ed25519", {"kid": "two"}),
                "EC": lambda: ECKey.generate_key("P-256", {"kid": "two"})}  # fmt: skip
        self.key = made[kind]()
        self.published = [self.key]
        return self

    def answer(self, page: BaseHTTPRequestHandler, sent: dict[str, str]) -> None:
        path = urlsplit(page.path).path
        self.asked.append(path)
        if path in self.answers:
            self.answers[path](page)
        elif path == discovery.WHERE:
            send(page, self._places())
        elif path == "/keys":
            send(page, KeySet(self.published).as_dict())
        elif path == "/token" and _knows(page) and self._is_right(sent):
            access = secrets.token_urlsafe()
            token = self.signs(self.claims(sent["code"], access))
            send(page, {"access_token": access, "token_type": "Bearer", "id_token": token})
        else:
            send(page, {"error": "invalid_grant"}, status=400)

    def _places(self) -> dict[str, Any]:
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorise",
            "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
        } | self.places  # fmt: skip

    def _is_right(self, sent: dict[str, str]) -> bool:
        """A code of ours, not used yet, for the address it was asked for, by who asked."""
        asked = self.codes.get(sent.get("code", ""), {}).get("asked")
        challenge = _packed(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        return bool(
            asked and sent["grant_type"] == "authorization_code"
            and asked["redirect_uri"] == sent["redirect_uri"]
            and asked["code_challenge"] == challenge
        )  # fmt: skip


def send(page: BaseHTTPRequestHandler, said: Any, *, status: int = 200) -> None:
    body = json.dumps(said).encode()
    page.send_response(status)
    page.send_header("Content-Type", "application/json")
    page.send_header("Content-Length", str(len(body)))
    page.end_headers()
    page.wfile.write(body)


def redirected(page: BaseHTTPRequestHandler) -> None:
    """To where it would be right."""
    page.send_response(302)
    page.send_header("Location", f"{urlsplit(page.path).path}/moved?{urlencode({'a': 1})}")
    page.end_headers()


def _knows(page: BaseHTTPRequestHandler) -> bool:
    """Whether it is our client that asks."""
    kind, _, words = page.headers.get("Authorization", "").partition(" ")
    said = base64.b64decode(words).decode() if kind == "Basic" else ""
    return unquote(said) == f"{CLIENT}:{SECRET}"


def _said(words: dict[str, Any]) -> str:
    return _packed(json.dumps(words).encode())


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.answer(self, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            issuer.answer(self, {name: one[0] for name, one in parse_qs(body).items()})

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
