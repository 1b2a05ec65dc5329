"""What is asked of a provider: its checks, one check anew, and why it is suspended."""

from typing import Any

from django import forms

from waymark.database.clock import today
from waymark.policy.pack import in_force
from waymark.support.models import Established, ProviderCheck
from waymark.support.vetting.checks import ESTABLISHED, Apart, Scope
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked
from waymark.web.sections import Section, Sectioned

WORKS_WITH = [("children", "Children and young people under 18"), ("adults", "Adults")]

SEEN = "chair, co-ordinator, leads and police of every area, and the provider"


class CheckForm(Sectioned):
    """Every check at once, as for a provider that is new here."""

    passed = Choice(
        label="Can this provider be used?",
        choices=[("yes", "Yes: every check is passed"), ("no", "No")],
        error_messages={"required": "Select whether this provider can be used"},
    )
    dbs_date = DateField(
        label="Date of the DBS check", called="The date of the DBS check", past=True, required=False
    )
    dbs_level = Choice(
        label="Level of the DBS check", choices=ProviderCheck.Level.choices,
        initial=ProviderCheck.Level.ENHANCED.value, required=False,
    )  # fmt: skip
    valid_until_date = DateField(
        label="Until when are the checks valid?",
        called="The date until which the checks are valid",
        help_text="The first day on which one of them must be made again. Afterwards each can be"
        " made anew, with a day of its own.",
        error_messages={"required": "Enter until when the checks are valid"},
    )
    works_with = Choices(label="Whom may it work with?", choices=WORKS_WITH, required=False)
    kinds = Choices(label="Which kinds of support may it give?", choices=[], required=False)
    home_office_until_date = DateField(
        label="Until when does the Home Office approve it for mentoring about ideology?",
        called="The date until which the Home Office approves it",
        help_text="Leave this empty if it is not approved.",
        required=False,
    )

    def __init__(self, data: Any, *, before: ProviderCheck | None):
        super().__init__(data)
        for name, what in ESTABLISHED.items():
            self.fields[name] = Prose(
                label=f"How did the panel establish {what}?", who_sees=SEEN, rows=2, required=False,
                help_text="On what evidence, and whose.",
                initial=getattr(before, name) if before else "",
            )  # fmt: skip
        kinds = [(kind.code, kind.name) for kind in in_force().support_kinds]
        asked_kinds = self.fields["kinds"]
        assert isinstance(asked_kinds, Choices)
        asked_kinds.choices = kinds
        self._begin(before, [code for code, _ in kinds])

    def _begin(self, before: ProviderCheck | None, every: list[str]) -> None:
        """What it may be used for: as before, else for everything."""
        self.fields["kinds"].initial = (before.kinds if before else []) or every
        may = (before.with_children, before.with_adults) if before else (True, True)
        whom = zip(("children", "adults"), may, strict=True)
        self.fields["works_with"].initial = [who for who, works in whom if works]
        if before:
            self.fields["home_office_until_date"].initial = before.home_office_until_date

    def clean(self) -> dict[str, Any]:
        """Who can be used has passed every check, and the DBS has a date."""
        given = self.cleaned_data
        if given.get("passed") != "yes":
            return given
        for name, what in ESTABLISHED.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, f"Enter how the panel established {what}")
        for name, wrong in (
            ("dbs_date", "Enter the date of the DBS check"),
            ("dbs_level", "Select the level of the DBS check"),
            ("works_with", "Select whom it may work with"),
            ("kinds", "Select which kinds of support it may give"),
        ):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, wrong)
        return given

    def sections(self) -> list[Section]:
        dbs = ["dbs_date", "dbs_level"]
        return [
            Section("What was established", [*ESTABLISHED]),
            Section("DBS check", dbs),
            Section("What it may be used for", ["works_with", "kinds", "home_office_until_date"]),
            Section("Outcome", ["valid_until_date", "passed"]),
        ]

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        whom = given.get("works_with") or []
        scope = Scope(
            kinds=given.get("kinds") or [], with_children="children" in whom,
            with_adults="adults" in whom, home_office_until_date=given["home_office_until_date"],
        )  # fmt: skip
        plain = {name: given[name] for name in (*ESTABLISHED, "dbs_date", "valid_until_date")}
        return plain | {
            "passed": given["passed"] == "yes",
            "dbs_level": given.get("dbs_level") or "",
            "scope": scope,
        }


class RenewForm(Questions):
    """One check, made anew."""

    how = Prose(
        label="On what evidence?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter on what evidence"},
    )  # fmt: skip
    dbs_level = Choice(
        label="Level of the DBS check", choices=ProviderCheck.Level.choices,
        error_messages={"required": "Select the level of the DBS check"},
    )  # fmt: skip
    by_whom = asked(
        forms.CharField(
            label="Who made this check?", max_length=200, help_text="Name and post.",
            error_messages={"required": "Enter who made this check"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    on_date = DateField(
        label="On which day was it made?", called="The day of the check", past=True,
        error_messages={"required": "Enter on which day it was made"},
    )  # fmt: skip
    until_date = DateField(
        label="Until when does it hold?", called="The day until which it holds", future=True,
        error_messages={"required": "Enter until when it holds"},
    )  # fmt: skip

    def __init__(self, data: Any, *, what: str):
        super().__init__(data)
        del self.fields["how" if what == Established.What.DBS else "dbs_level"]
        self.fields["on_date"].initial = today()

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "how": given.get("how", ""),
            "dbs_level": given.get("dbs_level", ""),
            "apart": Apart(given["by_whom"], given["on_date"], given["until_date"]),
        }


class SuspendForm(Questions):
    why = Prose(
        label="Why is this provider suspended?",
        who_sees="chairs, co-ordinators, leads and police; not the provider",
        help_text="Do not name a person who gets support.",
        error_messages={"required": "Enter why this provider is suspended"},
    )
    look_again_date = DateField(
        label="When is it looked at again?",
        called="The day on which it is looked at again",
        future=True,
        help_text="The suspension does not end by itself on that day.",
        error_messages={"required": "Enter when it is looked at again"},
    )


class LiftForm(Questions):
    why = Prose(
        label="Why can the suspension be lifted?",
        who_sees="chairs, co-ordinators, leads and police; not the provider",
        error_messages={"required": "Enter why the suspension can be lifted"},
    )
