"""Signing in, and what is one’s own: factors, sessions."""
