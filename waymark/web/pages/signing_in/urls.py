"""Signing in, and what is one’s own: factors, sessions."""

from django.urls import path

from waymark.web.pages.signing_in import (
    confirming,
    invited,
    own_account,
    own_factors,
    own_sessions,
    own_sign_ons,
    sign_in,
    sign_on,
)

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-in/second", sign_in.second, name="sign_in_second"),
    path("sign-in/passkey", sign_in.passkey, name="sign_in_passkey"),
    path("sign-in/passkey/begin", sign_in.passkey_begin, name="sign_in_passkey_begin"),
    path("sign-in/with/<slug:code>", sign_on.sign_on, name="sign_on"),
    path("sign-in/with/<slug:code>/back", sign_on.back, name="sign_on_back"),
    path("invitation/with/<slug:code>", sign_on.by_invitation, name="invitation_sign_on"),
    path("invitation", invited.choose, name="invitation"),
    path("invitation/<slug:token>", invited.follow, name="invitation_link"),
    path("sign-in/confirm", confirming.confirm, name="confirm"),
    path("sign-in/confirm/begin", confirming.passkey_begin, name="confirm_begin"),
    path("sign-in/confirm/with/<slug:code>", confirming.by_organisation, name="confirm_sign_on"),
    path("sign-in/stay", own_sessions.stay, name="stay"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("your-sign-in", own_account.own_account, name="own_account"),
    path("your-sign-in/password", own_account.own_password, name="own_password"),
    path("your-sign-in/passkey", own_factors.add_passkey, name="own_passkey"),
    path("your-sign-in/passkey/begin", own_factors.add_passkey_begin, name="own_passkey_begin"),
    path(
        "your-sign-in/passkey/<int:key>/remove",
        own_factors.remove_passkey,
        name="own_passkey_remove",
    ),
    path("your-sign-in/app", own_factors.add_code_app, name="own_code_app"),
    path("your-sign-in/app/remove", own_factors.remove_code_app, name="own_code_app_remove"),
    path("your-sign-in/recovery-codes", own_factors.recovery_codes, name="own_recovery"),
    path("your-sign-in/with/<slug:code>", own_sign_ons.link, name="own_sign_on"),
    path("your-sign-in/with/<int:key>/remove", own_sign_ons.unlink, name="own_sign_on_remove"),
    path("your-sign-in/where", own_sessions.own_sessions, name="own_sessions"),
    path("your-sign-in/where/others", own_sessions.end_others, name="own_sessions_others"),
    path("your-sign-in/where/<int:key>/end", own_sessions.end, name="own_session_end"),
]
