"""What pages tell of an age: a dispute, a birthday to come, the lead's change. Read by batches."""

from waymark.cases.handover import birthday_ahead, last_handover
from waymark.cases.leads import lead_for
from waymark.cases.models import Case, Handover
from waymark.cases.models.case import LedBy
from waymark.cases.reading.line import Line
from waymark.people.age import comes_of_age, dispute_of, is_leap_day
from waymark.people.models import AgeDispute
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force

AT_ONCE = 200
CLAUSE = {LedBy.ADULT_LEAD.value: "2.7.6", LedBy.FAMILIES_LEAD.value: "2.7.7"}


def led_cases(*, after: int) -> list[Case]:
    """The next open cases that a Prevent lead leads, by key: always as many queries."""
    led = Case.objects.open().exclude(led_by="").filter(pk__gt=after).select_related("area")
    known = led.prefetch_related("person__birth_dates", "person__age_disputes__assessment")
    return list(known.order_by("pk")[:AT_ONCE])


def in_dispute(case: Case) -> str:
    """That the age is in dispute, and what it means, in one sentence; "" where it is not."""
    found = dispute_of(case.person)
    if found is None:
        return ""
    return (
        f"The age is in dispute. {found.source} says: “{found.why}” The person is treated as a"
        f" child until an age assessment, which is sought by {day_in_words(found.assess_by_date)}."
    )


def leap_birthday(case: Case) -> str:
    """Of somebody born on 29 February: on which day they are 18, and which lead that makes; ""
    of everybody else."""
    latest = next(iter(case.person.birth_dates.all()), None)
    born = latest.exact() if latest else None
    if born is None or not is_leap_day(born):
        return ""
    day, ages = comes_of_age(born), in_force().ages
    lead = LedBy(lead_for(case.person)).label
    return (
        f"The person was born on {day_in_words(born)}. In a year without that day they count as a"
        f" year older on {ages.leap_birthday} ({ages.basis}), and so are 18 on"
        f" {day_in_words(day)}. Today the {lead} leads the case."
    )


def turning(case: Case) -> str:
    """Of a birthday in the next three months: the day, and how far the handover has come."""
    day = birthday_ahead(case)
    if day is None or case.led_by != LedBy.FAMILIES_LEAD:
        return ""
    said = f"The person is 18 on {day_in_words(day)}. From that day the adult lead leads the case."
    last = last_handover(case)
    if last is None or last.to_lead != LedBy.ADULT_LEAD:
        return f"{said} It is not handed over yet."
    if last.accepted_at is None:
        return f"{said} It is handed over, and waits for them to take it over."
    return f"{said} They have taken it over."


def age_lines(case: Case) -> list[Line]:
    """Each change of the lead, and each dispute about the age, with what came of it."""
    rows = Handover.objects.filter(case=case).select_related("by", "accepted_by")
    lines = [line for row in rows for line in _handed(row)]
    disputes = AgeDispute.objects.filter(person_id=case.person_id)
    for dispute in disputes.select_related("by", "assessment__by", "assessment__birth_date"):
        lines += _disputed(dispute)
    return lines


def _handed(row: Handover) -> list[Line]:
    to, day = row.get_to_lead_display(), day_in_words(row.from_date)
    text = "\n".join(filter(None, (f"{row.get_why_display()}.", row.words)))
    by, clause = row.by.name if row.by else "", CLAUSE[row.to_lead]
    lines = [Line("age", f"To the {to}, from {day}", by, at=row.at, text=text, clause=clause)]
    if row.accepted_by and row.accepted_at:
        lines.append(Line("age", f"Taken over by the {to}", row.accepted_by.name,
                          at=row.accepted_at, clause=clause))  # fmt: skip
    return lines


def _disputed(row: AgeDispute) -> list[Line]:
    lines = [Line("age", f"Age in dispute, said by {row.source}", row.by.name, at=row.at,
                  text=row.why, clause="2.7.7")]  # fmt: skip
    if hasattr(row, "assessment"):
        found = row.assessment
        lines.append(Line("age", f"Age assessed by {found.body}: born {found.birth_date}",
                          found.by.name, on=found.assessed_date, written_at=found.at,
                          told_by=found.body, text=found.words, clause="2.7.7"))  # fmt: skip
    return lines
