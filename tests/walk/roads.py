"""The road that a case is meant to go, so that walks begin anywhere on it."""

Step = tuple[str, str, str]  # an act, who of the cast, and the choice

MEETING: tuple[Step, ...] = (
    ("call_meeting", "coordinator", ""),
    ("open_meeting", "chair", ""),
    ("record_attendance", "chair", "all"),
)
MINUTES: tuple[Step, ...] = (("end_meeting", "chair", ""), ("sign_minutes", "chair", ""))
ROAD: tuple[Step, ...] = (
    ("take", "police_officer", ""),
    ("screen", "police_officer", "new_case"),
    ("finish_gathering", "police_officer", ""),
    ("assess_risk", "police_officer", "low"),
    ("decide_sharing", "lead", "agreed"),
    ("review", "lead", "ask"),
    ("ask_partner", "police_officer", ""),
    ("answer_request", "partner", ""),
    ("finish_checks", "police_officer", "with words"),
    ("assess_factors", "police_officer", ""),
    ("assess_risk_again", "police_officer", "low"),
    ("give_opinion", "chair", "panel"),
    ("give_opinion", "police_lead", "panel"),
    ("check_provider", "coordinator", ""),
    ("write_plan", "lead", ""),
    *MEETING,
    ("decide", "chair", "plan_agreed"),
    *MINUTES,
    ("answer_consent", "lead", "parent given"),
    ("answer_consent", "lead", "person given"),
    ("accept_brief", "provider", ""),
    ("log_session", "provider", "held"),
    ("reconcile", "lead", ""),
    ("dispose_needs", "lead", ""),
    *MEETING,
    ("decide", "chair", "exit_recommended"),
    *MINUTES,
    ("settle_end", "chair", ""),
    ("tell", "chair", "told"),
    ("endorse_end", "vice_chair", ""),
    ("endorse_end", "police_lead", ""),
)
