"""What partners of a demonstration are asked and answer: late, in part, at odds, or not at all."""

from datetime import timedelta
from typing import Any

from waymark.cases.known import unknown
from waymark.database.clock import today
from waymark.directory.models import Organisation, User
from waymark.policy.days import working_days_after
from waymark.project.demonstration.beginning import Beginning
from waymark.project.demonstration.people import Somebody
from waymark.project.demonstration.telling import acting
from waymark.sharing import (
    contradictions,
    dates,
    passing,
    questions,
    reading,
    replies,
    requests,
    weighing,
)
from waymark.sharing.models import ItemAnswered, Request
from waymark.sharing.told import told as told_by_partners

OF_THE_LAST = ("Whether help was offered to them, and what they made of it",)
ITEMS = ("How they have been this term, or this year", "Whom they spend time with")


def who_may_know(somebody: Somebody) -> list[str]:
    """The kinds of partner that are asked: where somebody learns, and who may have helped."""
    for kind in ("academy", "college", "university"):
        if kind in somebody.place.lower():
            learns = "school" if kind == "academy" else kind
            return [learns, "child_mental_health" if somebody.is_child else "health"]
    return ["adult_social_care", "health"]


class Partners(Beginning):
    """The part of a story that partners have in it."""

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.requests: list[Request] = []

    def bodies(self) -> list[Organisation]:
        kinds = who_may_know(self.somebody)
        return [self.cast.places.of_kind(kind, self.area) for kind in kinds]

    def partners_asked(self) -> None:
        whom: dict[Organisation, User | None] = dict.fromkeys(self.bodies())
        asking = requests.Asking(
            about=self.words.gathered()["to_check_with"],
            words="To see what support may help; please tell no more than is asked.",
            items=ITEMS,
            own={list(whom)[-1]: requests.Own(OF_THE_LAST)},
        )
        self.requests = requests.ask(
            self.case, by=acting(self.officer), asking=asking, organisations=whom
        )

    def partner_answered(self, position: int = 0, says: str = "") -> None:
        """One partner answers: the first gives information, others know nothing unless they say."""
        request = self.requests[position]
        contact = request.asked_of
        if contact is None:
            return self._answer_by_telephone(request)
        by = acting(contact)
        item = request.items.all()[0]
        known = says or (f"Known for {self.worry.holds}." if position == 0 else "")
        said = replies.Answering(
            state="information" if known else "nothing_known",
            held_back=False,
            items=[replies.Answer(item, known, "Our own record")] if known else [],
        )
        replies.answer(request, by=by, answering=said)
        return None

    def one_more_asked(self) -> None:
        """A question comes up while partners are checked, and is asked in one click."""
        community = self.cast.places.of_kind("community", self.area)
        question = unknown.write(
            self.case, by=acting(self.officer), words="Whom has the person met there since spring?",
            organisation=community,
        )  # fmt: skip
        questions.ask_for(question, by=self.officer)

    def partner_declined(self) -> None:
        """The second partner gives nothing, and says why."""
        request = self.requests[1]
        contact = request.asked_of
        assert contact is not None  # who is asked by telephone is told elsewhere
        why = "The person asked us not to pass anything on, and nobody is in danger of harm."
        said = replies.Answering(
            state="declined", held_back=True, held_back_decided_by="The Caldicott guardian",
            words=why,
        )  # fmt: skip
        replies.answer(request, by=acting(contact), answering=said)

    def partners_contradicted(self) -> None:
        """What the second partner answers does not fit what the first one does."""
        self.partner_answered(0)
        self.partner_answered(1, says="Has not been seen here since the spring, and left no word.")
        self._weighed(acting(self.officer))

    def _weighed(self, officer: User) -> None:
        """The police say that the two do not fit, use one, and have the other looked into."""
        one, other = told_by_partners(reading.requests_of(self.case))[:2]
        two = [row for row in (one.row, other.row) if isinstance(row, ItemAnswered)]
        contradictions.contradicts(
            self.case, by=officer, answers=two,
            words="One tells of visits since the summer, the other of none.",
            done="The second is asked whom they mean; it is told apart until then.",
        )  # fmt: skip
        to_check = weighing.Marking(
            other.row, "to_check", "Ask whether another person of that name is meant.", officer,
            today() + timedelta(days=10),
        )  # fmt: skip
        weighing.mark(self.case, by=officer, markings=[weighing.Marking(one.row, "used"), to_check])

    def partner_passed_on(self) -> None:
        """The first partner passes the request to somebody who has no account here."""
        request = self.requests[0]
        contact = request.asked_of
        assert contact is not None  # who is asked by telephone is told elsewhere
        named = "Imogen Farrow, deputy head and lead for safeguarding"
        passing.pass_on(request, by=acting(contact), to=None, named=named)

    def date_moved(self) -> None:
        """The co-ordinator gives the first partner longer, and both sides see why."""
        by = acting(self.cast.of("coordinator", self.area))
        why = "The office is closed until the end of next week, and looks then."
        day = working_days_after(today(), 8)
        dates.move_date(self.requests[0], by=by, due_date=day, why=why)

    def _answer_by_telephone(self, request: Request) -> None:
        route = replies.Route("telephone", "The duty nurse", read_back=True)
        said = replies.Answering(state="nothing_known", held_back=False)
        replies.enter_reply(request, by=acting(self.officer), answering=said, route=route)

    def partners_answered(self) -> None:
        for position in range(len(self.requests)):
            self.partner_answered(position)
