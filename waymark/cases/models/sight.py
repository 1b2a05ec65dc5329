"""Who may see a case beyond what their post shows them, and who must not."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, Role, User

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
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

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
        ]


class Exclusion(Record):
    """Somebody must not see a case: a relative, a neighbour, a former partner. It beats a grant."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = ExclusionQuerySet.as_manager()
    kept = KEPT
