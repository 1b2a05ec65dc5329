"""Screening: what becomes of each person referred."""
