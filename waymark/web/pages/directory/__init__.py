"""Organisations, contacts, accounts, appointments and those who hold them."""
