"""What an endorser has before them: as far as each may see it (2.8.15)."""

from django.db.models import Q

from waymark.assessments.latest import latest_signed
from waymark.cases.models import Case, Risk
from waymark.cases.reading.risks import risk_record, standing_risks
from waymark.directory.models import User
from waymark.panels.models import EndDeputy, EndProposal
from waymark.panels.reading.decisions import found_present
from waymark.people.models import SamePerson
from waymark.policy.lateness import day_in_words
from waymark.referrals.of_case import extracts_of


def last_assessment(case: Case) -> list[str]:
    signed = latest_signed(case)
    if signed is None or signed.signed_at is None:
        return ["None is signed"]
    day = day_in_words(signed.signed_at.date())
    return [f"Signed {day}. {signed.conclusion}", *found_present(signed)]


def risks(case: Case) -> list[Risk]:
    return standing_risks(risk_record(case))


def earlier(case: Case, user: User) -> list[str]:
    """Earlier referrals of the person: of this case, and their other cases that `user` sees."""
    of_this = [f"Referral of {day_in_words(one.at.date())}" for one in extracts_of(case)]
    others = Case.objects.visible_to(user).filter(person_id__in=_the_same(case))
    return of_this + [
        f"Case {one.reference}, opened {day_in_words(one.opened_at.date())}:"
        f" {one.get_stage_display()}"
        for one in others.exclude(pk=case.pk).order_by("opened_at")
    ]


def _the_same(case: Case) -> set[int]:
    """The person, and those that the latest answer says are the same."""
    me = case.person_id
    latest: dict[int, str] = {}
    for row in SamePerson.objects.filter(Q(one_id=me) | Q(other_id=me)).order_by("at", "id"):
        latest[row.other_id if row.one_id == me else row.one_id] = row.answer
    return {me} | {key for key, said in latest.items() if said == SamePerson.Answer.SAME}


def deputies(proposal: EndProposal) -> list[EndDeputy]:
    return list(proposal.deputies.select_related("user"))


def in_words(deputy: EndDeputy) -> str:
    """Who stands in for which post, and whether it is theirs now."""
    named = f"{deputy.user.name} for: {deputy.get_post_display()}"
    return f"{named}. The date has passed: it is theirs now" if deputy.passed_at else named
