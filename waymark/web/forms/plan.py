"""The questions of a support plan: needs, pieces of support, and how consent is asked."""

from collections.abc import Mapping
from typing import Any

from django import forms

from waymark.cases.models import Case
from waymark.directory.models import User
from waymark.directory.permission import permits
from waymark.policy.pack import in_force
from waymark.support.plan_checks import NeedSaid, PieceSaid, PlanSaid
from waymark.support.providers import may_provide
from waymark.support.reading import plans as reading
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, asked
from waymark.web.forms.plan_begun import OWN_NEEDS
from waymark.web.forms.plan_fields import SEEN, own_need, prose, safely, select, what, when, who
from waymark.web.sections import Section, Sectioned

PIECE = (
    "kind", "need", "aim", "answers_how", "locally", "works_how", "level", "level_why",
    "whole_family", "brief", "lead", "provider", "worker", "rhythm", "sessions", "from_date",
    "until_date", "risk_to_worker", "risk_done", "safe_contact",
)  # fmt: skip


class PlanForm(Sectioned):
    """`pieces`: how many pieces of support are asked for, from 1 on."""

    def __init__(self, data: Any, *, case: Case, pieces: int, **options: Any):
        super().__init__(data, version=case.version, **options)
        self.case, self.pieces = case, pieces
        self.found = reading.to_address(case)
        self.people: dict[str, User] = {}
        bodies = reading.providers_in(case.area)
        self.bodies = {str(one.pk): one for one in bodies if permits(may_provide, one, case.area)}
        self.not_now = [one for one in bodies if str(one.pk) not in self.bodies]
        self.askers = self._people(reading.may_ask(case))
        self.leads = self._people(reading.may_lead(case))
        self.workers = self._people(reading.workers(case.area))
        self.fields |= self._support() | self._consent() | self._own_words()
        for number in range(len(self.found)):
            self.fields |= self._found_need(number)
        for number in range(OWN_NEEDS):
            self.fields |= own_need(number)
        for number in range(pieces):
            self.fields |= self._piece(number)

    def _people(self, users: list[User]) -> list[tuple[str, str]]:
        self.people |= {str(one.pk): one for one in users}
        return [(str(one.pk), f"{one.name}, {one.organisation.name}") for one in users]

    # ---- what is asked

    def _support(self) -> dict[str, forms.Field]:
        levels = in_force().support_levels
        return {
            "level": Choice(
                label="At which level is support given?",
                choices=[(level.code, level.name) for level in levels],
                hints={level.code: level.meaning for level in levels},
                error_messages={"required": "Select at which level support is given"},
            ),
            "level_why": prose(
                "Why would a lower level not do?", "why a lower level would not do",
                required=False, help_text="Needed for all but everyday services.",
            ),
            "risks_to_providers": prose(
                "What are the risks to those who give support?",
                "what the risks to those who give support are",
                help_text="Or that there are none, and why.",
            ),
            "case_lead": select(
                "Who is the named lead of the case while it is supported?", self.leads,
                "who leads the case",
            ),
        }  # fmt: skip

    def _consent(self) -> dict[str, forms.Field]:
        return {
            "asker": select("Who asks for consent?", self.askers, "who asks for consent"),
            "ask_how": prose(
                "How is consent asked?", "how consent is asked",
                help_text="Where, with whom, in which words: nobody is accused of anything. Not by"
                " somebody of the police, unless the person chooses that.",
            ),
            "ask_by_date": DateField(
                label="By which day?", called="The day by which consent is asked", future=True,
                error_messages={"required": "Enter by which day consent is asked"},
            ),
        }  # fmt: skip

    def _own_words(self) -> dict[str, forms.Field]:
        """The person is heard before the panel meets, or it is said why not yet."""
        return {
            "own_words": prose(
                "What does the person say of this plan, in their own words?", "what they say",
                required=False,
            ),
            "no_words_why": prose(
                "If there are no words of theirs yet: why not, and when are they asked?",
                "why not", required=False, rows=2,
            ),
            "heard_by": asked(
                forms.CharField(
                    label="Who asked them, or will?", max_length=200,
                    error_messages={"required": "Enter who asked them, or will"},
                ),
                who_sees=SEEN,
            ),
        }  # fmt: skip

    def _found_need(self, number: int) -> dict[str, forms.Field]:
        one = self.found[number]
        return {
            f"found_{number}": prose(
                f"{one.name}: what is to be addressed?", f"what is to be addressed of “{one.name}”",
                initial=one.shows,
            ),
            f"found_{number}_not": prose(
                "If no support below addresses it: why not?", "why not", required=False, rows=2,
            ),
        }  # fmt: skip

    def _piece(self, number: int) -> dict[str, forms.Field]:
        area = self.case.area
        bodies = [
            (key, f"{one.name} ({reading.checks_of(one, area)})")
            for key, one in self.bodies.items()
        ]
        missing = ", ".join(one.name for one in self.not_now)
        not_now = f"Their checks are missing or out of date: {missing}." if missing else ""
        support = who(self.leads, bodies, self.workers, not_now=not_now)
        fields = what(self._needs()) | support | when() | safely()
        return {f"p{number}_{name}": field for name, field in fields.items()}

    def _needs(self) -> list[tuple[str, str]]:
        own = [(f"own_{n}", f"Further need {n + 1}") for n in range(OWN_NEEDS)]
        return [(f"found_{n}", one.name) for n, one in enumerate(self.found)] + own

    # ---- how it stands on the page

    def sections(self) -> list[Section]:
        found = [f"found_{n}{end}" for n in range(len(self.found)) for end in ("", "_not")]
        own = [f"own_{n}{end}" for n in range(OWN_NEEDS) for end in ("_kind", "", "_not")]
        thresholds = in_force().text("thresholds")
        return [
            Section("Needs, behaviours and risks", found, clause="2.1.5",
                    lead="Everything that the assessment found present, and every need of the case"
                    " that is there, is addressed, or it is said why not."),
            Section("Further needs", own, clause="2.8.8", lead="Leave empty what is not needed."),
            Section("Level", ["level", "level_why", "risks_to_providers", "case_lead"],
                    clause="2.8.10", lead="Early, and at the lowest level that will do. "
                    + " ".join(thresholds.paragraphs)),
            *(Section(f"Support {n + 1}", [f"p{n}_{name}" for name in PIECE], clause="2.8.6")
              for n in range(self.pieces)),
            Section("The person’s own words", ["own_words", "no_words_why", "heard_by"],
                    clause="2.8.4", lead="The panel reads them beside the plan."),
            Section("Consent", ["asker", "ask_how", "ask_by_date"], clause="2.10.4",
                    lead="No support starts before consent is given."),
        ]  # fmt: skip

    # ---- what does not fit together

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for number in range(self.pieces):
            self._fits(f"p{number}_", given)
        if not given.get("own_words") and not given.get("no_words_why"):
            wrong = "Enter what the person says of this plan, or below why there are no words yet"
            self.add_error("own_words", wrong)
        return given

    def _fits(self, piece: str, given: Mapping[str, Any]) -> None:
        """One piece: its sessions and their rhythm, its days, its worker and their employer."""
        sessions, since = given.get(f"{piece}sessions"), given.get(f"{piece}from_date")
        if given.get(f"{piece}rhythm") == "once" and sessions not in (None, 1):
            self.add_error(f"{piece}sessions", "Enter 1, or choose how often sessions are held")
        until = given.get(f"{piece}until_date")
        if since and until and until < since:
            self.add_error(f"{piece}until_date", "The last day must be the first day or later")
        worker = self.people.get(given.get(f"{piece}worker") or "")
        body = self.bodies.get(given.get(f"{piece}provider") or "")
        if worker and body and worker.organisation_id != body.pk:
            wrong = f"Select somebody who works for {body.name}, or nobody"
            self.add_error(f"{piece}worker", wrong)

    # ---- what was said

    def said(self) -> PlanSaid:
        given = self.cleaned_data
        needs, at = self._said_needs(given)
        return PlanSaid(
            level=given["level"], level_why=given["level_why"],
            risks_to_providers=given["risks_to_providers"], ask_how=given["ask_how"],
            own_words=given["own_words"], no_words_why=given["no_words_why"],
            heard_by=given["heard_by"],
            ask_by_date=given["ask_by_date"], asker=self.people[given["asker"]],
            case_lead=self.people[given["case_lead"]], needs=needs,
            pieces=[self._said_piece(number, given, at) for number in range(self.pieces)],
        )  # fmt: skip

    def _said_needs(self, given: Mapping[str, Any]) -> tuple[list[NeedSaid], dict[str, int]]:
        """The needs, and at which position each stands."""
        needs: list[NeedSaid] = []
        at: dict[str, int] = {}
        for number, one in enumerate(self.found):
            at[f"found_{number}"] = len(needs)
            why_not = given[f"found_{number}_not"]
            needs.append(NeedSaid("need", given[f"found_{number}"], one.factor, why_not))
        for number in range(OWN_NEEDS):
            if words := given[f"own_{number}"]:
                at[f"own_{number}"] = len(needs)
                kind = given[f"own_{number}_kind"]
                needs.append(NeedSaid(kind, words, "", given[f"own_{number}_not"]))
        return needs, at

    def _said_piece(self, number: int, given: Mapping[str, Any], at: dict[str, int]) -> PieceSaid:
        said = {name: given[f"p{number}_{name}"] for name in PIECE}
        worker = self.people.get(said.pop("worker"))
        lead, body = self.people[said.pop("lead")], self.bodies[said.pop("provider")]
        need, family = at.get(said.pop("need"), -1), said.pop("whole_family") == "yes"
        return PieceSaid(
            **said, need=need, lead=lead, provider=body, provider_user=worker, whole_family=family
        )
