"""How often something is done before it waits, is marked or is asked about.

Each number is a setting of an installation, `WAYMARK_LIMIT_` before its name in capitals, within
a range that the start checks. None of them refuses a referral, or locks anybody out for good.
"""

from dataclasses import dataclass, field, fields
from typing import Any, Self

from django.conf import settings

UNREACHED = 999_999_999


def _limit(usual: int, least: int, most: int) -> Any:
    return field(default=usual, metadata={"least": least, "most": most})


@dataclass(frozen=True)
class Limits:
    """The limits in force. `off`: lifted, for load tests on invented data."""

    codes: int = _limit(10, 3, 1_000)  # wrong ones in a minute, before each waits (S38)
    code_seconds: int = _limit(5, 1, 20)  # the longest wait after one
    flood: int = _limit(20, 2, 10_000)  # referrals in 10 minutes, before they are marked (S41)
    failures: int = _limit(5, 3, 20)  # to sign in, of a name in 15 minutes (S12)
    source_failures: int = _limit(50, 5, 10_000)  # of an address: a whole office may have one
    sign_in_minutes: int = _limit(15, 1, 60)  # the longest wait for the next try
    searches: int = _limit(30, 2, 1_000)  # in 10 minutes, before it is asked why (S29)
    cases: int = _limit(20, 2, 1_000)  # opened in 10 minutes, before each is asked for (S34)
    day_megabytes: int = _limit(200, 25, 10_000)  # of files of one person (S43)
    referral_megabytes: int = _limit(2_000, 25, 100_000)  # of all referrers together (S42)
    off: bool = False

    @classmethod
    def lifted(cls) -> Self:
        """None is ever reached, and what waits already waits no longer."""
        never: dict[str, Any] = {each.name: UNREACHED for each in NUMBERS}
        return cls(**never | {"code_seconds": 0, "sign_in_minutes": 0, "off": True})


NUMBERS = [each for each in fields(Limits) if each.metadata]


def limits() -> Limits:
    """Those of this installation."""
    found: Limits = settings.WAYMARK_LIMITS
    return found
