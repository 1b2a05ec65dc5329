"""The acts around a hold by the police, and the ends that two people agree outside the panel."""

from typing import Any

from tests.walk.acts import Act, listed, soon
from tests.walk.known import Known, Person
from tests.walk.legal import CHAIRS, POLICE
from tests.walk.watch import everything_seen
from waymark.cases import held, held_support
from waymark.cases.endings import early_end, leaving
from waymark.cases.known import conflict, risen
from waymark.cases.models import EarlyEnd, HeldSupport, LeaveProposal
from waymark.support import while_held, winding_down


@listed
class Hold(Act):
    name = "hold"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return held.hold(it.case, by=who.user, why="A live matter", look_again_date=soon())

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.moves("police_held")


@listed
class SayRisen(Act):
    name = "say_risen"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return risen.say_risen(it.case, by=who.user, words="He asked where to buy parts")

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.risen = True


@listed
class ConsiderRisen(Act):
    name = "consider_risen"
    choices = ("goes_on", "held")

    def do(self, it: Known, who: Person, choice: str) -> object:
        return risen.consider(
            it.case, by=who.user, escalation="By our own means", suits="It is looked at",
            follows=choice, look_again_date=soon(),
        )  # fmt: skip

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if not it.risen:
            return "nothing was said of it since the last time"
        held = it.stage == "police_held" and choice == "goes_on"
        return "it is held, and does not go on by this" if held else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.risen = False
        if choice == "held" and it.stage != "police_held":
            it.moves("police_held")


@listed
class CheckConflict(Act):
    name = "check_conflict"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return conflict.check_conflict(it.case, by=who.user, conflict="no")


@listed
class HoldOn(Act):
    name = "hold_on"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return held.hold_on(it.case, by=who.user, why="It goes on", look_again_date=soon())

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "it is held too long already" if soon() > it.longest_hold() else ""


@listed
class Release(Act):
    name = "release"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return held.release(it.case, by=who.user, why="Suitable for Channel")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        waits = it.leaving_by or it.held_support
        return "what was proposed while it is held waits for an answer" if waits else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.moves(it.held_from)


@listed
class ProposeLeaving(Act):
    name = "propose_leaving"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return leaving.propose_leaving(it.case, by=who.user, why="Charged")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "it is proposed already" if it.leaving_by else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.leaving_by, it.leaving_row = who, made.pk


@listed
class DecideLeaving(Act):
    name = "decide_leaving"
    choices = ("agreed", "agreed", "refused")

    def is_there(self, it: Known) -> bool:
        return it.leaving_row is not None

    def do(self, it: Known, who: Person, choice: str) -> object:
        with everything_seen():
            rows = LeaveProposal.objects.select_related("case__area", "by")
            row = rows.get(pk=it.leaving_row)
        agrees = choice == "agreed"
        return winding_down.decide_leaving(row, by=who.user, agrees=agrees, why="Not charged")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        first = it.leaving_by
        if first is None:
            return "it is answered, or the hold has ended"
        if first.user == who.user:
            return "they proposed it themselves"
        if "police_lead" not in first.posts | who.posts:
            return "one of the two is the police lead"
        unsettled = choice == "agreed" and not it.may_end()
        return "what must be before an end is not settled" if unsettled else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.leaving_by = None
        if choice == "agreed":
            it.moves("left_channel")
            it.piece = it.piece and "ended"


@listed
class ProposeHeldSupport(Act):
    name = "propose_held_support"
    choices = ("goes_on", "pauses", "stops")

    def do(self, it: Known, who: Person, choice: str) -> object:
        return held_support.propose_support(
            it.case, by=who.user, decision=choice, why="While it is looked at"
        )

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if it.held_from not in ("supported", "exit_recommended"):
            return "there is no support"
        return "a decision waits already" if it.held_support else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.held_support, it.held_support_row = (who, choice), made.pk


@listed
class DecideHeldSupport(Act):
    name = "decide_held_support"
    choices = ("agreed", "agreed", "refused")

    def is_there(self, it: Known) -> bool:
        return it.held_support_row is not None

    def do(self, it: Known, who: Person, choice: str) -> object:
        with everything_seen():
            rows = HeldSupport.objects.select_related("case__area", "by")
            row = rows.get(pk=it.held_support_row)
        return while_held.decide(row, by=who.user, agrees=choice == "agreed", why="Not yet")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        if it.held_support is None:
            return "it is answered, or the hold has ended"
        posts = (it.held_support[0].posts, who.posts)
        if any(each & CHAIRS for each in posts) and any("police_lead" in each for each in posts):
            return ""
        return "chair and police lead decide it together"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        assert it.held_support is not None
        decision = it.held_support[1]
        it.held_support = None
        if choice == "refused":
            return
        if decision != "goes_on" and it.piece in ("offered", "running"):
            it.piece, it.stopped_by = "held", "chair and police lead"
        paused = it.piece == "held" and it.stopped_by == "chair and police lead"
        if decision == "goes_on" and paused and it.consent() == "given":
            it.piece = "offered"


@listed
class ProposeEarlyEnd(Act):
    name = "propose_early_end"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return early_end.propose_end(
            it.case, by=who.user, reason="moved_abroad", why="The school saw the new address"
        )

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "it is proposed already" if it.ending_by else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.ending_by, it.ending_row = who, made.pk


@listed
class DecideEarlyEnd(Act):
    name = "decide_early_end"
    choices = ("agreed", "agreed", "refused")

    def is_there(self, it: Known) -> bool:
        return it.ending_row is not None

    def do(self, it: Known, who: Person, choice: str) -> object:
        with everything_seen():
            row = EarlyEnd.objects.select_related("case__area", "by").get(pk=it.ending_row)
        agrees = choice == "agreed"
        return winding_down.decide_early_end(row, by=who.user, agrees=agrees, why="On holiday")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        first = it.ending_by
        if first is None or first.user == who.user:
            return "it is answered already, or they proposed it themselves"
        posts = (first.posts, who.posts)
        if it.opened:
            two = any(each & CHAIRS for each in posts) and any(each & POLICE for each in posts)
        else:
            two = all(each & POLICE for each in posts) and "police_lead" in posts[0] | posts[1]
        unsettled = choice == "agreed" and not it.may_end()
        return "" if two and not unsettled else "the two posts, or what is settled, is missing"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.ending_by = None
        if choice == "agreed":
            it.moves("no_longer_possible")
            it.piece = it.piece and "ended"
