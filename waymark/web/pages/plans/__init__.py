"""The plan of support, and consent to it."""
