"""The safeguarding referrals made on a case, as its readers see them (2.5.13)."""

from waymark.cases.models import Case, SafeguardingReferral


def made_on(case: Case) -> list[SafeguardingReferral]:
    """The first one first."""
    return list(case.safeguarding.select_related("to", "by").order_by("sent_at", "pk"))


def in_words(one: SafeguardingReferral) -> str:
    """To whom, and whether a named post there has accepted it."""
    accepted = f"accepted by {one.accepted_by_post}" if one.accepted_at else "not yet accepted"
    return f"{one.to.name}: {accepted}"
