"""Passkeys: made and checked with user verification, for this site's exact origin (S13, S14).

What a device says is verified by py_webauthn; what it must say, and who it then is, stands here.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from waymark.accounts.challenges import SECONDS, challenge, taken_challenge
from waymark.accounts.models import Passkey
from waymark.audit.events import record, record_erasure
from waymark.database.actor import HasKey
from waymark.database.clock import now
from waymark.directory.models import User

MAKING, SIGNING_IN, CONFIRMING = "make", "sign in", "confirm"
LONGEST = 20_000  # of what a device says
VERIFIED = UserVerificationRequirement.REQUIRED
NOT_RIGHT = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError)


def site() -> str:
    """The name that passkeys are bound to: this site's host, without its port."""
    return urlsplit(settings.WAYMARK_BASE_URL).hostname or ""


def options_to_make(store: Any, user: User) -> str:
    """What the browser is asked, as JSON: a passkey that finds its account by itself."""
    made = generate_registration_options(
        rp_id=site(),
        rp_name="Waymark",
        user_id=user.pk.to_bytes(8),
        user_name=user.username,
        challenge=challenge(store, MAKING),
        timeout=SECONDS * 1000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=_descriptors(user),
    )
    return options_to_json(made)


def options_to_show(store: Any, purpose: str, user: User | None = None) -> str:
    """The same for showing one: any that the device has for this site, or one of `user`."""
    made = generate_authentication_options(
        rp_id=site(),
        challenge=challenge(store, purpose),
        timeout=SECONDS * 1000,
        allow_credentials=_descriptors(user) if user else None,
        user_verification=VERIFIED,
    )
    return options_to_json(made)


def keep(store: Any, said: str, name: str, *, by: User) -> Passkey | None:
    """Keep the passkey that a device has made for `by`; None where what it said is not right."""
    expected = taken_challenge(store, MAKING)
    if expected is None or len(said) > LONGEST:
        return None
    try:
        made = verify_registration_response(
            credential=said,
            expected_challenge=expected,
            expected_rp_id=site(),
            expected_origin=settings.WAYMARK_BASE_URL,
            require_user_verification=True,
        )
    except NOT_RIGHT:
        return None
    if holder_of(made.credential_id) is not None:
        return None
    row = Passkey.objects.create(
        user=by, name=name, credential=made.credential_id, made_at=Now(),
        public_key=made.credential_public_key, count=made.sign_count,
    )  # fmt: skip
    record("passkey_made", by=by, at=now(), factor=row.pk)
    return row


def holder_of(credential: bytes) -> int | None:
    """The key of the open account that a passkey is of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT passkey_holder(%s)", [credential])
        row = cursor.fetchone()
    return row[0] if row else None


def named_in(said: str) -> bytes | None:
    """The id of the passkey that a device says it shows."""
    try:
        return base64url_to_bytes(json.loads(said[:LONGEST])["id"])
    except NOT_RIGHT:
        return None


def is_shown(store: Any, purpose: str, said: str, user: HasKey) -> bool:
    """Whether a device shows a passkey of `user`, opened by a finger, a face or a PIN just now."""
    expected, credential = taken_challenge(store, purpose), named_in(said)
    mine = Passkey.objects.select_for_update(of=("self",)).filter(user_id=user.pk)
    row = mine.filter(credential=credential).first() if credential else None
    if row is None or expected is None:
        return False
    try:
        shown = verify_authentication_response(
            credential=said,
            expected_challenge=expected,
            expected_rp_id=site(),
            expected_origin=settings.WAYMARK_BASE_URL,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.count,
            require_user_verification=True,
        )
    except NOT_RIGHT:
        return False
    Passkey.objects.filter(pk=row.pk).update(count=shown.new_sign_count, used_at=Now())
    return True


def remove(row: Passkey, *, by: User) -> None:
    row.delete()
    record_erasure("passkey_removed", by=by, at=now(), row=row)


def _descriptors(user: User) -> list[PublicKeyCredentialDescriptor]:
    mine = Passkey.objects.filter(user=user).order_by("pk")
    return [PublicKeyCredentialDescriptor(id=bytes(row.credential)) for row in mine]
