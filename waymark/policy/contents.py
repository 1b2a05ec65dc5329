"""The whole pack and its look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from waymark.policy import document, work
from waymark.policy import form as forms
from waymark.policy import framework as frameworks


class NotInPack(LookupError):
    """The code asked for is not in the pack."""


class Coded(Protocol):
    @property
    def code(self) -> str: ...


Item = TypeVar("Item", bound=Coded)


@dataclass(frozen=True, slots=True)
class Pack:
    """One edition of the policy as data. All of it is read-only."""

    edition: document.Edition
    control: document.Control
    texts: tuple[document.Text, ...]
    work_streams: tuple[document.WorkStream, ...]
    definitions: tuple[document.Definition, ...]
    references: tuple[document.Reference, ...]
    statutes: tuple[document.Statute, ...]
    shelves: tuple[document.Shelf, ...]
    form: forms.Form
    types_of_concern: tuple[forms.TypeOfConcern, ...]
    indicators: tuple[forms.Indicator, ...]
    cautions: tuple[forms.Caution, ...]
    framework: frameworks.Framework
    days: work.Days
    limits: tuple[work.Limit, ...]
    support_kinds: tuple[work.SupportKind, ...]
    support_levels: tuple[work.Level, ...]
    consent: work.Consent
    panels: tuple[work.Panel, ...]
    before_panel: work.BeforePanel
    quorum: tuple[work.Seat, ...]
    permanent_members: tuple[work.Seat, ...]
    screening_outcomes: tuple[work.Named, ...]
    not_prevent_reasons: tuple[work.NotPreventReason, ...]
    ends: tuple[work.End, ...]
    organisation_kinds: tuple[work.OrganisationKind, ...]
    offices: tuple[work.Office, ...]
    secure_routes: tuple[work.Named, ...]
    secure_address: work.SecureAddress
    retention: tuple[work.Retention, ...]
    purposes: tuple[work.Named, ...]
    courses: tuple[work.Course, ...]
    clearance_levels: tuple[work.Named, ...]
    supervision_issues: tuple[work.Named, ...]
    ages: work.Ages = work.Ages()

    @property
    def code(self) -> str:
        """What records name as the edition they were made under."""
        return self.edition.code

    def text(self, code: str) -> document.Text:
        return self._one(self.texts, code, "text")

    def definition(self, code: str) -> document.Definition:
        return self._one(self.definitions, code, "definition")

    def reference(self, code: str) -> document.Reference:
        return self._one(self.references, code, "reference")

    def references_in(self, group: str) -> tuple[document.Reference, ...]:
        return tuple(each for each in self.references if each.group == group)

    def statute(self, code: str) -> document.Statute:
        return self._one(self.statutes, code, "statute")

    def shelf(self, code: str) -> document.Shelf:
        return self._one(self.shelves, code, "shelf of the library")

    def shelf_for(self, stage: str) -> document.Shelf:
        """What is at hand at a stage of a case."""
        for each in self.shelves:
            if stage in each.stages:
                return each
        raise NotInPack(f"The policy pack {self.code} has no shelf for the stage “{stage}”.")

    def road(self, code: str) -> forms.Road:
        return self._one(self.form.roads, code, "road")

    def reader(self, code: str) -> forms.Reader:
        return self._one(self.form.readers, code, "reader")

    def topic(self, code: str) -> forms.Topic:
        return self._one(self.form.topics, code, "topic")

    def question(self, code: str) -> forms.Question:
        return self._one(self.form.questions, code, "question")

    def questions_of(self, topic: str, road: str) -> tuple[forms.Question, ...]:
        """The questions of a topic that this road may be asked, in order."""
        return tuple(
            each for each in self.form.questions if each.topic == topic and road in each.roads
        )

    def topics_of(self, road: str) -> tuple[forms.Topic, ...]:
        """The task list of this road, in order; topics without a question are left out."""
        return tuple(each for each in self.form.topics if self.questions_of(each.code, road))

    def choices_of(self, question: forms.Question) -> tuple[forms.Choice, ...]:
        """What can be picked, wherever the pack keeps the list."""
        if question.choices_from == "types_of_concern":
            listed = tuple(forms.Choice(t.code, t.name, t.hint) for t in self.types_of_concern)
        elif question.choices_from == "organisation_kinds":
            listed = tuple(forms.Choice(kind.code, kind.name) for kind in self.organisation_kinds)
        else:
            listed = ()
        return listed + question.choices

    def indicators_of(self, dimension: str) -> tuple[forms.Indicator, ...]:
        return tuple(each for each in self.indicators if each.dimension == dimension)

    def dimension(self, code: str) -> frameworks.Dimension:
        return self._one(self.framework.dimensions, code, "dimension")

    def factor(self, code: str) -> frameworks.Factor:
        return self._one(self.framework.factors, code, "factor")

    def factors_of(self, dimension: str) -> tuple[frameworks.Factor, ...]:
        return tuple(each for each in self.framework.factors if each.dimension == dimension)

    def limit(self, code: str) -> work.Limit:
        return self._one(self.limits, code, "limit")

    def support_kind(self, code: str) -> work.SupportKind:
        return self._one(self.support_kinds, code, "kind of support")

    def support_level(self, code: str) -> work.Level:
        return self._one(self.support_levels, code, "level of support")

    def panel_of(self, area: str) -> work.Panel:
        """The panel of an area, by the area's code."""
        for each in self.panels:
            if each.area == area:
                return each
        raise NotInPack(f"The policy pack {self.code} has no panel for the area “{area}”.")

    def not_prevent_reason(self, code: str) -> work.NotPreventReason:
        return self._one(self.not_prevent_reasons, code, "reason for “not Prevent”")

    def end(self, code: str) -> work.End:
        return self._one(self.ends, code, "end of a case")

    def organisation_kind(self, code: str) -> work.OrganisationKind:
        return self._one(self.organisation_kinds, code, "kind of organisation")

    def retention_class(self, code: str) -> work.Retention:
        return self._one(self.retention, code, "retention class")

    def purpose(self, code: str) -> work.Named:
        return self._one(self.purposes, code, "purpose")

    def course(self, code: str) -> work.Course:
        return self._one(self.courses, code, "course")

    def clearance_level(self, code: str) -> work.Named:
        return self._one(self.clearance_levels, code, "level of clearance")

    def supervision_issue(self, code: str) -> work.Named:
        return self._one(self.supervision_issues, code, "issue of supervision")

    def _one(self, items: Iterable[Item], code: str, what: str) -> Item:
        for item in items:
            if item.code == code:
                return item
        raise NotInPack(f"The policy pack {self.code} has no {what} called “{code}”.")
