"""docs/access.md, drawn from the tables in the code and never by hand."""

from waymark.cases.access.by_hand import LONGEST, PARTS
from waymark.cases.access.emergencies import OPEN_FOR
from waymark.cases.access.naming import NEEDED
from waymark.cases.reading.drawn import MADE
from waymark.cases.sight import OF_A_CASE, STANDING, Since, roles_in_emergency
from waymark.database.record import Part
from waymark.directory.models import Role

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
            "By their post alone, in the areas of their appointments. Posts that are not in the "
            "table see no case by their post.",
            "",
            "| post | since when | " + " | ".join(part.replace("_", " ") for part in parts) + " |",
            "|---" * (len(parts) + 2) + "|",
            *rows,
            "",
            *beyond(),
        ]
    )


def beyond() -> list[str]:
    """What is added to a post, and what takes away from it: the stronger stands below."""
    posts = sorted(Role(role).label for role in roles_in_emergency(Part.CASE))
    given = ", ".join(part.replace("_", " ") for part in PARTS)
    return [
        "## Beyond a post",
        "",
        "Each line below beats those above it.",
        "",
        "- **A grant by the work** shows one part of one case, or one thing in it, to a person or "
        "a post, and ends with that work.",
        f"- **A grant by hand** shows somebody a part ({given}) for {LONGEST} months at most. A "
        "police lead, a chair or a vice-chair gives it, of what they see themselves, never to "
        "themselves.",
        f"- **A restricted case** is there for named people only, {NEEDED} at least. To others it "
        "does not exist: their posts and grants show nothing of it. The police lead alone sets "
        "it; two people lift it. Named people see what their post or a grant shows them.",
        f"- **An emergency** shows one case for {int(OPEN_FOR.total_seconds()) // 60} minutes, to "
        "be read only, as if it were of the reader’s own area. Who may open one: "
        f"{', '.join(posts)}. Of a restricted case, once somebody of another organisation who is "
        "named on it agrees.",
        "- **An exclusion**, or having said that one knows the person, hides the case from one "
        "person, whatever else shows it.",
        "",
    ]
