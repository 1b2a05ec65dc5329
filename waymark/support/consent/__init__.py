"""Consent to support: asked, answered, withdrawn."""
