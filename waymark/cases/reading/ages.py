"""Open cases with what tells the person's age, for whoever follows ages: read by batches."""

from waymark.cases.models import Case

AT_ONCE = 200


def led_cases(*, after: int) -> list[Case]:
    """The next open cases that a Prevent lead leads, by key: always as many queries."""
    led = Case.objects.open().exclude(led_by="").filter(pk__gt=after).select_related("area")
    known = led.prefetch_related("person__birth_dates", "person__age_disputes__assessment")
    return list(known.order_by("pk")[:AT_ONCE])
