"""The tables of the case. One module for what the case is, one for each thing that hangs on it."""

from waymark.cases.models.case import Case, CaseQuerySet, HoldReason, Move, Stage
from waymark.cases.models.changes import ChangeTold
from waymark.cases.models.consent import ConsentAsking, SharingPosition, SupportConsent, Told
from waymark.cases.models.emergency import EmergencyOpening, EmergencyWords
from waymark.cases.models.ending import EarlyEnd, EndCheck
from waymark.cases.models.handover import Handover
from waymark.cases.models.hold import HeldSupport, LeaveProposal
from waymark.cases.models.holders import Holder, HolderOffer
from waymark.cases.models.named import Lifting, Restriction
from waymark.cases.models.records import (
    Entry,
    ParallelProcess,
    SafeguardingReading,
    SafeguardingReferral,
)
from waymark.cases.models.review import Gathering, LeadReview, ToAsk
from waymark.cases.models.risen import (
    ConflictAnswer,
    ConflictCheck,
    CriminalityRisen,
    PoliceConsidered,
)
from waymark.cases.models.risk import Risk, RiskAssessment
from waymark.cases.models.sight import Exclusion, Grant, NamedPerson
from waymark.cases.models.signpost import Signpost
from waymark.cases.models.supervisor import Supervisor
from waymark.cases.models.tasks import Task
from waymark.cases.models.transfer import Transfer, TransferPackage
from waymark.cases.models.unknown import Need, NeedChange, OpenQuestion, QuestionEnd
from waymark.cases.models.unsent import Unsent

__all__ = [
    "Case",
    "CaseQuerySet",
    "ChangeTold",
    "ConflictAnswer",
    "ConflictCheck",
    "ConsentAsking",
    "CriminalityRisen",
    "EarlyEnd",
    "EmergencyOpening",
    "EmergencyWords",
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
    "Lifting",
    "Move",
    "NamedPerson",
    "Need",
    "NeedChange",
    "OpenQuestion",
    "ParallelProcess",
    "PoliceConsidered",
    "QuestionEnd",
    "Restriction",
    "Risk",
    "RiskAssessment",
    "SafeguardingReading",
    "SafeguardingReferral",
    "SharingPosition",
    "Signpost",
    "Stage",
    "Supervisor",
    "SupportConsent",
    "Task",
    "ToAsk",
    "Told",
    "Transfer",
    "TransferPackage",
    "Unsent",
]
