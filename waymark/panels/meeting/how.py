"""How a meeting is held: its hour, how people join, and why it cannot wait."""

from dataclasses import dataclass
from datetime import time

from waymark.directory.models import Area
from waymark.policy.pack import NotInPack, in_force


@dataclass(frozen=True)
class How:
    """How a meeting is held. `remote`: how to join, which stands in no e-mail.

    `at_time`: the hour; the policy pack's where none is said. `extraordinary_why`: why it cannot
    wait for the next by the rhythm.
    """

    at_time: time | None = None
    remote: str = ""
    extraordinary_why: str = ""


def usual_hour(area: Area) -> time | None:
    """The hour that the policy pack has for the panel; none where it has no panel there."""
    try:
        return in_force().panel_of(area.code).starts
    except NotInPack:
        return None
