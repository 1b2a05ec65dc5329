"""What each kind of decision of a panel means, beside its choice."""

from waymark.panels.models import Decision

Kind = Decision.Kind
HINTS = {
    Kind.PLAN_AGREED: "The plan written last is agreed, and consent to it is asked (2.10.3).",
    Kind.DEFERRED: "The case stays with the panel and is heard again on a date.",
    Kind.OTHER_SUPPORT: "Not Channel: the person is pointed to other support (2.8.5).",
    Kind.NOT_APPROPRIATE: "No vulnerability to being drawn into terrorism is found (2.8.5).",
    Kind.DECLINED: "Consent was refused or withdrawn (2.10.4).",
    Kind.GOES_ON: "Reviewed with the framework: the plan in force goes on (2.8.18).",
    Kind.EXIT_RECOMMENDED: "The panel is satisfied that the risk is reduced or managed (2.8.14).",
    Kind.NEW_PLAN: "The panel is not satisfied: a new plan with other support (2.8.16).",
    Kind.NOTED: "The case waits for something else: it is heard, and heard again on a date.",
}
