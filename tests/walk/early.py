"""The acts from the referral to the next step."""

from typing import Any

from django.db import transaction

from tests.walk.acts import Act, listed, soon
from tests.walk.known import Known, Person
from tests.walk.legal import NEXT_STEPS
from tests.walk.watch import everything_seen
from tests.words import FOUND, GATHERED, SUMMED_UP, risk_said
from waymark.assessments import second_risk, signing, writing
from waymark.cases import gathering, lead_review, positions, risk
from waymark.cases.models import Case, SharingPosition
from waymark.panels import next_steps
from waymark.referrals import readings, screening
from waymark.referrals.models import Screening, Subject
from waymark.sharing import checks, replies, requests
from waymark.sharing.models import Request


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
        return gathering.finish_gathering(it.case, by=who.user, **GATHERED)

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

    def follows(self, it: Known, who: Person, choice: str, made: SharingPosition) -> None:
        it.position = (True, made.review_date)


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


@listed
class AskPartner(Act):
    name = "ask_partner"

    def do(self, it: Known, who: Person, choice: str) -> object:
        asking = requests.Asking(
            about="Robin, of Essex Academy", words="To see what support is needed",
            items=["Attendance this term"],
        )  # fmt: skip
        asked = {it.cast.partner.organisation: None}
        return requests.ask(it.case, by=who.user, asking=asking, organisations=asked)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if not it.position_stands():
            return "no position on sharing stands"
        return "they are asked already" if it.asked_now else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.request, it.asked_now, it.answered, it.request_seen = made[0], True, False, True


class Answering(Act):
    def is_there(self, it: Known) -> bool:
        return it.request is not None

    def said(self, it: Known) -> tuple[Request, replies.Answering]:
        with everything_seen():
            asked = Request.objects.select_related("case__area").get(pk=it.request.pk)
            item = asked.items.first()
        assert item is not None
        answer = replies.Answer(item, "Nine days missed", "The register")
        return asked, replies.Answering(state="information", held_back=False, items=[answer])

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.answered = True


@listed
class AnswerRequest(Answering):
    name = "answer_request"

    def do(self, it: Known, who: Person, choice: str) -> object:
        asked, said = self.said(it)
        return replies.answer(asked, by=who.user, answering=said)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.request_seen else "the request is over, and seen no more"


@listed
class WriteDownReply(Answering):
    name = "write_down_reply"

    def do(self, it: Known, who: Person, choice: str) -> object:
        asked, said = self.said(it)
        route = replies.Route("telephone", "The head of year", read_back=True)
        return replies.enter_reply(asked, by=who.user, answering=said, route=route)


@listed
class FinishChecks(Act):
    name = "finish_checks"
    choices = ("with words", "without words")

    def do(self, it: Known, who: Person, choice: str) -> object:
        words = {it.cast.partner.organisation: "Asked twice"} if choice == "with words" else {}
        return checks.finish_checks(it.case, by=who.user, why="Looked at", without_answer=words)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if not it.asked_now:
            return "nobody has been asked"
        silent = not it.answered and choice == "without words"
        return "an answer is missing without a word" if silent else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.asked_now = False
        it.request_seen = it.request_seen and not it.answered
        it.moves("second_risk")


@listed
class AssessFactors(Act):
    name = "assess_factors"

    def do(self, it: Known, who: Person, choice: str) -> object:
        texts = SUMMED_UP | {"changes": "Little since"}
        with transaction.atomic():
            begun = writing.start(it.case, by=who.user)
            saved = writing.save(begun, by=who.user, written=writing.Written(FOUND, texts))
            return signing.sign(saved, by=who.user)

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.signed = True


@listed
class GiveOpinion(Act):
    name = "give_opinion"
    choices = ("panel", "panel", "panel", *NEXT_STEPS)

    def do(self, it: Known, who: Person, choice: str) -> object:
        said = it.story.opinion(choice)
        return next_steps.give_opinion(it.case, by=who.user, said=said)

    def said(self, it: Known) -> dict[int, str]:
        return it.opinions if it.opinions_of == it.version else {}

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if who.user.organisation_id in self.said(it):
            return "their organisation has said it"
        ends = choice == "no_further_action" and not (it.settled and it.told)
        return "what must be before an end is not settled" if ends else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        said = {**self.said(it), who.user.organisation_id: choice}
        it.opinions, it.opinions_of = said, it.version
        if len(said) == 2:
            it.opinions = {}
            if len(set(said.values())) == 1:
                it.moves(NEXT_STEPS[choice])
