"""Panels and meetings, decisions, next steps, exits and the reviews after them."""
