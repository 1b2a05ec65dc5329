"""What stands of a case's assessments, for whoever writes the next one or rests on the last."""

from waymark.assessments.latest import latest_signed, unfinished
from waymark.assessments.models import Assessment, Finding
from waymark.assessments.sheet import Line, Part, changed_since, sheet
from waymark.cases.models import Case

OWN = "own_"  # what the codes of a case's own factors begin with


def change_between(case: Case) -> list[tuple[Line, Line]]:
    """What the last signed assessment found otherwise than the one before it (2.2.7)."""
    signed = list(case.assessments.exclude(signed_at=None).order_by("-signed_at", "-pk")[:2])
    return changed_since(*signed) if len(signed) == 2 else []


def signed_sheet(case: Case) -> tuple[Assessment | None, list[Part]]:
    """The last signed assessment, factor by factor."""
    last = latest_signed(case)
    return last, sheet(last) if last else []


def line_of(parts: list[Part], code: str) -> Line | None:
    """The line of one factor; None where neither the framework nor this case has it."""
    return next((line for part in parts for line in part.lines if line.factor == code), None)


def names_of_factors(case: Case) -> dict[str, str]:
    """What each factor of the assessment written last is called, by its code."""
    latest = unfinished(case) or latest_signed(case)
    parts = sheet(latest) if latest else []
    return {line.factor: line.name for part in parts for line in part.lines}


def next_of(parts: list[Part], code: str) -> Line | None:
    """The factor after this one, in the framework's order; None after the last."""
    lines = [line for part in parts for line in part.lines]
    codes = [line.factor for line in lines]
    after = lines[codes.index(code) + 1 :] if code in codes else []
    return after[0] if after else None


def first_open(parts: list[Part]) -> str:
    """The first factor that nothing is said of yet; "" where each has been looked at."""
    lines = [line for part in parts for line in part.lines]
    return next((line.factor for line in lines if line.is_open), "")


def new_code(assessment: Assessment) -> str:
    """A code for one more factor of this case's own (2.2.5)."""
    theirs = Finding.objects.filter(assessment__case=assessment.case, factor__startswith=OWN)
    return f"{OWN}{theirs.values('factor').distinct().count() + 1}"
