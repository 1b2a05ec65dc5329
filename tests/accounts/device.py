"""A device that keeps passkeys, as the standard says that one answers: without a browser."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def packed(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """One passkey. What it says can be bent: another `origin`, nobody `verified`."""

    origin: str
    verified: bool = True
    uses: int = 0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def makes(self, options: str) -> str:
        asked = json.loads(options)
        client = self._client("webauthn.create", asked["challenge"])
        said = self._says(asked["rp"]["id"], WITH_KEY) + self._attested()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": said})
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def shows(self, options: str) -> str:
        asked = json.loads(options)
        client = self._client("webauthn.get", asked["challenge"])
        said = self._says(asked["rpId"], 0)
        signed = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=said, signature=signed)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _says(self, site: str, more: int) -> bytes:
        self.uses += 1
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _attested(self) -> bytes:
        point = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        return bytes(16) + len(self.credential).to_bytes(2) + self.credential + cbor2.dumps(key)

    def _answer(self, **response: bytes) -> str:
        made: dict[str, Any] = {
            "id": packed(self.credential),
            "rawId": packed(self.credential),
            "type": "public-key",
            "response": {name: packed(data) for name, data in response.items()},
            "clientExtensionResults": {},
        }
        return json.dumps(made)
