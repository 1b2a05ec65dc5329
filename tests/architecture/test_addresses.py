"""Every address has an access rule, and the public ones are one exact list."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver

PUBLIC = {
    *("health", "security_txt", "sign_in", "sign_out", "accessibility", "privacy"),
    *("sign_in_second", "sign_in_passkey", "sign_in_passkey_begin"),
    *("invitation", "invitation_link", "invitation_sign_on", "sign_on", "sign_on_back"),
    *("policy", "policy_texts", "definitions", "framework", "framework_blank"),
    *("library", "library_text", "library_shelf"),
    *("about", "about_indicators", "schools", "voluntary", "learning", "send_securely"),
    *("consent_notice", "consent_notice_pdf"),
    *("refer", "refer_crime", "refer_police", "refer_read", "refer_road", "refer_list"),
    *("refer_topic", "refer_topic_more", "refer_person_topic", "refer_person_topic_more"),
    *("refer_add", "refer_remove", "refer_check", "refer_sent", "refer_another"),
    *("refer_code", "refer_come_back", "refer_delete", "refer_deleted", "refer_form", "leave"),
    *("receipt", "receipt_state", "receipt_answer", "receipt_add"),
    "refer/topic/<code>/keep",
    "refer/topic/<code>/more/keep",
    "refer/person/<int:number>/<code>/keep",
    "refer/person/<int:number>/<code>/more/keep",
}


def addresses() -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern), pattern
        yield pattern


@pytest.mark.requirement("S20")
def test_every_address_names_its_rule() -> None:
    for pattern in addresses():
        assert getattr(pattern.callback, "access", ""), pattern.name


@pytest.mark.requirement("S20")
def test_public_addresses_are_exactly_these() -> None:
    public = {
        pattern.name or str(pattern.pattern)
        for pattern in addresses()
        if getattr(pattern.callback, "access", "") == "anyone"
    }
    assert public == PUBLIC


def test_no_page_reaches_into_tables_itself() -> None:
    from pathlib import Path

    for path in (Path(__file__).parents[2] / "waymark/web/pages").rglob("*.py"):
        assert ".objects" not in path.read_text(), path.name
