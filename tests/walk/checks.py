"""The acts of partner checks, and from there to the next step."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from tests.walk.acts import Act, listed
from tests.walk.known import Known, Person
from tests.walk.legal import NEXT_STEPS
from tests.walk.watch import everything_seen
from tests.words import FOUND, SUMMED_UP
from waymark.assessments import signing, writing
from waymark.database.clock import today
from waymark.panels import next_steps
from waymark.sharing import checks, dates, replies, requests
from waymark.sharing.models import Request


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
        if wrong := it.not_under_review():
            return wrong
        if it.ended and not it.sharing_decided_anew:
            return "sharing is not decided anew for the review"
        if not it.position_stands():
            return "no position on sharing stands"
        return "their answer is awaited" if it.awaited else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.request, it.awaited, it.answered, it.request_seen = made[0], True, False, True
        it.asked_now = it.asked_now or it.stage == "partner_checks"


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
        it.answered, it.awaited = True, False


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
class MoveDate(Answering):
    name = "move_date"

    def do(self, it: Known, who: Person, choice: str) -> object:
        asked, _ = self.said(it)
        later = max(asked.due_date, today()) + timedelta(days=1)
        return dates.move_date(asked, by=who.user, due_date=later, why="The school is closed")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.awaited else "no answer is awaited"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        """It is awaited still."""


@listed
class FinishChecks(Act):
    name = "finish_checks"
    choices = ("with words", "without words")

    def do(self, it: Known, who: Person, choice: str) -> object:
        words = {it.cast.partner.organisation: "Asked twice"} if choice == "with words" else {}
        return checks.finish_checks(
            it.case, by=who.user, why="Looked at", without_answer=words,
            unmarked_why="Weighed with the factors next",
        )  # fmt: skip

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if not it.asked_now:
            return "nobody has been asked"
        silent = not it.answered and choice == "without words"
        return "an answer is missing without a word" if silent else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.asked_now = it.awaited = False
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
        ends = choice == "no_further_action" and not it.may_end()
        return "what must be before an end is not settled" if ends else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        said = {**self.said(it), who.user.organisation_id: choice}
        it.opinions, it.opinions_of = said, it.version
        if len(said) == 2:
            it.opinions = {}
            if len(set(said.values())) == 1:
                it.moves(NEXT_STEPS[choice])
