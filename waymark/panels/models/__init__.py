"""The tables of the panel: next step, meeting, decision, end, review after an end."""

from waymark.panels.models.decisions import Action, Correction, Decision, Minute, Position
from waymark.panels.models.ends import EndOpinion, EndProposal, ReviewAfterExit
from waymark.panels.models.meetings import AgendaItem, Attendance, Meeting
from waymark.panels.models.next_steps import NextStep, NextStepOpinion

__all__ = [
    "Action",
    "AgendaItem",
    "Attendance",
    "Correction",
    "Decision",
    "EndOpinion",
    "EndProposal",
    "Meeting",
    "Minute",
    "NextStep",
    "NextStepOpinion",
    "Position",
    "ReviewAfterExit",
]
