"""The risk of criminality has risen, and what the police make of it (2.8.17)."""

from datetime import date, timedelta

from waymark.cases import held_support, holders
from waymark.cases.known import risen
from waymark.database.clock import today
from waymark.project.demonstration.later import Later
from waymark.project.demonstration.telling import acting
from waymark.support import while_held


class Rising(Later):
    """A story in which somebody hears of more than words."""

    def risen(self) -> None:
        """The Prevent lead heard something, and says so: it waits for the police."""
        words = f"{self.words.first} was heard to ask how far {self.worry.draws} would go."
        risen.say_risen(self.case, by=acting(self.lead), words=words)

    def risen_and_goes_on(self) -> None:
        self.risen()
        self._considered("It does: nothing but words was found, and help is wanted.", "goes_on")

    def risen_and_held(self) -> None:
        self.risen()
        what = f"Something was found out about {self.worry.draws}, which is looked into first."
        self._considered(what, "held", today() + timedelta(days=14))

    def _considered(self, suits: str, follows: str, look_again: date | None = None) -> None:
        risen.consider(
            self.case, by=acting(self.officer), suits=suits, follows=follows,
            escalation="Looked at with the unit that looks into crime, by the usual means.",
            look_again_date=look_again,
        )  # fmt: skip

    def support_goes_on(self) -> None:
        """The officer answers for the case; chair and police lead let support go on meanwhile."""
        holders.accept(self.case, by=acting(self.officer))
        why = "What is found out has nothing to do with the support."
        proposal = held_support.propose_support(
            self.case, by=acting(self.chair), decision="goes_on", why=why
        )
        while_held.decide(proposal, by=acting(self.police_lead), agrees=True)
