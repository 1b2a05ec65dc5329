"""Referring somebody of a referral to social care, before there is a case (2.5.13)."""

from waymark.cases import safeguarding
from waymark.cases.models import SafeguardingReferral
from waymark.directory.models import Organisation, User
from waymark.directory.permission import Refused, act, permits
from waymark.referrals.models import Subject
from waymark.referrals.readers import may_read

CLAUSE = "2.5.13"


def made_for(subject: Subject) -> list[SafeguardingReferral]:
    """The safeguarding referrals made on this person, the latest last."""
    found = SafeguardingReferral.objects.filter(subject_id=subject.pk)
    return list(found.select_related("to", "by"))


def social_care() -> list[Organisation]:
    """Children's and adults' social care, by name."""
    kinds = safeguarding.SOCIAL_CARE
    return list(Organisation.objects.filter(kind__in=kinds).order_by("name"))


def may_refer(user: User, subject: Subject) -> None:
    """Whoever may read the referral, whatever became of it."""
    may_read(user, subject)


@act
def refer(
    subject: Subject, *, by: User, to: Organisation | None, about: str, why: str
) -> SafeguardingReferral:
    """Refer the person, or another child of the household, to social care; once each."""
    may_refer(by, subject)
    if to is None:
        raise Refused("No social care is chosen", clause=CLAUSE, until="Select whom to refer to.")
    waiting = SafeguardingReferral.objects.filter(
        subject_id=subject.pk, to=to, about=about.strip(), accepted_at=None
    )
    if waiting.exists():
        raise Refused(
            f"This has been referred to {to.name} already", clause=CLAUSE,
            until="See that they accept it.",
        )  # fmt: skip
    return safeguarding.refer(
        None, by=by, to=to, about=about, why=why, subject_id=subject.pk, area=subject.area
    )


def found(key: int, user: User) -> SafeguardingReferral | None:
    """A safeguarding referral that `user` may see, on a case or on somebody who was referred."""
    made = SafeguardingReferral.objects.select_related("to", "by", "case__area")
    one = made.filter(pk=key).first()
    if one is None or one.subject_id is None:
        return one
    subject = Subject.objects.filter(pk=one.subject_id).select_related("area").first()
    return one if subject and permits(may_read, user, subject) else None
