"""The acts from the referral to the lead's review."""

from typing import Any

from tests.walk.acts import Act, listed, soon
from tests.walk.known import Known, Person
from tests.walk.watch import everything_seen
from tests.words import GATHERED, risk_said
from waymark.assessments import second_risk
from waymark.cases import lead_review, positions
from waymark.cases.known import gathering, risk
from waymark.cases.models import Case, SharingPosition
from waymark.referrals.deciding import readings, screening
from waymark.referrals.models import Screening, Subject


def subject(it: Known) -> Any:
    with everything_seen():
        rows = Subject.objects.select_related("referral__receipt", "area", "case__area")
        return rows.get(pk=it.story.subject.pk)


def read_again(it: Known) -> None:
    """The case as it now is: what stories are told of."""
    with everything_seen():
        it.story.case = Case.objects.select_related("area").get(pk=it.case.pk)


@listed
class Take(Act):
    name = "take"

    def is_there(self, it: Known) -> bool:
        return True

    def do(self, it: Known, who: Person, choice: str) -> object:
        return screening.take(subject(it), by=who.user)

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.taken_by = who.user


@listed
class Screen(Act):
    name = "screen"
    choices = ("new_case", "new_case", "held_at_once", "not_prevent")

    def is_there(self, it: Known) -> bool:
        return True

    def do(self, it: Known, who: Person, choice: str) -> object:
        said: dict[str, Any] = {"area": it.cast.area}
        if choice == "not_prevent":
            said |= {"outcome": "not_prevent", "reason": "misunderstanding"}
        elif choice == "held_at_once":
            said |= {"held_why": "Suspected of a crime", "look_again_date": soon()}
        return screening.decide(subject(it), by=who.user, decision=it.story.decision(**said))

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if it.taken_by not in (None, who.user):
            return "somebody else has taken it"
        return "" if who.cast is it.cast else "it is another area's"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.area_found, it.screener = True, who.user
        if choice == "not_prevent":
            it.stage = "not_prevent"
            return
        it.story.subject = subject(it)
        assert it.story.subject.case is not None
        it.story.case = it.story.subject.case
        it.stage = "gathering"
        if choice == "held_at_once":
            it.moves("police_held")


@listed
class ReadNotPrevent(Act):
    name = "read_not_prevent"
    choices = ("stands", "sent_back")

    def is_there(self, it: Known) -> bool:
        return not it.is_case and it.screener is not None

    def do(self, it: Known, who: Person, choice: str) -> object:
        with everything_seen():
            made = Screening.objects.select_related("subject__area").filter(
                subject=it.story.subject
            ).last()  # fmt: skip
        assert made is not None
        back = choice == "sent_back"
        return readings.read(made, by=who.user, sent_back=back, why="Look at what was said")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "they decided it themselves" if it.screener == who.user else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.stage = "screening" if choice == "sent_back" else "stands"


@listed
class FinishGathering(Act):
    name = "finish_gathering"

    def do(self, it: Known, who: Person, choice: str) -> object:
        said: dict[str, Any] = {**GATHERED}
        return gathering.finish_gathering(it.case, by=who.user, **said)

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.moves("first_risk")


class Risk(Act):
    choices = ("low", "low", "low", "conflict")

    def said(self, it: Known, choice: str) -> dict[str, Any]:
        more: dict[str, Any] = {"unchanged_why": "Nothing new is known"}
        if choice == "conflict":
            more |= {"conflict": "yes", "check_again_date": soon(), "hold_why": "A live matter"}
        return risk_said(it.cast, **more)


@listed
class AssessRisk(Risk):
    name = "assess_risk"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return risk.assess(it.case, by=who.user, **self.said(it, choice))

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        if it.stage != "first_risk":
            return
        if choice == "low":
            it.led_by = "adult_lead" if it.adult else "families_lead"
        it.moves("lead_review" if choice == "low" else "police_held")


@listed
class AssessRiskAgain(Risk):
    name = "assess_risk_again"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return second_risk.assess_again(it.case, by=who.user, **self.said(it, choice))

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.signed else "no assessment of the factors is signed"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.moves("next_step" if choice == "low" else "police_held")


@listed
class DecideSharing(Act):
    name = "decide_sharing"
    choices = ("agreed", "agreed", "refused")

    def do(self, it: Known, who: Person, choice: str) -> object:
        said: dict[str, Any] = {"state": choice, "ground": "As the law allows"}
        if choice == "refused":
            said |= {"balance": "The public's interest weighs more", "review_date": soon()}
        return positions.decide(it.case, by=who.user, **said)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return it.not_under_review()

    def follows(self, it: Known, who: Person, choice: str, made: SharingPosition) -> None:
        it.position = (True, made.review_date)
        it.sharing_decided_anew = True


@listed
class Review(Act):
    name = "review"
    choices = ("ask", "ask", "nobody")

    def do(self, it: Known, who: Person, choice: str) -> object:
        school = it.cast.partner.organisation
        return lead_review.review(
            it.case, by=who.user, conversations="With the mother", harm_suspected=False,
            safeguarding="Nothing beyond what is known", recommendation="Go on",
            to_ask={school: "Absence and friends"} if choice == "ask" else {},
            nobody_to_ask_why="Known nowhere else" if choice == "nobody" else "",
        )  # fmt: skip

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if choice == "ask" and not it.position_stands():
            return "no position on sharing stands"
        return ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.moves("partner_checks" if choice == "ask" else "second_risk")
