"""What waits: for whom, until when, and where its lapse is seen."""

from datetime import date

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, Role, User


class TaskQuerySet(models.QuerySet["Task"]):
    def waiting(self) -> "TaskQuerySet":
        return self.filter(done_at=None)

    def of(self, user: User) -> "TaskQuerySet":
        """What waits for `user`: given by name, or to a post that they hold today."""
        mine = Q(user=user)
        for role, area in user.appointments_today():
            posted = Q(user=None, role=role)
            mine |= posted if area is None else posted & (Q(area=area) | Q(area=None))
        return self.filter(mine)


class Task(Record):
    """Something to do by a date, fixed when made: reassigning never resets it (R38).

    It waits for `user`, or for whoever holds `role` in `area`. `subject_id`: the screening that
    it is about, where there is no case yet. `object_id`: what it acts on (a request, an exit).
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="tasks")
    subject_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=30, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")  # none: every area
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="tasks")
    object_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=200)
    clause = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)

    objects = TaskQuerySet.as_manager()
    kept = Kept(Part.CASE, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [
            models.CheckConstraint(
                name="task_done_by_somebody_at_some_time",  # nobody: a visitor or a duty did it
                condition=Q(done_by=None) | Q(done_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["role", "area", "due_date", "id"],
                condition=Q(done_at=None),
                name="tasks_of_a_post",
            ),
            models.Index(
                fields=["user", "due_date", "id"], condition=Q(done_at=None), name="tasks_of_one"
            ),
            models.Index(fields=["case"], name="tasks_of_a_case"),
        ]

    def is_overdue(self, on: date) -> bool:
        return self.done_at is None and self.due_date < on
