"""The assessment of vulnerability: evidence for each finding, and never a sum (2.2, 2.3)."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.cast import Cast, acting
from tests.story import Story
from tests.words import FOUND, SUMMED_UP, risk_said
from waymark.assessments import second_risk, sheet, signing, writing
from waymark.assessments.evidence import Proof
from waymark.assessments.findings import Found
from waymark.assessments.latest import latest_signed, unfinished
from waymark.assessments.models import Assessment, Evidence, Finding
from waymark.assessments.writing import Written
from waymark.cases.models import Case, Stage, Task
from waymark.database.clock import today
from waymark.directory.permission import Changed, Refused
from waymark.policy.pack import in_force

SEEN = Proof("Sits apart", "The form tutor")
WORDS = {"CharField", "TextField", "BooleanField", "DateField", "DateTimeField", "BinaryField"}
OWN_WORD = Proof("Says that he never did", "Robin", self_report=True)


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).partners_answered()


@pytest.fixture
def begun(story: Story, essex: Cast) -> Assessment:
    return writing.start(story.case, by=acting(essex.police_officer))


def save(begun: Assessment, *found: Found, **texts: str) -> Assessment:
    return writing.save(begun, by=begun.by, written=Written(found, texts))


def test_states_and_kinds_are_those_of_the_policy() -> None:
    framework = in_force().framework
    assert {one.code for one in framework.finding_states} == set(Finding.State.values)
    assert {one.code for one in framework.evidence_kinds} == set(Evidence.Kind.values)


# ---- writing


def test_every_factor_is_not_yet_known_until_something_is_found(begun: Assessment) -> None:
    parts = sheet.sheet(begun)
    assert [(part.code, len(part.lines)) for part in parts] == [
        ("engagement", 13), ("intent", 6), ("capability", 3),
    ]  # fmt: skip
    assert {line.says for part in parts for line in part.lines} == {"Not yet known"}


def test_it_is_saved_unfinished_and_continued_by_a_colleague(
    begun: Assessment, story: Story, essex: Cast
) -> None:
    save(begun, Found("E3", "partly", evidence=[SEEN]), engagement="Wants to belong")
    again = writing.start(story.case, by=acting(essex.police_lead))
    assert again.pk == begun.pk
    saved = writing.save(again, by=essex.police_lead, written=Written(texts={"intent": "None"}))
    assert (saved.engagement, saved.intent) == ("Wants to belong", "None")
    assert saved.findings.get().evidence.get().source == "The form tutor"
    assert latest_signed(story.case) is None


def test_the_second_of_two_loses_nothing_and_is_told(begun: Assessment, essex: Cast) -> None:
    seen = begun.texts_version
    writing.save(begun, by=essex.police_officer, written=Written(texts={"intent": "A"}))
    with pytest.raises(Changed, match="Somebody else saved"):
        writing.save(
            begun, by=acting(essex.police_lead), written=Written(texts={"intent": "B"}),
            version=seen,
        )  # fmt: skip
    assert Assessment.objects.get(pk=begun.pk).intent == "A"


def test_a_factor_of_this_cases_own_stands_beside_the_frameworks(begun: Assessment) -> None:
    with pytest.raises(Refused, match=r"needs a name, its dimension and a reason \(2\.2\.5\)"):
        save(begun, Found("own-1", "partly", evidence=[SEEN]))
    save(
        begun,
        Found(
            "own-1",
            "partly",
            evidence=[SEEN],
            name="Late hours online",
            dimension="engagement",
            added_why="It is how he meets them",
        ),
    )
    engagement = sheet.sheet(begun)[0]
    assert [line.name for line in engagement.lines][13:] == ["Late hours online"]


@pytest.mark.parametrize(
    "proof, why",
    [
        (Proof("", "The tutor"), "needs its words and where it comes from"),
        (Proof("Seen", " "), "needs its words and where it comes from"),
        (Proof("Seen", "The tutor", kind="rumour"), "fact, opinion or allegation"),
    ],
)
def test_evidence_names_its_source_and_kind(begun: Assessment, proof: Proof, why: str) -> None:
    with pytest.raises(Refused, match=rf"{why}.*2\.3\.5"):
        save(begun, Found("E3", "partly", evidence=[proof]))
    assert not Finding.objects.exists()


def test_evidence_taken_out_goes_and_the_rest_stays(begun: Assessment) -> None:
    other = Proof("Missed nine days", "The register")
    save(begun, Found("E3", "partly", evidence=[SEEN, other]))
    kept = Evidence.objects.get(words="Sits apart").pk
    save(begun, Found("E3", "strongly", evidence=[SEEN]))
    assert [one.pk for one in Evidence.objects.all()] == [kept]


# ---- signing


def summed(begun: Assessment, *found: Found, **differs: str) -> Assessment:
    return save(begun, *found, **SUMMED_UP | differs)


def test_a_signed_assessment_is_what_decisions_rest_on(
    begun: Assessment, story: Story, essex: Cast
) -> None:
    signed = signing.sign(summed(begun, *FOUND), by=essex.police_officer)
    assert latest_signed(story.case) == signed
    assert unfinished(story.case) is None
    assert Task.objects.waiting().filter(kind="repeat_assessment").count() == 1


def test_nothing_that_is_signed_is_changed_again(begun: Assessment, essex: Cast) -> None:
    signing.sign(summed(begun, *FOUND), by=essex.police_officer)
    with pytest.raises(Changed, match="was signed"):
        save(begun, Found("E4", "partly", evidence=[SEEN]))
    assert Assessment.objects.filter(pk=begun.pk).update(conclusion="Altered") == 0
    assert Finding.objects.update(state="not_present") == 0
    assert Evidence.objects.all().delete()[0] == 0
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Finding.objects.create(case=begun.case, assessment=begun, factor="E4", dimension="intent")


@pytest.mark.lesson("R9")
@pytest.mark.parametrize("state", ["not_present", "partly", "strongly", "was_present"])
def test_a_finding_has_evidence(begun: Assessment, state: str) -> None:
    with pytest.raises(Refused, match=r"has no evidence \(2\.3\.5\)"):
        signing.sign(summed(begun, Found("E3", state)), by=begun.by)


@pytest.mark.lesson("R12")
def test_not_present_does_not_rest_on_the_persons_word_alone(begun: Assessment) -> None:
    with pytest.raises(Refused, match="rests on the person’s own word alone"):
        signing.sign(summed(begun, Found("E3", "not_present", evidence=[OWN_WORD])), by=begun.by)
    both = Found("E3", "not_present", evidence=[OWN_WORD, SEEN])
    assert signing.sign(summed(begun, both), by=begun.by).is_signed


@pytest.mark.parametrize(
    "left_out", ["engagement", "intent", "capability", "protective", "own_view", "conclusion"]
)
def test_each_dimension_is_summed_up_in_words(begun: Assessment, left_out: str) -> None:
    with pytest.raises(Refused, match="Nothing is written about"):
        signing.sign(summed(begun, *FOUND, **{left_out: ""}), by=begun.by)


@pytest.mark.lesson("R10")
def test_a_repeated_assessment_says_what_changed(story: Story, essex: Cast) -> None:
    story.assessed()
    officer = acting(essex.police_officer)
    again = writing.start(story.case, by=officer)
    worse = Found("E3", "strongly", evidence=[SEEN], changed_why="Seen with them daily")
    with pytest.raises(Refused, match="does not say what changed"):
        signing.sign(summed(again, worse), by=officer)
    signed = signing.sign(summed(again, worse, changes="He has joined them"), by=officer)
    ((before, after),) = sheet.changed_since(signed, story.assessment)
    assert (before.state, after.state) == ("partly", "strongly")


def test_disengaging_beside_intent_is_pointed_out_and_refuses_nothing(begun: Assessment) -> None:
    summed(
        begun, Found("E3", "was_present", evidence=[SEEN]), Found("I1", "partly", evidence=[SEEN])
    )
    assert "look at both again" in signing.to_look_at_again(begun)[0]
    assert signing.sign(begun, by=begun.by).is_signed


# ---- who, and when


@pytest.mark.parametrize("who", ["chair", "families_lead"])
def test_the_preliminary_assessment_is_the_polices(story: Story, essex: Cast, who: str) -> None:
    with pytest.raises(Refused, match=r"not yours to do \(2\.5\.8\)"):
        writing.start(story.case, by=acting(getattr(essex, who)))


def test_factors_are_not_assessed_before_partners_are_asked(essex: Cast) -> None:
    story = Story(essex).gathered()
    with pytest.raises(Refused, match="stands at “First risk assessment”"):
        writing.start(story.case, by=acting(essex.police_officer))


@pytest.mark.parametrize("who", ["outsider", "coordinator", "partner", "adult_lead", "auditor"])
def test_others_see_nothing_of_it(story: Story, essex: Cast, who: str) -> None:
    story.assessed()
    user = acting(getattr(essex, who))
    for table in (Assessment, Finding, Evidence):
        assert not table._default_manager.exists(), table
    if who == "outsider":
        with pytest.raises(Case.DoesNotExist):
            writing.start(story.case, by=user)


def test_one_assessment_is_begun_at_a_time(begun: Assessment, essex: Cast) -> None:
    with pytest.raises(IntegrityError, match="one_unfinished"), transaction.atomic():
        Assessment.objects.create(
            case=begun.case, kind="preliminary", edition="x", by=begun.by, at=begun.at
        )


# ---- the second risk assessment rests on it


def test_the_second_risk_assessment_leads_to_the_next_step(story: Story, essex: Cast) -> None:
    story.second_risk()
    assert story.case.stage == Stage.NEXT_STEP
    assert [one.turn for one in story.case.risk_assessments.all()] == ["first", "second"]
    assert story.case.tasks.waiting().filter(kind="next_step").count() == 1


def again(story: Story, **differs: Any) -> None:
    said = risk_said(story.cast, unchanged_why="Nothing new", **differs)
    second_risk.assess_again(story.case, by=acting(story.cast.police_officer), **said)


def test_it_waits_for_the_signature(story: Story, begun: Assessment) -> None:
    with pytest.raises(Refused, match=r"is not signed \(2\.7\.10\)"):
        again(story)


def test_conflict_found_then_is_held(story: Story) -> None:
    story.assessed()
    day = today() + timedelta(days=5)
    again(story, conflict="yes", check_again_date=day, hold_why="A live matter")
    assert story.seen_again().case.held_from == Stage.SECOND_RISK


def test_it_is_not_made_at_another_stage(story: Story) -> None:
    story.second_risk()
    with pytest.raises(Refused, match="is not due while the case stands at “Next step”"):
        again(story)


# ---- nobody is scored


@pytest.mark.lesson("R9")
def test_nothing_here_adds_up_to_a_number() -> None:
    numbers = {
        field.name
        for model in apps.get_app_config("assessments").get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() not in WORDS
        and not field.is_relation
        and not field.primary_key
    }
    assert numbers == {"version", "texts_version"}
