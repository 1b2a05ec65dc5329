"""The questions of asking for consent, of an answer, and of what follows a no."""

from typing import Any

from django import forms

from waymark.cases.models import Case
from waymark.directory.models import User
from waymark.people.age import is_adult
from waymark.policy.pack import in_force
from waymark.support.consent.asking import (
    MOST_UNINVITED,
    AskingSaid,
    is_police,
    rounds_without_a_yes,
)
from waymark.support.models import Answerer
from waymark.support.reading import plans as reading
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.forms.plan_fields import choose_from, select
from waymark.web.sections import Section, Sectioned

SEEN = "those who write on this case, and the panel"
WHO = [("person", "The person"), ("parent", "A parent or guardian")]
ANSWERS = [
    ("given", "Yes: consent is given"),
    ("refused", "No: consent is refused"),
    ("capacity_lacking", "They cannot decide this now"),
]


class AnswerForm(Sectioned):
    """Who answered, by what authority, what, how they were asked, and when."""

    kind = Choice(
        label="Who answered?",
        choices=WHO,
        reveals={"parent": ("name", "evidence")},
        error_messages={"required": "Select who answered"},
    )
    name = asked(
        forms.CharField(
            label="Name of the parent or guardian", max_length=200,
            error_messages={"required": "Enter the name of the parent or guardian"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    evidence = select(
        "What shows that they have parental responsibility?", [], "what shows it", required=False,
        help_text="Needed for a yes. A no counts without it.",
    )  # fmt: skip
    authority = asked(
        forms.CharField(
            label="How do we know that they may answer?", max_length=200,
            help_text="Such as: 18 or over and able to decide; parental responsibility, as seen on"
            " an order.",
            error_messages={"required": "Enter how we know that they may answer"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    state = Choice(
        label="What did they answer?",
        choices=ANSWERS,
        error_messages={"required": "Select what they answered"},
    )
    doubt = Choice(
        label="Are there grounds to doubt that they can decide this?",
        help_text="Of somebody of 16 or over. The Mental Capacity Act 2005 says that everybody is"
        " taken to be able to decide until it is shown otherwise.",
        choices=[("no", "No"), ("yes", "Yes")],
        initial="no",
        required=False,
        reveals={"yes": "capacity_steps"},
    )
    capacity_steps = Prose(
        label="What was done to help them decide for themselves?",
        help_text="Such as plain words, pictures, more time, or somebody they trust.",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter what was done to help them decide for themselves"},
    )
    how = Prose(
        label="How were they asked, who asked, and what did they say?",
        help_text="Say whether the notice was read or heard, and who was there.",
        who_sees=SEEN,
        error_messages={"required": "Enter how they were asked and what they said"},
    )
    answered_date = DateField(
        label="On which day did they answer?",
        called="The day of the answer",
        past=True,
        error_messages={"required": "Enter on which day they answered"},
    )

    def __init__(self, data: Any, *, version: int, parent: str = ""):
        super().__init__(data, version=version)
        self.fields["name"].initial = parent  # where one parent is known to answer
        kinds = [(one.code, f"{one.name}: {one.meaning}") for one in in_force().consent.evidence]
        choose_from(self.fields["evidence"], kinds)

    def sections(self) -> list[Section]:
        names = ["kind", "authority", "state", "doubt", "how", "answered_date"]
        return [Section("The answer", names)]


def words(label: str, wrong: str, **more: Any) -> Prose:
    rows = more.pop("rows", 2)
    message = {"required": f"Enter {wrong}"}
    return Prose(label=label, who_sees=SEEN, rows=rows, error_messages=message, **more)


class ArrangeForm(Sectioned):
    """Who asks, who goes along, where, in which words, and the risk of the visit."""

    asker = select(
        "Who asks?", [], "who asks",
        help_text="Somebody whom the person trusts. Not in uniform, and not by somebody of the"
        " police unless the person chooses that.",
    )  # fmt: skip
    police_why = words(
        "If it is somebody of the police: how did the person choose that?", "how they chose that",
        required=False,
    )  # fmt: skip
    along = words("Who goes along?", "who goes along", help_text="Or nobody, and why.")
    place = words("Where is it asked?", "where it is asked",
                  help_text="Where the person feels safe, and others do not listen.")  # fmt: skip
    planned_date = DateField(
        label="On which day?", called="The day of the visit", future=True,
        error_messages={"required": "Enter on which day it is asked"},
    )  # fmt: skip
    interpreter = words("Is an interpreter needed?", "whether an interpreter is needed",
                        help_text="In which language or sign language, and who. Not family."
                        " Or that none is needed.")  # fmt: skip
    how = words("How is it asked, and in which words?", "how it is asked",
                rows=3, help_text="The notice is shown or read. What else helps?")  # fmt: skip
    visit_risk = words(
        "What is the risk of the visit, and what is done about it?", "the risk of the visit",
        help_text="To whoever goes, and to the person if others at home learn of it.",
    )  # fmt: skip
    invited = words(
        "If they said no before: did the person invite you to ask again, and in which words?",
        "their words", required=False,
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data, version=case.version)
        people = reading.may_ask(case)
        self.people = {str(one.pk): one for one in people}
        choose_from(self.fields["asker"], [
            (str(one.pk), f"{one.name}, {one.organisation.name}"
             + (" (police)" if is_police(one, case) else "")) for one in people
        ])  # fmt: skip
        before = rounds_without_a_yes(case)
        if not before:
            del self.fields["invited"]
        elif before >= MOST_UNINVITED:
            self.fields["invited"].help_text = "Needed: they were asked twice already."

    def sections(self) -> list[Section]:
        return [
            Section("Who", ["asker", "police_why", "along"], clause="2.4.10"),
            Section("When, where and how", ["planned_date", "place", "interpreter", "how"]),
            Section("With care", ["visit_risk", "invited"]),
        ]

    def said(self) -> AskingSaid:
        given = self.cleaned_data
        names = ("along", "place", "interpreter", "visit_risk", "how", "planned_date", "police_why")
        asker: User = self.people[given["asker"]]
        said = {name: given[name] for name in names}
        return AskingSaid(asker=asker, invited=given.get("invited", ""), **said)


class AskedForm(Questions):
    """That the visit was made; of somebody under 18, who was there and whether a parent knew."""

    asked_date = DateField(
        label="On which day was it asked?", called="The day of the visit", past=True,
        error_messages={"required": "Enter on which day it was asked"},
    )  # fmt: skip
    with_them = words("Who was with the young person?", "who was with the young person",
                      help_text="Or that nobody was, and why.")  # fmt: skip
    parent_knew = Choice(
        label="Did a parent or guardian know that they would be asked?",
        choices=[("yes", "Yes"), ("no", "No")],
        reveals={"no": "approved_by"},
        error_messages={"required": "Select whether a parent or guardian knew"},
    )
    approved_by = words("Who approved that no parent knew, and why?", "who approved it, and why")

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data, version=case.version)
        if is_adult(case.person):
            for name in ("with_them", "parent_knew", "approved_by"):
                del self.fields[name]


class ApartForm(Questions):
    answerer = select("Who?", [], "who it is")
    why = words(
        "What implicates them, or what excludes them?", "what implicates or excludes them", rows=3,
        help_text="Such as: the concern is about what they teach the child; a court order.",
    )  # fmt: skip

    def __init__(self, data: Any, *, version: int, answerers: list[Answerer]):
        super().__init__(data, version=version)
        self.answerers = {str(one.pk): one for one in answerers}
        choices = [(key, one.name) for key, one in self.answerers.items()]
        choose_from(self.fields["answerer"], choices)


class HelpForm(Questions):
    """`advised`: two disagree, or the person cannot decide: advice is taken first."""

    offered = words(
        "What help was offered that needs no consent?", "what help was offered", rows=4,
        help_text="What it is, who gives it, and how to get it. Or why there is nothing.",
    )  # fmt: skip
    advice_from = asked(
        forms.CharField(
            label="Whose advice was taken?", max_length=200,
            help_text="Such as the council’s lawyer, the safeguarding lead or social care.",
            error_messages={"required": "Enter whose advice was taken"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    advice = words("What did they advise?", "what they advised", rows=3)

    def __init__(self, data: Any, *, version: int, advised: bool):
        super().__init__(data, version=version)
        self.fields["advice_from"].required = self.fields["advice"].required = advised
