"""Requests to partners and their replies."""
