"""What is not known yet, and what the person needs: written down, followed, never edited."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.known import needs, processes, unknown
from waymark.cases.models import NeedChange, OpenQuestion, ParallelProcess, QuestionEnd
from waymark.cases.reading import gathered
from waymark.database.clock import today
from waymark.directory.permission import Refused

TIRED: dict[str, Any] = {
    "kind": "health", "words": "Sleeps badly", "source": "The tutor", "told_date": today(),
}  # fmt: skip


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).screened()


def asked(story: Story, **differs: Any) -> OpenQuestion:
    said: dict[str, Any] = {"words": "Where does the father live?", "who": "The mother"}
    officer = acting(story.cast.police_officer)
    return unknown.write(story.case, by=officer, **said | differs)


def needed(story: Story, **differs: Any) -> Any:
    return needs.write(
        story.case, by=acting(story.cast.police_officer), **TIRED | {"told_date": today()} | differs
    )


# ---- what is not known


@pytest.mark.clause("2.7.3", "2.3.1")
def test_a_question_names_who_might_know_and_where_it_arose(story: Story, essex: Cast) -> None:
    school = essex.partner.organisation
    first, second = asked(story), asked(story, organisation=school)
    of_a_factor = asked(story, factor="E3")
    assert (first.might_know, second.might_know) == ("The mother", school.name)
    assert (first.arose, of_a_factor.arose) == ("gathering", "factor")
    later = Story(essex, surname="Fernley").on_panel()
    assert asked(later).arose == "later"


@pytest.mark.parametrize(
    "said, why",
    [({"words": " "}, "Nothing says what is not known"), ({"who": " "}, "who might know")],
)
def test_a_question_is_not_written_without(story: Story, said: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        asked(story, **said)
    assert refused.value.clause == "2.7.3"
    assert not OpenQuestion.objects.exists()


def test_an_ended_question_stays_with_how_it_ended_and_ends_once(story: Story, essex: Cast) -> None:
    question, other = asked(story), asked(story, words="Is there a sister?")
    officer = acting(essex.police_officer)
    with pytest.raises(Refused, match="Nothing says what is known now"):
        unknown.end(question, by=officer, how="found_out", words=" ")
    with pytest.raises(Refused, match="how the question ended"):
        unknown.end(question, by=officer, how="forgotten", words="So")
    unknown.end(question, by=officer, how="found_out", words="In Millpond")
    assert unknown.still_open(story.case) == [other]
    assert [one.pk for one in unknown.questions_of(story.case)] == [question.pk, other.pk]
    with pytest.raises(Refused, match="has closed this question already"):
        unknown.end(question, by=officer, how="not_needed", words="Again")
    assert QuestionEnd.objects.count() == 1


def test_whoever_does_not_write_on_the_case_opens_no_question(story: Story, essex: Cast) -> None:
    story.on_panel()
    with pytest.raises(Refused, match="Writing on this case is not yours"):
        unknown.write(story.case, by=acting(essex.coordinator), words="Why?", who="Nobody")


@pytest.mark.lesson("R8")
@pytest.mark.parametrize("table", ["openquestion", "questionend", "need", "needchange"])
def test_what_was_written_is_never_changed(story: Story, essex: Cast, table: str) -> None:
    unknown.end(asked(story), by=acting(essex.police_officer), how="found_out", words="So")
    needs.follow(needed(story), by=acting(essex.police_officer), became="met", words="So")
    for change in ("UPDATE cases_{} SET at = now()", "DELETE FROM cases_{}"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table))


@pytest.mark.requirement("S22")
def test_the_panel_that_hears_a_case_reads_what_is_not_known(story: Story, essex: Cast) -> None:
    question, need = asked(story), needed(story)
    story.on_panel()
    story.meeting_open()
    acting(essex.panel_member)
    assert question in OpenQuestion.objects.all() and need.pk in needs.Need.objects.values_list(
        "pk", flat=True
    )
    acting(essex.coordinator)
    assert not OpenQuestion.objects.exists() and not needs.Need.objects.exists()


# ---- needs


@pytest.mark.clause("2.1.5")
def test_a_need_that_changed_goes_on_and_one_that_is_met_has_ended(
    story: Story, essex: Cast
) -> None:
    need, officer = needed(story), essex.police_officer
    needs.follow(need, by=acting(officer), became="changed", words="Sleeps a little better")
    assert [one.words for one in needs.open_needs(story.case)] == ["Sleeps a little better"]
    needs.follow(need, by=officer, became="met", words="Sleeps well since the summer")
    assert needs.open_needs(story.case) == []
    (kept,) = needs.needs_of(story.case)
    assert kept.words == "Sleeps badly" and len(kept.changes) == 2
    with pytest.raises(Refused, match=r"met or no longer there \(2\.1\.5\)"):
        needs.follow(need, by=officer, became="gone", words="Again")
    with pytest.raises(IntegrityError, match="need_ended_once"), transaction.atomic():
        NeedChange.objects.create(
            case=story.case, need=need, became="gone", words="So", by=officer, at=need.at
        )


@pytest.mark.parametrize(
    "said, why",
    [
        ({"kind": "luck"}, "of which kind the need is"),
        ({"words": ""}, "what the need is"),
        ({"source": " "}, "who told of the need"),
        ({"told_date": None}, "day on which it was told"),
        ({"told_date": today() + timedelta(days=9)}, "still to come"),
    ],
)
def test_a_need_is_not_written_without(story: Story, said: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        needed(story, **said)


# ---- other proceedings, and whether it is enough


@pytest.mark.clause("2.11.1")
def test_that_no_proceeding_is_known_says_whom_one_asked_and_when(
    story: Story, essex: Cast
) -> None:
    officer = acting(essex.police_officer)
    assert len(processes.not_looked_into(story.case)) == len(ParallelProcess.Kind)
    with pytest.raises(Refused, match="who was asked"):
        processes.none_known(
            story.case, by=officer, kinds=["mappa"], asked_date=today(), asked_of=" "
        )
    with pytest.raises(Refused, match="of which proceedings none is known"):
        processes.none_known(story.case, by=officer, kinds=[], asked_date=today(), asked_of="A")
    with pytest.raises(Refused, match="still to come"):
        processes.none_known(
            story.case, by=officer, kinds=["mappa"], asked_date=today() + timedelta(days=2),
            asked_of="Probation",
        )  # fmt: skip
    processes.none_known(
        story.case, by=officer, kinds=["mappa", "licence"], asked_date=today(),
        asked_of="Probation’s duty desk",
    )  # fmt: skip
    said = {one.kind: one.said for one in gathered.proceedings(story.case)}
    assert said["MAPPA"][0].startswith("None known: asked on")
    assert said["MAPPA"][0].endswith("of Probation’s duty desk")
    assert said["MARAC"] == []


@pytest.mark.clause("2.7.3")
def test_whether_it_is_enough_is_said_line_by_line_from_the_rows(story: Story, essex: Cast) -> None:
    def there() -> list[bool]:
        acting(essex.police_officer)
        return [one.there for one in gathered.what_is_there(story.case)]

    assert there() == [True, True, False, False, False, False]
    asked(story)
    processes.none_known(
        story.case, by=essex.police_officer, kinds=ParallelProcess.Kind.values,
        asked_date=today(), asked_of="The front door",
    )  # fmt: skip
    assert there() == [True, True, False, False, True, True]
