"""The acts of an end that two endorse, and of the reviews after an exit."""

from typing import Any

from tests.panel_steps import LOOKED, MANAGED
from tests.walk.acts import Act, listed
from tests.walk.known import Known, Person, Proposed
from tests.walk.legal import CHAIRS
from tests.walk.watch import everything_seen
from waymark.database.clock import today
from waymark.panels.endings import exits, reviews
from waymark.panels.models import EndProposal, ReviewAfterExit


class OfAnEnd(Act):
    """An act on the end that was proposed last."""

    def is_there(self, it: Known) -> bool:
        return it.proposed is not None

    def row(self, it: Known) -> Any:
        with everything_seen():
            rows = EndProposal.objects.select_related("case__area", "decision", "written_by")
            return rows.filter(case=it.case).last()

    def of(self, it: Known) -> Proposed:
        assert it.proposed is not None
        return it.proposed

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        proposed = self.of(it)
        if proposed.closed or proposed.version != it.version:
            return "it has lapsed"
        if who.user.organisation_id in proposed.bodies:
            return "their organisation has decided"
        wrote = proposed.writer == who.user and who.posts & CHAIRS
        return "they wrote it themselves" if wrote else ""


@listed
class EndorseEnd(OfAnEnd):
    name = "endorse_end"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return exits.endorse(self.row(it), by=who.user, **MANAGED)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        unsettled = "" if it.may_end() else "what must be before an end is not settled"
        meeting = self.of(it).meeting
        unsigned = meeting is not None and meeting.state != "signed"
        wrong = super().lacks(it, who, choice)
        return wrong or ("its minutes are not signed" if unsigned else unsettled)

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        proposed = self.of(it)
        proposed.bodies.add(who.user.organisation_id)
        if len(proposed.bodies) < 2:
            return
        proposed.closed, it.piece = True, "ended"
        it.moves(proposed.to)
        if proposed.to == "exited":
            it.reviews = [each.due_date for each in waiting_reviews(it)]
            assert len(it.reviews) == 2, "an exit is looked at again twice"


@listed
class RefuseEnd(OfAnEnd):
    name = "refuse_end"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return exits.refuse(self.row(it), by=who.user, why="Too early")

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        self.of(it).closed = True
        it.moves("panel")


@listed
class RestateEnd(OfAnEnd):
    name = "restate_end"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return exits.restate(it.case, by=who.user, reasons="The aims are met")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        proposed = self.of(it)
        if proposed.closed:
            return "it waits no longer"
        away = it.stage == "panel" and proposed.to == "exited"
        return "an exit follows only from its recommendation" if away else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.proposed = Proposed(self.of(it).to, who.user, it.version, self.of(it).meeting)


def waiting_reviews(it: Known) -> list[ReviewAfterExit]:
    with everything_seen():
        rows = ReviewAfterExit.objects.filter(case=it.case, state="waiting")
        return list(rows.select_related("case__area"))


@listed
class HoldReview(Act):
    name = "hold_review"
    choices = ("nothing_new", "reopen")

    def is_there(self, it: Known) -> bool:
        return bool(it.reviews)

    def do(self, it: Known, who: Person, choice: str) -> object:
        review = waiting_reviews(it)[0]
        said = reviews.Looked(result=choice, **LOOKED)
        return reviews.hold_review(review, by=who.user, said=said)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "it is too early" if (it.reviews[0] - today()).days > 31 else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.reviews = [] if choice == "reopen" else it.reviews[1:]
        if choice == "reopen":
            it.moves("panel")
        elif not it.reviews:
            it.closes()
