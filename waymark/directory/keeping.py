"""Keeping the directory: areas and organisations, entered by an administrator (1.1.3, B.1)."""

from collections.abc import Sequence

from waymark.audit.events import record
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now
from waymark.directory.models import (
    Appointment,
    Area,
    Organisation,
    Role,
    Service,
    User,
)
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force

CLAUSE = "B.1"
INSTALLATION = Duty("installation")  # a new installation, until it has its first administrators


def may_keep(by: Actor) -> None:
    """An administrator; and the installation itself, until it has its first two."""
    if isinstance(by, User) and Role.ADMINISTRATOR in by.roles_in():
        return
    if by == INSTALLATION and is_new():
        return
    raise Refused(
        "Keeping the directory is not yours to do", clause=CLAUSE,
        until="Ask an administrator of accounts.",
    )  # fmt: skip


def is_new() -> bool:
    """Whether nobody has ever been made administrator here."""
    return not Appointment.objects.filter(role=Role.ADMINISTRATOR).exists()


@act
def enter_area(*, by: Actor, code: str, name: str) -> Area:
    """Enter an area that has a Channel panel of its own. `code`: the policy pack's."""
    may_keep(by)
    if Area.objects.filter(code=code).exists():
        raise Refused(f"There is an area “{code}” already", clause="2.10.1")
    area = Area.objects.create(code=code, name=name)
    record("area_entered", by=by, at=now(), row=area)
    return area


@act
def enter_organisation(
    *, by: Actor, name: str, kind: str, areas: Sequence[Area] = (), public_body: bool = True,
    recording_policy: str = "", record_kept: str = "",
) -> Organisation:  # fmt: skip
    """Enter a body that takes part (2.9.1), with the areas that it works in; none: in all.

    `kind`: one of the policy pack's. `record_kept`: where its own record of this work is (1.4.1).
    """
    may_keep(by)
    if kind not in {one.code for one in in_force().organisation_kinds}:
        raise Refused(f"The policy names no kind of partner “{kind}”", clause="2.9.1")
    if Organisation.objects.filter(name=name).exists():
        raise Refused(f"{name} has been entered already", clause="2.9.1")
    made = Organisation.objects.create(
        name=name, kind=kind, public_body=public_body, recording_policy=recording_policy,
        record_kept=record_kept,
    )  # fmt: skip
    record("organisation_entered", by=by, at=now(), row=made)
    _serve(made, areas, by=by)
    return made


@act
def change_organisation(
    organisation: Organisation, *, by: User, name: str, recording_policy: str, record_kept: str,
    also_in: Sequence[Area] = (),
) -> Organisation:  # fmt: skip
    """Bring a body up to date: its name, its own recording policy, where its record is (1.4.1).

    `also_in`: areas that it works in from now on, beside those that it has.
    """
    may_keep(by)
    one = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Organisation.objects.filter(name=name).exclude(pk=one.pk).exists():
        raise Refused(f"{name} has been entered already", clause="2.9.1")
    one.name, one.recording_policy, one.record_kept = name, recording_policy, record_kept
    one.save(update_fields=["name", "recording_policy", "record_kept"])
    record("organisation_changed", by=by, at=now(), row=one)
    _serve(one, also_in, by=by)
    return one


def _serve(organisation: Organisation, areas: Sequence[Area], *, by: Actor) -> None:
    for area in areas:
        service = Service.objects.create(organisation=organisation, area=area)
        record("service_entered", by=by, at=now(), row=service)
