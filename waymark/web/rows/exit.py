"""What stands before whoever endorses an end, as rows: as far as they may see each (2.8.15)."""

from typing import Any

from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.panels.endings.before_exit import open_actions
from waymark.panels.models import EndProposal
from waymark.panels.reading import before_exit
from waymark.policy.lateness import day_in_words
from waymark.web.rows.risk import risks_in_words


def exit_rows(
    case: Case, user: User, proposal: EndProposal, open_ones: list[str]
) -> list[dict[str, Any]]:
    """The last assessment, open actions, risks, earlier referrals, and all not addressed."""
    decision = proposal.decision
    rows: list[dict[str, Any]] = []
    if sees_part(user, case, Part.PANEL):
        rows += [
            {"question": "What has changed", "answer": decision.changed or "Nothing is written"},
            {"question": "What remains", "answer": decision.remains or "Nothing is written"},
            {"question": "Open actions", "answer": _actions(case)},
        ]
    if sees_part(user, case, Part.ASSESSMENT):
        found = before_exit.last_assessment(case)
        rows.append({"question": "Last assessment", "answer": found})
    rows += risks_in_words(before_exit.risks(case))
    earlier = before_exit.earlier(case, user) or "None that you may see"
    rows.append({"question": "Earlier referrals", "answer": earlier})
    rows.append({"question": "Not addressed", "answer": open_ones or "Nothing"})
    named = [before_exit.in_words(each) for each in before_exit.deputies(proposal)]
    rows.append({"question": "Deputies, if the date passes", "answer": named or "None is named"})
    return rows


def _actions(case: Case) -> list[str] | str:
    return [
        f"{one.owner.name}, by {day_in_words(one.due_date)}: {one.words}"
        for one in open_actions(case)
    ] or "None"
