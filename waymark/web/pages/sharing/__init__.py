"""Asking partners, their answers, and what is made of them."""
