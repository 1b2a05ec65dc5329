"""The tables of the case. One module for what the case is, one for each thing that hangs on it."""

from waymark.cases.models.case import Case, CaseQuerySet, HoldReason, Move, Stage
from waymark.cases.models.consent import SharingPosition, SupportConsent, Told
from waymark.cases.models.ending import EarlyEnd, EndCheck
from waymark.cases.models.handover import Handover
from waymark.cases.models.hold import HeldSupport, LeaveProposal
from waymark.cases.models.holders import Holder, HolderOffer
from waymark.cases.models.records import (
    Entry,
    ParallelProcess,
    RiskAssessment,
    SafeguardingReferral,
)
from waymark.cases.models.review import Gathering, LeadReview, ToAsk
from waymark.cases.models.sight import Exclusion, Grant
from waymark.cases.models.tasks import Task

__all__ = [
    "Case",
    "CaseQuerySet",
    "EarlyEnd",
    "EndCheck",
    "Entry",
    "Exclusion",
    "Gathering",
    "Grant",
    "Handover",
    "HeldSupport",
    "HoldReason",
    "Holder",
    "HolderOffer",
    "LeadReview",
    "LeaveProposal",
    "Move",
    "ParallelProcess",
    "RiskAssessment",
    "SafeguardingReferral",
    "SharingPosition",
    "Stage",
    "SupportConsent",
    "Task",
    "ToAsk",
    "Told",
]
