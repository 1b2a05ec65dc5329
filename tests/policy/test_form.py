"""The form, road by road."""

import re

import pytest

from waymark.policy.form import Question
from waymark.policy.pack import edition

PACK = edition("set-2019")
ROADS = [road.code for road in PACK.form.roads]
NOT_AT_WORK = ["family_friend", "public", "self"]
ASKED = [(road, each) for road in ROADS for each in PACK.form.questions if road in each.roads]


def words_of(question: Question, road: str) -> str:
    choices = " ".join(f"{each.name} {each.hint}" for each in PACK.choices_of(question))
    return f"{question.text_for(road)} {question.hint_for(road)} {choices}".lower()


@pytest.mark.parametrize("road", NOT_AT_WORK)
def test_nobody_but_a_professional_is_asked_about_nationality_or_status(road: str) -> None:
    asked = [each for each in PACK.form.questions if road in each.roads]
    forbidden = re.compile(r"nationalit|citizen|immigration|asylum|visa|country of birth")
    assert asked
    assert [each.code for each in asked if forbidden.search(words_of(each, road))] == []


@pytest.mark.parametrize("road", ROADS)
def test_nobody_is_asked_for_faith_or_ethnicity(road: str) -> None:
    forbidden = re.compile(r"your (faith|religion)|what religion|ethnic|what faith|race")
    asked = [each for each in PACK.form.questions if road in each.roads]
    assert [each.code for each in asked if forbidden.search(words_of(each, road))] == []


@pytest.mark.parametrize("road", ["professional", "family_friend", "public"])
def test_exact_words_witness_time_and_explanation_stand_apart_from_inference(road: str) -> None:
    facts = ["exact_words", "who_saw", "when_happened", "ordinary_explanation"]
    happened = {each.code for each in PACK.questions_of("happened", road)}
    assert set(facts) <= happened
    assert all(PACK.question(code).required for code in facts)
    assert "inference" in {each.code for each in PACK.questions_of("meaning", road)}
    assert not PACK.question("inference").required


@pytest.mark.parametrize("road", ROADS)
def test_whether_somebody_works_for_those_who_decide_is_asked_on_each_road(road: str) -> None:
    hinting = [each for each in PACK.form.questions if each.restricted_hint]
    assert [each.code for each in hinting] == ["insider"]
    assert road in hinting[0].roads
    assert hinting[0].reader == "police_lead"


def test_everything_that_a_stranger_may_not_know_can_be_left_unknown() -> None:
    about_others = {"person", "home", "work_education", "happened", "meaning"}
    stuck = [
        each.code
        for road, each in ASKED
        if each.required and each.topic in about_others and each.code != "how_noticed"
        and not (each.not_known or each.rather_not_say)
    ]  # fmt: skip
    assert stuck == []


def test_one_who_comes_for_themselves_is_spoken_to() -> None:
    asked = [each for road, each in ASKED if road == "self" and each.code != "insider_who"]
    of_others = re.compile(r"\b(they|them|their|the person)\b")
    assert [each.code for each in asked if of_others.search(each.text_for("self").lower())] == []


@pytest.mark.parametrize("road", ROADS)
def test_sentences_are_short(road: str) -> None:
    long = [
        each.code
        for way, each in ASKED
        if way == road
        for text in (each.text_for(road), each.hint_for(road))
        if any(len(sentence.split()) > 32 for sentence in re.split(r"[.?!:] ", text))
    ]
    assert long == []


@pytest.mark.parametrize("road", ROADS)
def test_each_road_is_a_task_list_of_its_own(road: str) -> None:
    topics = [topic.code for topic in PACK.topics_of(road)]
    assert topics[0] == "person"
    assert ("own_lead" in topics) == (road == "professional")
    assert ("referrer" in topics) == (road != "self")


def test_the_public_is_asked_least_of_all_about_somebody_else() -> None:
    many = {road: sum(1 for where, _ in ASKED if where == road) for road in ROADS}
    assert many["public"] < many["family_friend"] < many["professional"]


def test_a_condition_is_asked_only_after_its_answer() -> None:
    response = PACK.question("told_response")
    assert response.asked("public", {"told": "person"})
    assert not response.asked("public", {"told": "no"})
    assert not response.asked("public", {})
    assert not response.asked("self", {"told": "person"})
    assert PACK.question("needs_detail").asked("self", {"needs": ["money", "victim"]})


def test_choices_may_come_from_a_list_of_the_pack() -> None:
    codes = [each.code for each in PACK.choices_of(PACK.question("type_of_concern"))]
    assert codes == [each.code for each in PACK.types_of_concern]


def test_each_answer_says_who_sees_it() -> None:
    assert all(PACK.reader(each.reader).text for each in PACK.form.questions)


def test_the_gates_send_to_the_police_before_any_form() -> None:
    assert [gate.code for gate in PACK.form.gates] == ["danger", "crime"]
    assert "999" in PACK.form.gates[0].yes_title
