"""Invented people and cases, told through the use cases as if the partnership had lived them."""

from waymark.project.demonstration.load import load

__all__ = ["load"]
