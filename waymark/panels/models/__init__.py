"""The tables of the panel: next step, meeting, decision, end, review after an end."""

from waymark.panels.models.calendar import (
    ConfidentialityAgreement,
    InvitationAnswer,
    MeetingMove,
)
from waymark.panels.models.decisions import Action, Correction, Decision, Minute, Position
from waymark.panels.models.ends import (
    EndDeputy,
    EndOpinion,
    EndProposal,
    EndWithdrawal,
    ReviewAfterExit,
    ReviewExtension,
)
from waymark.panels.models.heard import (
    ActionHeard,
    Declaration,
    Departure,
    Discussion,
    ProposedCorrection,
    Statement,
)
from waymark.panels.models.interim import InterimStep, Report
from waymark.panels.models.meetings import AgendaItem, Attendance, Meeting
from waymark.panels.models.next_steps import NextStep, NextStepOpinion

__all__ = [
    "Action",
    "ActionHeard",
    "AgendaItem",
    "Attendance",
    "ConfidentialityAgreement",
    "Correction",
    "Decision",
    "Declaration",
    "Departure",
    "Discussion",
    "EndDeputy",
    "EndOpinion",
    "EndProposal",
    "EndWithdrawal",
    "InterimStep",
    "InvitationAnswer",
    "Meeting",
    "MeetingMove",
    "Minute",
    "NextStep",
    "NextStepOpinion",
    "Position",
    "Report",
    "ProposedCorrection",
    "ReviewAfterExit",
    "Statement",
    "ReviewExtension",
]
