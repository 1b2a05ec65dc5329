"""The Prevent lead's review: an adult's case by the adult lead, a child's by the families lead."""

from collections.abc import Mapping
from dataclasses import dataclass

from waymark.audit.events import record
from waymark.cases.holders import accept_where_offered
from waymark.cases.leads import CLAUSES
from waymark.cases.models import Case, LeadReview, Stage, ToAsk
from waymark.cases.positions import may_be_shared
from waymark.cases.safeguarding import refer
from waymark.cases.stages import locked, may_act, move
from waymark.cases.words import needs, needs_each
from waymark.database.clock import now
from waymark.directory.models import Organisation, User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force


@dataclass(frozen=True)
class Referring:
    """A safeguarding referral: to which social care, about whom, and what harm is suspected."""

    to: Organisation
    about: str
    why: str


def may_review(user: User, case: Case) -> None:
    """The lead whose case it is: an adult’s case is not reviewed by the families lead."""
    may_act(user, case, "review")
    if case.led_by in user.roles_in(case.area):
        return
    raise Refused(
        "This case is reviewed by the other Prevent lead",
        clause=CLAUSES.get(case.led_by, "2.7.6"),
        until=f"It waits for: {case.get_led_by_display()}, of {case.area.name}.",
    )


@act
def review(
    case: Case,
    *,
    by: User,
    conversations: str,
    harm_suspected: bool,
    safeguarding: str,
    recommendation: str,
    to_ask: Mapping[Organisation, str],
    nobody_to_ask_why: str = "",
    referral: Referring | None = None,
    version: int | None = None,
) -> LeadReview:
    """Review a referral: partners are asked next, or risk is assessed where nobody is to be asked.

    `conversations`: held with whom, or why there was none. `to_ask`: each organisation that
    may know something, and what. Before any is asked the position on sharing must stand.
    `referral`: the one to social care that is made with the review, where harm is suspected.
    """
    case = locked(case, version=version)
    may_review(by, case)
    accept_where_offered(case, by=by)
    said = _said(case, conversations, safeguarding, recommendation)
    _see_to_harm(case, harm_suspected, referral, by=by)
    if to_ask:
        may_be_shared(case)
    else:
        needs(
            nobody_to_ask_why, why="Nobody is named to be asked", clause="2.7.8",
            until="Name the partners to ask, or say why there is nobody.",
        )  # fmt: skip
    made = LeadReview.objects.create(
        case=case, by=by, at=now(), edition=in_force().code, harm_suspected=harm_suspected,
        nobody_to_ask_why="" if to_ask else nobody_to_ask_why.strip(), **said,
    )  # fmt: skip
    record("lead_reviewed", by=by, at=made.at, case_id=case.pk, row=made)
    _name(made, to_ask, by=by)
    to = Stage.PARTNER_CHECKS if to_ask else Stage.SECOND_RISK
    move(case, to, act="review", by=by, why=made.recommendation)
    return made


def last_review(case: Case) -> LeadReview | None:
    return case.lead_reviews.select_related("by").last()


def _said(case: Case, conversations: str, safeguarding: str, recommendation: str) -> dict[str, str]:
    words = {
        "the conversations held, or why there were none": conversations,
        "safeguarding": safeguarding,
        "the recommendation": recommendation,
    }
    said = needs_each(words, clause=CLAUSES.get(case.led_by, "2.7.6"))
    names = ("conversations", "safeguarding", "recommendation")
    return dict(zip(names, said.values(), strict=True))


def _see_to_harm(case: Case, harm_suspected: bool, referral: Referring | None, *, by: User) -> None:
    """Significant harm suspected: social care is told before the review goes on (2.5.13)."""
    if referral:
        refer(case, by=by, to=referral.to, about=referral.about, why=referral.why)
    if harm_suspected and not case.safeguarding.exists():
        raise Refused(
            "Significant harm is suspected and no safeguarding referral is made",
            clause="2.5.13",
            until="Make the safeguarding referral, here or before.",
        )


def _name(made: LeadReview, to_ask: Mapping[Organisation, str], *, by: User) -> None:
    for organisation, why in to_ask.items():
        said = needs(
            why, why=f"Nothing says what {organisation.name} may know", clause="1.3.3",
            until="Say what it may know and why it is needed.",
        )  # fmt: skip
        row = ToAsk.objects.create(case=made.case, review=made, organisation=organisation, why=said)
        record("named_to_ask", by=by, at=made.at, case_id=made.case_id, row=row)
