"""When something is due, in words: "Due today", "3 working days overdue"."""

from datetime import date, timedelta
from typing import Literal

from waymark.policy.days import working_days_between

Group = Literal["overdue", "today", "tomorrow", "this_week", "later"]

GROUPS: dict[Group, str] = {
    "overdue": "Overdue",
    "today": "Due today",
    "tomorrow": "Due tomorrow",
    "this_week": "Due this week",
    "later": "Later",
}
"""Headings of a list of what is due, in their order."""


def due_in_words(due: date, today: date) -> str:
    """One line for a person; never a number with a minus."""
    if due < today:
        return overdue_in_words(due, today)
    if due == today:
        return "Due today"
    if due == today + timedelta(days=1):
        return f"Due tomorrow, {day_in_words(due)}"
    weekday = f"{due:%A}, " if due - today < timedelta(days=7) else ""
    return f"Due {weekday}{day_in_words(due)}"


def overdue_in_words(due: date, today: date) -> str:
    """How late it is. Over a weekend no working day has passed: then since when."""
    late = working_days_between(due, today)
    if late == 0:
        return f"Overdue since {day_in_words(due)}"
    return f"{late} working {'day' if late == 1 else 'days'} overdue"


def due_group(due: date, today: date) -> Group:
    """The group of a list in which it stands. A week ends on Sunday."""
    if due < today:
        return "overdue"
    if due == today:
        return "today"
    if due == today + timedelta(days=1):
        return "tomorrow"
    sunday = today + timedelta(days=6 - today.weekday())
    return "this_week" if due <= sunday else "later"


def day_in_words(day: date) -> str:
    """A day as people write it: 25 November 2026."""
    return f"{day.day} {day:%B %Y}"
