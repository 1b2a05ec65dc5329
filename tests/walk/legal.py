"""What is legal, written by hand from the policy: stage × act × post.

Nothing here asks the product. A post is a role in the case's own area. `lead`: of the two
Prevent leads, the one whose case it is. What an act needs besides (a signed assessment, two
people of two bodies, consent in force) stands with the act; who sees the case at all stands in
`Known.sees`.
"""

from collections.abc import Mapping

Posts = frozenset[str]
NOBODY: Posts = frozenset()
POLICE: Posts = frozenset({"police_officer", "police_lead"})
CHAIRS: Posts = frozenset({"chair", "vice_chair"})
LEAD: Posts = frozenset({"lead"})
WRITERS = POLICE | CHAIRS | LEAD
CONVENERS = CHAIRS | {"coordinator"}
ENDORSERS = CHAIRS | {"police_lead"}
ASKED: Posts = frozenset({"partner"})
PROVIDER: Posts = frozenset({"provider"})
LEADS_OR_GIVES = PROVIDER | {"support_lead"}

ENDS = frozenset(
    {
        "no_further_action", "other_support", "not_appropriate", "declined", "exited",
        "left_channel", "no_longer_possible",
    }
)  # fmt: skip
HEARD_BY_PANEL = frozenset({"panel", "seeking_consent", "supported", "exit_recommended"})

# whatever the stage, for as long as somebody sees the case or the object that is theirs
ALWAYS: dict[str, Posts] = {
    "write_entry": WRITERS,
    "tell": WRITERS,
    "refer_to_social_care": WRITERS,
    "answer_request": ASKED,
    "write_down_reply": POLICE | {"coordinator"},
}
WHILE_OPEN: dict[str, Posts] = ALWAYS | {
    "accept_case": POLICE | CHAIRS | LEAD,
    "decide_sharing": WRITERS,
    "move_date": CONVENERS,
    "assess_risk": WRITERS,
    "say_risen": WRITERS,
    "consider_risen": POLICE,
    "check_conflict": POLICE,
    "settle_end": WRITERS,
    "withdraw_consent": WRITERS,
    "dispose_needs": WRITERS,
    "reconcile": WRITERS,
    "accept_brief": PROVIDER,
    "log_session": PROVIDER,
    "stop_as_asked": LEADS_OR_GIVES,
    "join_referral": POLICE,
}
UNLESS_HELD: dict[str, Posts] = WHILE_OPEN | {
    "hold": POLICE,
    "propose_early_end": POLICE | CHAIRS,
    "decide_early_end": POLICE | CHAIRS,
}
ASKS_MORE: dict[str, Posts] = {"ask_partner": POLICE}  # what is still not known, after the checks
ASSESSED_BY_POLICE: dict[str, Posts] = {"assess_factors": POLICE}
ASSESSED_FOR_PANEL: dict[str, Posts] = {"assess_factors": POLICE | CHAIRS}
ENDED: dict[str, Posts] = ALWAYS | {"reopen_by_referral": POLICE}

LEGAL: Mapping[str, Mapping[str, Posts]] = {
    "screening": {"take": POLICE, "screen": POLICE},
    "not_prevent": {"read_not_prevent": frozenset({"police_lead"})},
    "gathering": UNLESS_HELD | {"finish_gathering": POLICE},
    "first_risk": UNLESS_HELD | {"assess_risk": POLICE},
    "lead_review": UNLESS_HELD | {"review": LEAD},
    "partner_checks": UNLESS_HELD | ASSESSED_BY_POLICE | ASKS_MORE | {"finish_checks": POLICE},
    "second_risk": UNLESS_HELD
    | ASSESSED_BY_POLICE
    | ASKS_MORE
    | {"assess_risk": NOBODY, "assess_risk_again": POLICE},
    "next_step": UNLESS_HELD | {"give_opinion": CHAIRS | POLICE},
    "panel": UNLESS_HELD
    | ASSESSED_FOR_PANEL
    | ASKS_MORE
    | {
        "write_plan": WRITERS,
        "endorse_end": ENDORSERS,
        "refuse_end": ENDORSERS,
        "restate_end": CHAIRS,
    },
    "seeking_consent": UNLESS_HELD
    | ASSESSED_FOR_PANEL
    | ASKS_MORE
    | {"answer_consent": CHAIRS | LEAD, "close_unanswered": CHAIRS | LEAD},
    "supported": UNLESS_HELD | ASSESSED_FOR_PANEL | ASKS_MORE | {"write_plan": WRITERS},
    "exit_recommended": UNLESS_HELD
    | ASSESSED_FOR_PANEL
    | ASKS_MORE
    | {"endorse_end": ENDORSERS, "refuse_end": ENDORSERS, "restate_end": CHAIRS},
    "police_held": WHILE_OPEN
    | {
        "hold_on": POLICE,
        "release": POLICE,
        "propose_leaving": POLICE,
        "decide_leaving": POLICE,
        "propose_held_support": ENDORSERS,
        "decide_held_support": ENDORSERS,
    },
    "exited": ENDED
    | ASSESSED_FOR_PANEL
    | ASKS_MORE
    | {"hold_review": CHAIRS, "decide_sharing": WRITERS},
    **dict.fromkeys(sorted(ENDS - {"exited"}), ENDED),
}

# what belongs to the area's panel, wherever the case of this walk stands
OF_THE_PANEL: Mapping[str, Posts] = {
    "check_provider": CONVENERS,
    "call_meeting": CONVENERS,
    "record_attendance": CONVENERS,
    "open_meeting": CHAIRS,
    "decide": CHAIRS,
    "end_meeting": CHAIRS,
    "sign_minutes": CHAIRS,
}

# what a panel can decide where the case stands, and where the case goes by it
DECISIONS: Mapping[str, Mapping[str, str]] = {
    "panel": {
        "plan_agreed": "seeking_consent",
        "deferred": "panel",
        "other_support": "other_support",
        "not_appropriate": "not_appropriate",
        "declined": "declined",
    },
    "supported": {
        "goes_on": "supported",
        "new_plan": "panel",
        "exit_recommended": "exit_recommended",
    },
}
NEXT_STEPS: Mapping[str, str] = {
    "panel": "panel",
    "no_further_action": "no_further_action",
    "safeguarding": "next_step",
    "partner_checks": "partner_checks",
    "second_risk": "second_risk",
}
# who has a request, a piece of support or a referral of their own, and needs no sight of the case
BY_OWN_OBJECT = frozenset(
    {
        "take", "screen", "read_not_prevent", "answer_request", "accept_brief", "log_session",
        "stop_as_asked", "reopen_by_referral",
    }
)  # fmt: skip


def posts_for(act: str, stage: str) -> Posts:
    """Whose act it is at that stage; nobody's where the table is silent."""
    return LEGAL.get(stage, {}).get(act, NOBODY)
