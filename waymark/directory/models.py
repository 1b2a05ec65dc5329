"""Who works here, and in which post: nobody holds a role but by an appointment in force."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q

from waymark.database.actor import Actor
from waymark.database.clock import real_today, today
from waymark.database.keys import random_key
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.notice import Notice as Notice  # tables of this room too
from waymark.directory.suspension import Suspension as Suspension

KEPT = Kept(Part.DIRECTORY, Controller.PARTNERSHIP, Regime.UK_GDPR, "directory")


class Role(models.TextChoices):
    """What somebody does here (2.7, 2.10)."""

    POLICE_OFFICER = "police_officer", "Police Prevent officer"
    POLICE_LEAD = "police_lead", "Police Prevent lead"
    CHAIR = "chair", "Chair of the Channel panel"
    VICE_CHAIR = "vice_chair", "Vice-chair of the Channel panel"
    COORDINATOR = "coordinator", "Prevent co-ordinator"
    ADULT_LEAD = "adult_lead", "Prevent adult lead"
    FAMILIES_LEAD = "families_lead", "Prevent families lead"
    PANEL_MEMBER = "panel_member", "Panel member"
    PARTNER = "partner", "Contact of a partner organisation"
    REFERRER = "referrer", "Professional who refers"
    SUPPORT_LEAD = "support_lead", "Lead of support"
    PROVIDER = "provider", "Support provider"
    INFORMATION_GOVERNANCE = "information_governance", "Information governance officer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator of accounts"


class Area(Record):
    """An area with a Channel panel of its own (2.10.1)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60, unique=True)

    kept = KEPT

    def __str__(self) -> str:
        return self.name


class Organisation(Record):
    """A body that takes part, of a kind of the policy pack (2.9.1)."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    public_body = models.BooleanField(default=True)
    recording_policy = models.TextField(blank=True)  # its own, clause 1.4.1
    record_kept = models.TextField(blank=True)  # where its own record of this work is

    kept = KEPT

    def __str__(self) -> str:
        return self.name


class Service(Record):
    """An organisation works in an area."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    area = models.ForeignKey(Area, models.PROTECT, related_name="services")

    kept = KEPT

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "area"], name="serves_once")]


class User(Record, AbstractBaseUser):
    """Somebody with an account. What they may do follows from their appointments."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)  # not while it is suspended
    opened_date = models.DateField(default=real_today)
    signed_in_date = models.DateField(null=True)  # the last time, by the real clock
    last_login = None

    USERNAME_FIELD = "username"
    kept = KEPT

    def __str__(self) -> str:
        return self.name

    def roles_in(self, area: "Area | None" = None) -> frozenset[str]:
        """The roles held today in `area` (None: in any), asked of the database once."""
        held = self.appointments_today()
        return frozenset(
            role for role, where in held if area is None or where is None or where == area.pk
        )

    def areas_of(self, roles: frozenset[str]) -> list[int]:
        """The areas in which any of `roles` is held today."""
        held = [where for role, where in self.appointments_today() if role in roles]
        if None in held:
            return list(Area.objects.values_list("pk", flat=True))
        return [where for where in held if where is not None]

    def appointments_today(self) -> list[tuple[str, int | None]]:
        """Each role held today, with its area's key (None: every area); asked once a day."""
        kept: dict[date, list[tuple[str, int | None]]] = self.__dict__.setdefault("_held", {})
        if today() not in kept:
            mine = Appointment.objects.in_force(today()).filter(user=self)
            kept[today()] = list(mine.values_list("role", "area_id"))
        return kept[today()]


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date) -> "AppointmentQuerySet":
        """Those held on that day. What somebody has given, a second has to have approved.

        The database's own words of the same stand in waymark/directory/sight.py.
        """
        held = self.filter(from_date__lte=on).filter(Q(until_date=None) | Q(until_date__gte=on))
        return held.filter(Q(given_by=None) | Q(approved_by__isnull=False))

    def to_approve(self, on: date) -> "AppointmentQuerySet":
        """What one administrator has given, and no other has approved or taken back."""
        waiting = self.filter(given_by__isnull=False, approved_by=None)
        return waiting.filter(Q(until_date=None) | Q(until_date__gte=on))

    def holders(self, role: str, area: Area | None, on: date) -> "AppointmentQuerySet":
        """Those who hold `role` in `area`, or in all areas, on that day."""
        return self.in_force(on).filter(Q(area=area) | Q(area=None), role=role)


class Appointment(Record):
    """Somebody holds a role, in an area or in all, from a day until another (B.1, B.2).

    `given_by`: none for those that a new installation begins with. Taken back before it was
    ever held, it ends on the day before it begins.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True)  # none: every area
    from_date = models.DateField()
    until_date = models.DateField(null=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    deputy_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AppointmentQuerySet.as_manager()
    kept = KEPT

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(until_date=None)
                | Q(until_date__gte=F("from_date") - timedelta(days=1)),
            ),
            models.CheckConstraint(
                name="appointment_given_and_approved_by_two",
                condition=Q(given_by=None) | ~Q(given_by=F("approved_by")),
            ),
            models.CheckConstraint(
                name="nobody_appoints_themselves",
                condition=(Q(given_by=None) | ~Q(given_by=F("user")))
                & (Q(approved_by=None) | ~Q(approved_by=F("user"))),
            ),
        ]


class ContactQuerySet(models.QuerySet["Contact"]):
    def current(self) -> "ContactQuerySet":
        """Those that hold now; what they followed is kept beside them."""
        return self.filter(replaced_at=None)


class Contact(Record):
    """How an office is reached (Annex B). An office can be held by two, and serve many areas.

    A change is a new row of the same `line`: the one before stays, with when it was replaced.
    """

    line = models.BigIntegerField(default=random_key)
    office = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    area = models.ForeignKey(Area, models.PROTECT, null=True)  # none: every area
    held_by = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    shared = models.BooleanField(default=True)
    secure = models.BooleanField(default=False)
    published = models.BooleanField(default=False)
    confirmed_date = models.DateField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True)  # by the next of its line, or by none
    replaced_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ContactQuerySet.as_manager()
    kept = KEPT

    class Meta:
        ordering = ["office", "organisation__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(replaced_at=None), name="one_contact_of_a_line_holds"
            ),
            models.CheckConstraint(
                name="contact_entered_at_some_time",  # nobody: a new installation
                condition=Q(entered_by=None) | Q(entered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_replaced_by_somebody_at_some_time",
                condition=Q(replaced_at=None, replaced_by=None)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False),
            ),
        ]


def person_of(actor: Actor) -> User | None:
    """The person who acts; None: a visitor or a duty does."""
    return actor if isinstance(actor, User) else None


def people_in(role: str, area: Area | None) -> list[User]:
    """Those who hold `role` in `area` today, by name."""
    held: Any = Appointment.objects.holders(role, area, today()).values("user")
    return list(User.objects.filter(pk__in=held, is_active=True).order_by("name", "pk"))


def areas_by_code() -> dict[str, Area]:
    """All areas, by their codes."""
    return {area.code: area for area in Area.objects.order_by("name")}
