"""The plan as it is read: its needs, its pieces with what was held of each, its providers."""

from dataclasses import dataclass

from django.db.models import Q

from waymark.assessments.latest import latest_signed
from waymark.cases.known.needs import code_of, open_needs
from waymark.cases.models import Case
from waymark.cases.writers import posts_that_write
from waymark.database.clock import today
from waymark.directory.models import Appointment, Area, Organisation, Role, User
from waymark.directory.permission import Refused
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import NotInPack, in_force
from waymark.support import plans, sessions
from waymark.support.models import Need, Piece, Plan, PlanGiven
from waymark.support.plan_checks import PRESENT
from waymark.support.providers import last_check, may_provide, must_be_checked

LEADS_SUPPORT = (
    Role.SUPPORT_LEAD, Role.PROVIDER, Role.PANEL_MEMBER, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.COORDINATOR,
)  # fmt: skip


@dataclass(frozen=True)
class PieceRead:
    """`held_why`: of a piece that is held, the last turn's reason."""

    piece: Piece
    kind: str
    explained: str
    count: sessions.Count
    held_why: str
    checks: str


@dataclass(frozen=True)
class PlanRead:
    plan: Plan
    level: str
    needs: list[Need]
    pieces: list[PieceRead]


def read(plan: Plan) -> PlanRead:
    """A version, whole."""
    pieces = plan.pieces.select_related("provider", "lead", "provider_user", "need", "area")
    return PlanRead(
        plan,
        level_named(plan.level),
        list(plan.needs.prefetch_related("disposals", "pieces")),
        [_piece(piece) for piece in pieces],
    )


def _piece(piece: Piece) -> PieceRead:
    name, explained = kind_named(piece.kind)
    last = piece.turns.last()
    held = ""
    if last and piece.state == Piece.State.HELD:
        held = ": ".join(part for part in (last.get_why_display(), last.words) if part)
    return PieceRead(
        piece, name, explained, sessions.count(piece), held,
        checks_of(piece.provider, piece.area),
    )  # fmt: skip


def need_named(need: Need) -> str:
    """Its words, and of which kind it is."""
    return f"{need.words} ({need.get_kind_display().lower()})"


def kind_named(code: str) -> tuple[str, str]:
    """The name of a kind of support and how the policy explains it (2.8.12)."""
    try:
        kind = in_force().support_kind(code)
    except NotInPack:
        return code, ""
    return kind.name, kind.explained


def level_named(code: str) -> str:
    try:
        level = in_force().support_level(code)
    except NotInPack:
        return code
    return f"{level.name}: {level.meaning}"


def checks_of(provider: Organisation, area: Area) -> str:
    """Whether a provider may be used, in words (2.8.13)."""
    if not must_be_checked(provider):
        return "a statutory partner"
    try:
        may_provide(provider, area)
    except Refused as why:
        return f"cannot be used: {why.why}"
    checked = last_check(provider, area)
    day = day_in_words(checked.valid_until_date if checked else today())
    approved = checked.home_office_until_date if checked else None
    also = ", approved by the Home Office" if approved and approved >= today() else ""
    return f"checked, valid until {day}{also}"


def versions(case: Case) -> list[Plan]:
    return list(case.plans.select_related("by", "agreed_by").order_by("-number"))


def shown(case: Case, number: int | None) -> Plan | None:
    """The version asked for, or the one written last."""
    wanted = case.plans.select_related("asker", "case_lead", "by", "agreed_by", "assessment")
    return wanted.filter(number=number).first() if number else wanted.last()


def given(plan: Plan) -> list[PlanGiven]:
    """When the person was given this version in plain words, the latest first."""
    return list(plan.given.order_by("-at"))


def summary(case: Case) -> str:
    """One sentence of the plan in force, or of the one written last, for the case's first page."""
    plan = plans.agreed(case) or plans.latest(case)
    if plan is None:
        return ""
    stands = "agreed" if plan.is_agreed else "not yet agreed"
    states = list(plan.pieces.values_list("state", flat=True))
    counted = [
        f"{states.count(state)} {state.label.lower()}" for state in Piece.State if state in states
    ]
    held = [
        f"{kind_named(piece.kind)[0]}: {one.held} of {one.ordered} sessions held"
        for piece in plan.pieces.exclude(state=Piece.State.PLANNED)
        if (one := sessions.count(piece))
    ]
    said = [f"Version {plan.number}, {stands}. Support: {', '.join(counted)}", *held]
    return ". ".join(said)


@dataclass(frozen=True)
class Present:
    """What is there, found of a factor or as a need of the case: a plan lists it, with support or
    with why there is none (R19). `factor`: the code that ties the plan's need to it."""

    factor: str
    name: str
    shows: str


def found_present(case: Case) -> list[Present]:
    """What the assessment that was signed last found present."""
    assessment = latest_signed(case)
    if assessment is None:
        return []
    found = assessment.findings.filter(state__in=[state.value for state in PRESENT])
    return [Present(one.factor, one.name or _factor(one.factor), one.shows) for one in found]


def to_address(case: Case) -> list[Present]:
    """What a plan addresses or explains: what was found present, then the needs of the case."""
    needs = [
        Present(code_of(one.need), one.need.get_kind_display(), one.words)
        for one in open_needs(case)
    ]
    return found_present(case) + needs


def _factor(code: str) -> str:
    try:
        return in_force().factor(code).name
    except NotInPack:
        return code


def may_ask(case: Case) -> list[User]:
    """Those who can be named to ask for consent: who write on the case."""
    return _holding(posts_that_write(case), case.area)


def may_lead(case: Case) -> list[User]:
    """Those who can lead a case, or a piece of support."""
    return _holding(frozenset(LEADS_SUPPORT) | posts_that_write(case), case.area)


def workers(area: Area) -> list[User]:
    return _holding(frozenset({Role.PROVIDER}), area)


def providers_in(area: Area) -> list[Organisation]:
    """The organisations that work in the area, or everywhere."""
    found = Organisation.objects.filter(Q(services__area=area) | Q(services=None))
    return list(found.distinct().order_by("name"))


def _holding(roles: frozenset[str], area: Area) -> list[User]:
    held = Appointment.objects.in_force(today()).filter(Q(area=area) | Q(area=None), role__in=roles)
    users = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(users.select_related("organisation").order_by("name", "pk"))
