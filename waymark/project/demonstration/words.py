"""What people write on a case: composed from what is known of the person and the worry."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from waymark.assessments.evidence import Proof
from waymark.assessments.findings import Found
from waymark.assessments.sources import Source
from waymark.assessments.writing import Written
from waymark.cases.known.risk import RiskSaid, Said
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.panels.next_steps import Opinion
from waymark.project.demonstration.people import Somebody, Worry
from waymark.referrals.deciding.screening import Decision

THEM_AND_US = "I2"
CHILDS_NEEDS = (
    ("health", "{first} sleeps badly and is tired in the daytime.", "The form tutor"),
    ("family", "The parents have parted; {first} lives now here, now there.", "The mother"),
    ("learning", "{first} reads slowly and hides it from the others.", "The form tutor"),
    ("online", "{first} is online until far into the night.", "A brother"),
)
ADULTS_NEEDS = (
    ("housing", "{first} has to leave the flat in the spring.", "The housing officer"),
    ("health", "{first} has panic attacks and has seen nobody about them.", "{first}"),
    ("family", "{first} looks after a father who is ill.", "A neighbour"),
    ("exploitation", "Somebody borrows money of {first} and does not give it back.", "A sister"),
)


class Words:
    """Everything written about one person, in the voice of whoever writes it."""

    def __init__(self, somebody: Somebody, worry: Worry) -> None:
        self.somebody, self.worry = somebody, worry
        self.first = somebody.forenames

    def decision(self, area: Any, **differs: Any) -> Decision:
        """The screener opens a case."""
        said: dict[str, Any] = {
            "outcome": "new_case",
            "why": f"Partners should look together at {self.worry.draws}.",
            "area": area,
            "area_basis": "home",
            "extract": f"{self.worry.noticed} {self.first} said: {self.worry.said}",
            "concern_type": self.worry.kind,
        }
        return Decision(**said | differs)

    def gathered(self) -> dict[str, Any]:
        born = self.somebody.born(today())
        return {
            "to_check_with": f"{self.somebody.name}, born {born.day} {born:%B %Y}, lives at "
            f"{self.somebody.town}; {self.somebody.place}.",
            "why_enough": "Name, birth date and home are certain: partners will find the record.",
        }

    def need(self) -> dict[str, Any]:
        """A need beside the factors: the same person has the same one each time it is told."""
        told = CHILDS_NEEDS if self.somebody.is_child else ADULTS_NEEDS
        kind, words, source = told[len(self.somebody.name) % len(told)]
        return {
            "kind": kind,
            "words": words.format(first=self.first),
            "source": source.format(first=self.first),
        }

    def risk(self, owner: User, turn: int) -> Said:
        """Neither conflict nor major risk. `turn`: the first, the second, or a later one."""
        by, drawn = today() + timedelta(days=35), f"may be drawn further in by {self.worry.draws}"
        person = {
            1: f"{self.first} {drawn}. How far it goes is not known yet.",
            2: f"{self.first} {drawn}. Partners see the same, and no more than that.",
        }.get(turn, f"{self.first} {drawn}, and has somebody to speak to about it.")
        said = Said(
            risks={
                "person": RiskSaid(
                    person, owner, by, self.worry.noticed, self.worry.explanation,
                    f"By what is there already: {self.worry.holds}.",
                ),
                "public": RiskSaid("Words so far, no act that is known.", owner, by, seen=False),
                "partners": RiskSaid(
                    "A heated word at most.", owner, by, f"{self.first} said: {self.worry.said}",
                    "Nobody was ever threatened.",
                    "Visits are made by two, and where others are near.",
                ),
                "providers": RiskSaid("Nobody gives support alone.", owner, by, seen=False),
            },
            conflict="no", major_risk=False,
        )  # fmt: skip
        if turn > 1:
            said["unchanged_why"] = "Nothing else was seen or heard since the last time."
        return said

    def review(self) -> dict[str, Any]:
        child = self.somebody.is_child
        who = f"{self.first} and the mother" if child else self.first
        return {
            "conversations": f"With {who}, who had been told of the referral and were calm.",
            "harm_suspected": False,
            "safeguarding": "Nothing beyond what is known; looked at again at the panel.",
            "recommendation": "Partners who know the person are asked before anything is decided.",
        }

    def assessed(
        self, state: str = "partly", changes: str = "", intent: str = "",
        sources: Sequence[Source] = (),
    ) -> Written:  # fmt: skip
        """The factors: what is found, what speaks against it, and the whole in words.

        `sources`: what of the case the evidence is taken from, where it is there. `intent`: what
        is found of thinking in “them and us”; "": nothing is known of it yet.
        """
        worry = self.worry
        keys = {one.column: one.key for one in reversed(sources)}
        referred, answered = keys.get("extract", ""), keys.get("answer", "")
        shows = Proof(worry.said, "Whoever referred", kind="allegation", taken_from=referred)
        seen = Proof(worry.noticed, "A partner who knows the person", taken_from=answered)
        against = Proof(
            worry.explanation, "Whoever referred", speaks_for=False, kind="opinion",
            taken_from=referred,
        )  # fmt: skip
        found = [Found(worry.factor, state, f"Need: {worry.need.lower()}.", worry.explanation,
                       evidence=[shows, seen, against], changed_why=changes)]  # fmt: skip
        if intent:
            heard = Proof("Spoke of others as of people, and asked about them.", "The mentor")
            found.append(Found(THEM_AND_US, intent, "How others are spoken of.", "",
                               evidence=[shows, heard], changed_why=changes))  # fmt: skip
        texts = {
            "engagement": f"Drawn by {worry.draws}; how far is not certain.",
            "intent": "No wish to harm anybody is known.",
            "capability": "None is known.",
            "protective": f"{worry.holds[0].upper()}{worry.holds[1:]}.",
            "own_view": f"{self.first} says: {worry.said}",
            "conclusion": f"Support would help that answers this: {worry.need.lower()}.",
            "changes": changes,
        }
        return Written(found, texts)

    def opinion(self, outcome: str, **differs: Any) -> Opinion:
        said: dict[str, Any] = {"outcome": outcome, "why": self._why(outcome)}
        if outcome == "panel":
            said["grounds"] = f"{self.worry.noticed} Partners confirm {self.worry.draws}."
            said["stated_by"] = "The chief officer’s delegate, Inspector Stonecrop"
        elif outcome != "no_further_action":
            said["again_date"] = today() + timedelta(days=28)
        return Opinion(**said | differs)

    def _why(self, outcome: str) -> str:
        return {
            "panel": "Support may be needed that no single body gives.",
            "no_further_action": f"Partners know of nothing more. {self.worry.explanation}",
            "safeguarding": "Social care assesses first; then the next step is decided again.",
        }.get(outcome, "More is to be asked before the next step.")

    def weighed(self) -> dict[str, Any]:
        """What a panel writes beside any decision."""
        return {
            "information": "The extract of the referral, partners’ answers, the signed assessment.",
            "risk_to_person": f"May be drawn further in by {self.worry.draws}.",
            "risk_to_society": "Low at present: words, and no act that is known.",
            "changed": f"Since the last look: {self.worry.holds} count for more.",
            "health_social_care": "Considered: told where to find both; no referral is needed.",
            "referrer_asked": "Asked again by telephone: sees a change for the better.",
            "remains": "Some loneliness: the family and the school know whom to ring.",
            "unanswered": "Asked again by telephone; nothing points to a worry that changes this.",
            "more_information": "Asked of each member: nothing further is shared.",
            "assessment_is": "confirmed",
            "signposted": "The school’s pastoral lead, who has accepted.",
            "told_what": "What was decided and why, in plain words.",
            "told_by": "The Prevent lead who leads the case.",
            "chair_confirms": True,
        }
