"""What is settled before any end of a case, whichever it is: nobody ends over an open question."""

from waymark.audit.events import record
from waymark.cases.models import Case, EndCheck, SafeguardingReferral, Stage
from waymark.cases.models.case import ENDS
from waymark.cases.stages import locked
from waymark.cases.tasks import give
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs
from waymark.cases.writers import may_write, post_of
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

KEPT_THROUGH = (Stage.EXIT_RECOMMENDED, Stage.POLICE_HELD)  # reaching these undoes no check


def last_check(case: Case) -> EndCheck | None:
    """What was settled for an end from where the case now stands, if anything was."""
    last = case.moves.exclude(to__in=KEPT_THROUGH).last()
    found = case.end_checks.select_related("by")
    return (found.filter(at__gte=last.at) if last else found).last()


def is_unanswered(case: Case) -> bool:
    """Whether a partner still owes an answer."""
    return case.tasks.waiting().filter(kind="answer_request").exists()


def unacknowledged(case: Case) -> list[SafeguardingReferral]:
    """What was referred to social care, and nobody there has accepted within the pack's limit."""
    limit = in_force().limit("safeguarding_acceptance")
    sent = case.safeguarding.filter(accepted_at=None).select_related("to")
    return [each for each in sent if due_date(each.sent_at, limit) < today()]


def may_end(case: Case) -> None:
    """Before any end: harm considered, signposted, told or not, the unanswered disposed of."""
    if case.stage in ENDS:
        raise Refused("This case has ended already", clause="2.8.9")
    if case.risen.filter(considered_at=None).exists():
        raise Refused(
            "It is said that the risk of criminality has risen, and the police have not"
            " considered it yet", clause="2.8.17",
            until="The police record what they considered, and what follows.",
        )  # fmt: skip
    checked = last_check(case)
    if checked is None:
        raise Refused(
            "It is not settled whether significant harm is suspected and who raises it",
            clause="2.5.13",
            until="Fill in what is settled before an end.",
        )
    if is_unanswered(case) and not checked.unanswered:
        raise Refused(
            "A partner has been asked and has not answered",
            clause="2.9.3",
            until="Wait for the answer, or say in words what becomes of the question.",
        )
    if unacknowledged(case) and not checked.unacknowledged:
        raise Refused(
            "Social care has not acknowledged a referral for more than 5 working days",
            clause="2.5.13",
            until="See that they accept it, or the chair says why the case ends all the same.",
        )
    last = case.moves.exclude(to__in=KEPT_THROUGH).last()
    told = case.told.filter(at__gte=last.at) if last else case.told.all()
    if not told.exists():
        raise Refused(
            "It is not recorded whether the person was told",
            clause="2.8.9",
            until="Record what they were told, or why not yet and when that is looked at again.",
        )


@act
def record_end_checks(
    case: Case,
    *,
    by: User,
    harm_suspected: bool,
    harm_considered: str,
    signposted: str,
    harm_raised_by: str = "",
    unanswered: str = "",
    unacknowledged: str = "",
    version: int | None = None,
) -> EndCheck:
    """Write down what is settled before an end; whoever ends the case then asks `may_end`.

    `harm_raised_by`: who raises suspected harm with social care. `signposted`: what the person
    is pointed to, or why nothing. `unacknowledged`: the chair's reason why it may end though
    social care has not acknowledged a referral. Whether the person was told: `told.tell`.
    """
    case = locked(case, version=version)
    may_write(by, case)
    if case.stage in ENDS:
        raise Refused("This case has ended already", clause="2.8.9")
    if unacknowledged.strip():
        _may_give_that_reason(by, case)
    made = EndCheck.objects.create(
        case=case, by=by, at=now(), harm_suspected=harm_suspected,
        unacknowledged=unacknowledged.strip(),
        harm_considered=_considered(harm_considered), unanswered=unanswered.strip(),
        harm_raised_by=_raised_by(harm_raised_by) if harm_suspected else "",
        signposted=needs(
            signposted, why="Nothing is said of other help", clause="2.5.12",
            until="Say what the person is pointed to, or why nothing fits.",
        ),
    )  # fmt: skip
    record("end_checked", by=by, at=made.at, case_id=case.pk, row=made)
    if harm_suspected and not case.safeguarding.exists():
        _wait_for_harm_raised(case, by=by)
    return made


def _may_give_that_reason(user: User, case: Case) -> None:
    """The chair; before a case is opened to its area, the police lead."""
    posts = CHAIRS if case.opened_to_area_at else (Role.POLICE_LEAD,)
    if not user.roles_in(case.area) & set(posts):
        raise Refused(
            "Only the chair says why it may end without an answer of social care",
            clause="2.5.13", until="Leave that question empty, and tell the chair.",
        )  # fmt: skip


def _considered(words: str) -> str:
    return needs(
        words, why="Significant harm is not considered", clause="2.5.13",
        until="Say what was considered, also where none is suspected.",
    )  # fmt: skip


def _raised_by(words: str) -> str:
    return needs(
        words, why="Nobody raises the suspected harm with social care", clause="2.5.13",
        until="Name the person and post.",
    )  # fmt: skip


def _wait_for_harm_raised(case: Case, *, by: User) -> None:
    give(
        "raise_harm", by=by, case=case, user=by, role=post_of(by, case),
        limit="safeguarding_acceptance", clause="2.5.13",
        why="See that suspected harm is raised with social care.",
    )  # fmt: skip
