"""docs/stages.md, drawn from the table in the code and never by hand."""

from waymark.cases.models import Stage
from waymark.cases.models.case import ENDS
from waymark.cases.ways import PLACES, WAYS
from waymark.directory.models import Role

MADE = "<!-- Made by `make docs` from the code: do not edit. -->\n"


def stages() -> str:
    """The way of a case: a diagram, the places and the ways between them."""
    ways = [
        f"| {Stage(way.start).label} | {Stage(way.to).label} | {way.says} "
        f"| {', '.join(Role(role).label for role in way.who) or 'named by the plan'} "
        f"| {way.clause} |"
        for way in WAYS
    ]
    places = [
        f"| {place.stage.label} | {place.holder.label if place.holder else 'as before'} "
        f"| {place.next} | {place.clause} |"
        for place in PLACES.values()
    ]
    return "\n".join(
        [
            "# The way a case goes",
            MADE,
            "```mermaid",
            "stateDiagram-v2",
            *_arrows(),
            "```",
            "",
            "Held by the police can be said from every open stage, and so can *no longer "
            "possible*; a new concern re-opens whatever has ended. These ways are left out of "
            "the diagram.",
            "",
            "## Where it can stand",
            "",
            "| stage | held by | next | clause |",
            "|---|---|---|---|",
            *places,
            "",
            "## Where it can go",
            "",
            "| from | to | what it means | who | clause |",
            "|---|---|---|---|---|",
            *ways,
            "",
        ]
    )


def _arrows() -> list[str]:
    everywhere = {Stage.POLICE_HELD, Stage.NO_LONGER_POSSIBLE}
    drawn = [
        way
        for way in WAYS
        if way.to not in everywhere and way.start not in everywhere and way.act != "reopen"
    ]
    arrows = dict.fromkeys(f"    {way.start} --> {way.to}" for way in drawn)
    ends = [f"    {stage} --> [*]" for stage in sorted(ENDS) if stage not in everywhere]
    return ["    [*] --> gathering: screening", *arrows, *ends]
