"""Referring without an account, and coming back with a receipt."""
