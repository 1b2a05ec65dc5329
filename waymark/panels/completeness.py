"""What a decision says in full beyond its weighing: so that nothing goes without words (R15)."""

from waymark.cases.words import needs
from waymark.directory.permission import Refused
from waymark.panels import actions
from waymark.panels.models import AgendaItem, Decision
from waymark.panels.proposals import NO_SUPPORT, Proposal

Kind, Assessed = Decision.Kind, Decision.Assessed
CONFIRMED_BY_CHAIR = (Kind.OTHER_SUPPORT, Kind.NOT_APPROPRIATE)


def check_in_full(item: AgendaItem, said: Proposal) -> None:
    """Raises Refused with the first thing that is missing."""
    actions.check_heard(item, said.heard)
    if said.kind == Kind.NOTED:
        return
    needs(
        said.more_information, clause="2.8.3",
        why="Nothing says what members share further, or that they were asked",
    )  # fmt: skip
    _check_assessment(said)
    needs(said.told_what, why="Nothing says what the person will be told", clause="2.8.9",
          until="Say what, or why they are not told yet.")  # fmt: skip
    needs(said.told_by, why="Nothing says who tells the person", clause="2.8.9")
    if said.kind in NO_SUPPORT:
        needs(
            said.signposted, why="Nothing says what the person is pointed to", clause="2.10.3",
            until="Say to whom, or why to nobody.",
        )  # fmt: skip
    if said.kind in CONFIRMED_BY_CHAIR and not said.chair_confirms:
        raise Refused(
            "The chair has not confirmed the recommendation and that it is recorded",
            clause="2.8.5", until="The chair confirms it, or the panel decides otherwise.",
        )  # fmt: skip


def _check_assessment(said: Proposal) -> None:
    if said.assessment_is not in Assessed.values:
        raise Refused(
            "Nothing says whether the panel confirms the assessment or amends it", clause="2.1.1"
        )
    if said.assessment_is == Assessed.AMENDED:
        needs(said.amended, why="Nothing says what is amended in the assessment", clause="2.1.1")
