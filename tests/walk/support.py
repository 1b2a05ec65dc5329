"""The acts of support: provider's checks, plan, consent, pieces of support and their sessions."""

from datetime import timedelta
from typing import Any

from tests.walk.acts import Act, listed
from tests.walk.known import Known, Person
from tests.walk.watch import everything_seen
from waymark.database.clock import today
from waymark.support import needs, pieces, plans, sessions, stops
from waymark.support.consent import asking, consents, withdrawals
from waymark.support.consent.answers import last_asked
from waymark.support.models import Piece
from waymark.support.vetting import checks

ESTABLISHED = dict.fromkeys(
    (
        "credible_how", "local_understanding_how", "reliable_how", "shared_values_how",
        "suitable_how",
    ),
    "Seen and heard",
)  # fmt: skip
A_LONG_TIME = 700


@listed
class CheckProvider(Act):
    name = "check_provider"

    def is_there(self, it: Known) -> bool:
        return not it.provider_checked

    def do(self, it: Known, who: Person, choice: str) -> object:
        return checks.check(
            it.cast.provider.organisation, by=who.user, area=it.cast.area, passed=True,
            dbs_date=today(), valid_until_date=today() + timedelta(days=A_LONG_TIME),
            **ESTABLISHED,
        )  # fmt: skip

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.provider_checked = True


@listed
class WritePlan(Act):
    name = "write_plan"

    def do(self, it: Known, who: Person, choice: str) -> object:
        it.case.led_by = it.led_by or "families_lead"  # whom the story names as asker
        return plans.write(it.case, by=who.user, said=it.story.plan_said())

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.signed else "no assessment of the factors is signed"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.plan = made


@listed
class AnswerConsent(Act):
    name = "answer_consent"
    choices = (
        "person given", "person given", "parent given", "person refused", "parent refused",
        "person capacity_lacking",
    )  # fmt: skip

    def do(self, it: Known, who: Person, choice: str) -> object:
        kind, state = choice.split()
        name = "Alex Ashdown" if kind == "parent" else ""
        if state != "refused" and last_asked(it.case) is None:  # a no is taken unasked
            self.ask(it, who)
        return consents.answer(
            it.case, by=who.user, kind=kind, name=name, authority="They may", state=state,
            evidence="birth_certificate" if kind == "parent" else "",
            capacity_steps="Pictures" if state == "capacity_lacking" else "",
            how="At home", answered_date=today(),
        )  # fmt: skip

    def ask(self, it: Known, who: Person) -> None:
        """Consent is asked first, as often as the person invites it."""
        said = asking.AskingSaid(
            asker=it.agreed.asker if it.agreed else who.user, along="Nobody", place="At home",
            interpreter="None", visit_risk="None known", how="In plain words",
            planned_date=today(), police_why="So the person chose", invited="“Come again”",
        )  # fmt: skip
        visit = asking.arrange(it.case, by=who.user, said=said)
        asking.say_asked(
            visit, by=who.user, asked_date=today(), with_them="Her mother", parent_knew="yes"
        )

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        kind, state = choice.split()
        it.consents[kind] = state
        if it.consent() == "given":
            it.moves("supported")
            it.piece = "offered"
        elif it.consent():
            it.moves("panel")


@listed
class CloseUnanswered(Act):
    name = "close_unanswered"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return consents.close_unanswered(it.case, by=who.user, why="Nobody opened the door")

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "there is still time" if it.agreed.ask_by_date >= today() else ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.moves("panel")


@listed
class WithdrawConsent(Act):
    name = "withdraw_consent"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return withdrawals.withdraw(
            it.case, by=who.user, kind="person", authority="The person", how="Rang and said stop",
            answered_date=today(),
        )  # fmt: skip

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.consent() == "given" else "no consent is in force"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.consents["person"] = "withdrawn"
        if it.piece in ("offered", "running"):
            it.piece, it.stopped_by = "held", "consent"
        if it.stage in ("supported", "exit_recommended"):
            it.moves("panel")
        elif it.held_from in ("supported", "exit_recommended"):
            it.held_from = "panel"
            it.version += 1


class OfAPiece(Act):
    def is_there(self, it: Known) -> bool:
        return it.agreed is not None

    def row(self, it: Known) -> Any:
        with everything_seen():
            rows = Piece.objects.select_related("area", "provider", "lead", "case__area")
            return rows.get(plan=it.agreed)


@listed
class AcceptBrief(OfAPiece):
    name = "accept_brief"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return pieces.accept_brief(self.row(it), by=who.user)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.piece == "offered" else f"the support is {it.piece}"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.piece = "running"


@listed
class LogSession(OfAPiece):
    name = "log_session"
    choices = ("held", "missed")

    def do(self, it: Known, who: Person, choice: str) -> object:
        return sessions.log(
            self.row(it), by=who.user, state=choice, happened_date=today(), words="Talked",
            another=True,
        )  # fmt: skip

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.piece == "running" else f"the support is {it.piece}"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.entered += 1


@listed
class StopAsAsked(OfAPiece):
    name = "stop_as_asked"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return stops.stop_as_asked(self.row(it), by=who.user)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if it.piece in ("offered", "running") else f"the support is {it.piece}"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.piece, it.stopped_by = "held", "the person"


@listed
class Reconcile(OfAPiece):
    name = "reconcile"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return sessions.reconcile(self.row(it), by=who.user, words="School was closed")

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.reconciled = it.entered


@listed
class DisposeNeeds(OfAPiece):
    name = "dispose_needs"

    def do(self, it: Known, who: Person, choice: str) -> object:
        with everything_seen():
            need = it.agreed.needs.select_related("case__area").get()
        return needs.dispose(need, by=who.user, outcome="met", words="Has a club")

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.disposed = True
