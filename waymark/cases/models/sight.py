"""Who may see a case beyond what their post shows them, and who must not."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, Role, User

A_YEAR = timedelta(days=366)
KEPT = Kept(Part.SIGHT, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: datetime) -> "GrantQuerySet":
        return self.filter(from_at__lte=at).filter(Q(until_at=None) | Q(until_at__gt=at))

    def to(self, user: User) -> "GrantQuerySet":
        """Those made to `user`, by name or by a role held today at their organisation."""
        roles = user.roles_in()
        return self.filter(Q(user=user) | Q(organisation_id=user.organisation_id, role__in=roles))


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    def in_force(self, at: datetime) -> "ExclusionQuerySet":
        return self.filter(from_at__lte=at).filter(Q(until_at=None) | Q(until_at__gt=at))


class Grant(Record):
    """Somebody may see one part of a case (or one object in it), why, and until when.

    To `user`, or to whoever holds `role` at `organisation`. `object_id` narrows it to one
    request, one piece of support, one meeting.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="grants")
    part = models.CharField(max_length=20, choices=[(part.value, part.value) for part in Part])
    object_id = models.BigIntegerField(null=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="grants")
    role = models.CharField(max_length=30, choices=Role, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_hand = models.BooleanField(null=True)  # else by the work
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = GrantQuerySet.as_manager()
    kept = KEPT

    class Meta:
        indexes = [
            models.Index(fields=["user", "part", "case"], name="grants_to_one"),
            models.Index(fields=["organisation", "role", "part"], name="grants_to_a_post"),
            models.Index(fields=["case"], name="grants_on_a_case"),
        ]
        constraints = [
            models.CheckConstraint(
                name="granted_to_a_person_or_a_post",
                condition=Q(user__isnull=False, role="", organisation=None)
                | (Q(user=None, organisation__isnull=False) & ~Q(role="")),
            ),
            models.CheckConstraint(
                name="nobody_grants_to_themselves",
                condition=Q(user=None) | ~Q(user=F("given_by")),
            ),
            models.CheckConstraint(
                name="granted_by_hand_for_a_year_at_most",
                condition=Q(by_hand=None)
                | Q(user__isnull=False, until_at__lte=F("from_at") + A_YEAR),
            ),
        ]


class Exclusion(Record):
    """Somebody must not see a case: a relative, a neighbour, a former partner. It beats a grant.

    Two people set it and two end it. It hides from `from_at` on: at once where a police lead or
    chair proposes it, else once it is confirmed. DECLARED: they said themselves that they know
    the person, and only those who were told of it let it end.
    """

    class Kind(models.TextChoices):
        RELATIVE = "relative", "A relative"
        PARTNER = "partner", "A partner, or a former partner"
        NEIGHBOUR = "neighbour", "A neighbour or a friend"
        OTHER = "other", "Somebody else who knows the person"
        DECLARED = "declared", "Said themselves that they know the person"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    why = models.TextField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    told = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    end_asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    end_asked_at = models.DateTimeField(null=True)
    end_why = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ExclusionQuerySet.as_manager()
    kept = KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(until_at=None), name="excluded_once"
            ),
            models.CheckConstraint(
                name="exclusion_confirmed_by_somebody_else",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("set_by"))
                    & ~Q(confirmed_by=F("user"))
                ),
            ),
            models.CheckConstraint(
                name="exclusion_end_asked_by_somebody_at_some_time",
                condition=Q(end_asked_by=None, end_asked_at=None)
                | Q(end_asked_by__isnull=False, end_asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_ends_their_own_exclusion",
                condition=Q(ended_by=None)
                | (
                    ~Q(ended_by=F("user")) & (Q(end_asked_by=None) | ~Q(ended_by=F("end_asked_by")))
                ),
            ),
        ]


class NamedPersonQuerySet(models.QuerySet["NamedPerson"]):
    def now(self) -> "NamedPersonQuerySet":
        """Those who are named today."""
        return self.filter(until_at=None)


class NamedPerson(Record):
    """Somebody for whom a restricted case is there: their post shows it to them as ever."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="named_people")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(blank=True)

    objects = NamedPersonQuerySet.as_manager()
    kept = KEPT

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(until_at=None), name="named_once"
            ),
            models.CheckConstraint(
                name="named_until_after_from",
                condition=Q(until_at=None, ended_by=None)
                | (Q(until_at__gte=F("from_at"), ended_by__isnull=False) & ~Q(ended_why="")),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "case"], condition=Q(until_at=None), name="named_to_one")
        ]
