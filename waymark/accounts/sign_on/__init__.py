"""Signing in by one's own organisation: OpenID Connect, with any number of providers (S15)."""
