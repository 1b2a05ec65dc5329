"""docs/access.md and docs/stages.md, drawn from the tables in the code and never by hand."""

from waymark.cases.models import Stage
from waymark.cases.models.case import ENDS
from waymark.cases.sight import OF_A_CASE, STANDING, Since
from waymark.cases.ways import PLACES, WAYS
from waymark.database.record import Part
from waymark.directory.models import Role

MADE = "<!-- Made by `make docs` from the code: do not edit. -->\n"
SINCE = {
    Since.OPEN: "from receipt; after an end, for a time",
    Since.OPENED: "once opened to the area, until the last review",
    Since.LED_BY_ADULT: "once opened to the area, where the adult lead leads",
    Since.LED_BY_FAMILIES: "once opened to the area, where the families lead leads",
}


def access() -> str:
    """Who sees what by their post: role × part × since when, as a table."""
    parts = [part for part in Part if part in OF_A_CASE]
    rows = [
        f"| {Role(sight.role).label} | {SINCE[sight.since]} | "
        + " | ".join("yes" if part in sight.parts else "" for part in parts)
        + " |"
        for sight in STANDING
    ]
    return "\n".join(
        [
            "# Who sees what of a case",
            MADE,
            "By their post alone, in the areas of their appointments. A grant shows one part of "
            "one case to a person or a post beyond this; an exclusion beats both; a restricted "
            "case is for named people only. Posts that are not in the table see no case by their "
            "post.",
            "",
            "| post | since when | " + " | ".join(part.replace("_", " ") for part in parts) + " |",
            "|---" * (len(parts) + 2) + "|",
            *rows,
            "",
        ]
    )


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
