"""Questions, and what comes back of what was typed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import lxml.html
import pytest
from django import forms
from django.http import QueryDict

from waymark.database.clock import today
from waymark.ui.dates import DateField, DateOrAge, DateOrAgeField
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked

PROSE = [
    "select * from people where 1=1; -- 'post' \"quoted\"",
    "</textarea><script>alert(1)</script>&amp; {{ 7 * 7 }} {% raw %}",
    "🌿👩‍👧 emoji, and سلمى بدوي from right to left \u200f",
    "one\n\n   indented\n\ttabbed\n      deep",
    "\n\nbegins with empty lines",
    "ab\n" * 6_666 + "cd",
]


class DecideForm(Questions):
    decision = Choice(
        label="What do you decide?",
        choices=[("endorse", "Endorse it"), ("refuse", "Refuse it"), ("unknown", "I do not know")],
        reveals={"refuse": "why"},
        divider="unknown",
    )
    why = Prose(label="Why?", who_sees="the panel & the chair")


class PersonForm(Questions):
    name = asked(forms.CharField(label="Name?"), who_sees="the police")
    born = DateOrAgeField(label="When born?", called="Birth date", required=False)
    met = DateField(label="When met?", called="The day", past=True, required=False)
    heard = Choices(
        label="Who heard it?", choices=[("a", "A"), ("b", "B"), ("none", "Nobody")], none="none"
    )
    visits = forms.IntegerField(label="Visits?", max_value=50, required=False)
    email = forms.EmailField(label="E-mail?", required=False)


def shown(html: str) -> Any:
    return lxml.html.document_fromstring(html)


def born(**parts: str) -> DateOrAgeField | DateOrAge | None:
    return DateOrAgeField(label="Born", called="Birth date").clean(
        [parts.get(part, "") for part in ("day", "month", "year", "age")]
    )


@pytest.mark.parametrize("words", PROSE)
def test_prose_comes_back_letter_by_letter(render: Callable[..., str], words: str) -> None:
    form = DecideForm({"decision": "refuse", "why": words})

    page = shown(render('{{ form_page(form, button="Decide") }}', form=form))

    (box,) = page.xpath("//textarea")
    dropped_by_browsers = (box.text or "").removeprefix("\n")
    assert (dropped_by_browsers if words.startswith("\n") else box.text) == words
    assert form.is_valid(), form.errors
    assert not page.xpath("//form//script")


@pytest.mark.parametrize("words", PROSE)
def test_prose_is_shown_as_paragraphs(render: Callable[..., str], words: str) -> None:
    page = shown("<main>" + render("{{ words | lines }}", words=words) + "</main>")

    assert "".join(page.text_content().split()) == "".join(words.split())
    assert {element.tag for element in page.iter()} <= {"html", "body", "main", "p", "br"}
    assert all(paragraph.get("dir") == "auto" for paragraph in page.iter("p"))


def test_words_that_are_too_long_are_kept_and_counted() -> None:
    form = DecideForm({"decision": "refuse", "why": "x" * 20_001})

    assert form.errors["why"] == ["Use 20,000 characters or fewer: you have typed 20,001"]
    assert DecideForm({"decision": "refuse", "why": "x\r\n" * 9_999 + "xx"}).is_valid()


def test_a_box_says_who_sees_it_and_browsers_keep_out(render: Callable[..., str]) -> None:
    page = shown(render("{{ field(form['why']) }}{{ field(form['decision']) }}", form=DecideForm()))

    box = page.xpath("//textarea")[0]
    described = box.get("aria-describedby").split()
    words = " ".join(page.get_element_by_id(name).text_content() for name in described)
    assert "Who sees this: the panel & the chair" in words
    assert (box.get("autocomplete"), box.get("spellcheck")) == ("off", "false")
    assert box.get("maxlength") is None


@pytest.mark.parametrize("name", ["name", "email", "visits", "met-day", "born-age"])
def test_text_about_people_is_kept_from_the_browser(render: Callable[..., str], name: str) -> None:
    page = shown(render('{{ form_page(form, button="Keep") }}', form=PersonForm()))

    box = page.xpath(f'//input[@name="{name}"]')[0]
    assert (box.get("autocomplete"), box.get("spellcheck")) == ("off", "false")


def test_a_field_about_nobody_is_the_browsers_to_help(render: Callable[..., str]) -> None:
    class TitleForm(Questions):
        title = asked(forms.CharField(label="Title?"), about_nobody=True)

    box = shown(render("{{ field(form.title) }}", form=TitleForm())).xpath("//input")[0]
    assert box.get("autocomplete") is None


def test_what_a_choice_reveals_stands_below_it_alone(render: Callable[..., str]) -> None:
    page = shown(render('{{ form_page(form, button="Decide") }}', form=DecideForm()))

    assert len(page.xpath("//textarea")) == 1
    assert page.xpath('//div[@id="conditional-id_decision-2"]//textarea')
    assert page.xpath('//div[@class="govuk-radios__divider"]')[0].text == "or"


def test_a_revealed_question_counts_only_when_its_choice_is_made() -> None:
    assert DecideForm({"decision": "refuse"}).errors["why"] == ["Enter an answer to “Why”"]
    unasked = DecideForm({"decision": "endorse", "why": "an earlier thought"})
    assert unasked.is_valid() and unasked.cleaned_data["why"] == ""


def test_nothing_typed_is_lost_even_out_of_range(render: Callable[..., str]) -> None:
    typed = {
        "name": '  "Rowan" <Ash> ', "born-day": "31", "born-month": "Feb", "born-year": "20009",
        "born-age": "x", "met-day": "40", "visits": "7000000", "email": "no'where", "heard": ["b"],
    }  # fmt: skip
    page = shown(render('{{ form_page(form, button="Keep") }}', form=PersonForm(typed)))

    for name in typed.keys() - {"heard"}:
        assert page.xpath(f'//input[@name="{name}"]')[0].get("value") == typed[name], name
    assert page.xpath('//input[@name="heard"][@checked]/@value') == ["b"]


def test_each_error_links_to_the_input_to_change(render: Callable[..., str]) -> None:
    form = PersonForm({"met-day": "3", "met-year": "2026", "visits": "51", "email": "x"})
    source = '{{ error_summary(asked) }}{{ form_page(form, button="Keep") }}'
    page = shown(render(source, form=form, asked=form))

    links = {link.text: link.get("href") for link in page.xpath("//ul//a")}
    assert links == {
        "Enter an answer to “Name”": "#id_name",
        "The day must include a month": "#id_met-month",
        "Select an answer to “Who heard it”": "#id_heard",
        "Enter a number of 50 or less": "#id_visits",
        "Enter an e-mail address, such as name@example.org": "#id_email",
    }
    assert all(page.get_element_by_id(href[1:]).tag == "input" for href in links.values())
    assert page.xpath('//input[contains(@class, "input--error")]/@name') == [
        "name", "met-month", "visits", "email"
    ]  # fmt: skip


def test_another_form_on_the_page_has_a_summary_of_its_own(render: Callable[..., str]) -> None:
    own, other = PersonForm({}), DecideForm({})

    html = render('{{ form_page(form, button="A") }}{{ form_page(other, button="B") }}',
                  form=own, other=other)  # fmt: skip

    assert html.count("There is a problem") == 1 and "What do you decide" in html


def test_a_form_has_one_green_button_and_its_token(render: Callable[..., str]) -> None:
    page = shown(render('{{ form_page(form, button="Endorse the exit") }}', form=DecideForm()))

    (button,) = page.xpath("//button")
    assert button.text.strip() == "Endorse the exit" and button.get("class") == "govuk-button"
    assert page.xpath('//input[@name="csrfmiddlewaretoken"]')
    assert page.xpath('//input[@name="form_key"]/@value')[0]


def test_a_form_key_lasts_as_long_as_the_form() -> None:
    first, second = DecideForm(), DecideForm()
    key = first["form_key"].value()

    assert key != second["form_key"].value()
    assert DecideForm({"form_key": key})["form_key"].value() == key


def test_a_newer_version_is_noticed_and_can_be_shown() -> None:
    data = QueryDict("decision=endorse&version=3")
    form = DecideForm(data, version=4)

    assert form.is_valid() and form.overtaken and form.seen_version == 3
    form.show_newest()
    assert form["version"].value() == "4" and form["decision"].value() == "endorse"
    assert not DecideForm(data, version=3).overtaken
    assert DecideForm(QueryDict("version=x"), version=3).overtaken


def test_none_of_these_excludes_the_others() -> None:
    form = PersonForm({"name": "R", "heard": ["a", "none"]})

    assert form.errors["heard"] == ["Select what applies, or “Nobody”, not both"]


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        ({"day": "27", "month": "3", "year": "2009"}, DateOrAge(2009, 3, 27)),
        ({"month": "March", "year": "2009"}, DateOrAge(2009, 3)),
        ({"year": "2009"}, DateOrAge(2009)),
        ({"age": "15"}, DateOrAge(age=15)),
    ],
)
def test_a_birth_date_may_be_known_in_part(parts: dict[str, str], known: DateOrAge) -> None:
    assert born(**parts) == known


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"day": "27", "year": "2009"}, "Birth date must include a month"),
        ({"day": "27"}, "Birth date must include a month and year"),
        ({"month": "3"}, "Birth date must include a year"),
        ({"year": "09"}, "Birth date must have a year of 4 numbers"),
        ({"day": "31", "month": "2", "year": "2009"}, "Birth date must be a real date"),
        ({"month": "13", "year": "2009"}, "Birth date must be a real date"),
        ({"day": "1_0", "month": "2", "year": "2009"}, "Birth date must be a real date"),
        ({"year": "1066"}, f"Birth date must be a year from {today().year - 120} on"),
        ({"year": "2999"}, "Birth date must be today or in the past"),
        ({"age": "121"}, "Approximate age must be a number from 0 to 120"),
        ({"age": "9" * 5000}, "Approximate age must be a number from 0 to 120"),
        ({"year": "2009", "age": "15"}, "Enter a birth date or an approximate age, not both"),
    ],
)
def test_an_impossible_birth_date_says_why(parts: dict[str, str], says: str) -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        born(**parts)
    assert refusal.value.messages == [says]


def test_a_date_lies_on_the_right_side_of_today() -> None:
    def typed(on: date) -> list[str]:
        return [str(on.day), str(on.month), str(on.year)]

    yesterday, tomorrow = today() - timedelta(days=1), today() + timedelta(days=1)
    past, future = DateField(called="The day", past=True), DateField(called="The day", future=True)

    assert past.clean(typed(yesterday)) == yesterday and future.clean(typed(tomorrow)) == tomorrow
    assert past.clean(typed(today())) == future.clean(typed(today())) == today()
    with pytest.raises(forms.ValidationError, match="The day must be today or in the past"):
        past.clean(typed(tomorrow))
    with pytest.raises(forms.ValidationError, match="The day must be today or in the future"):
        future.clean(typed(yesterday))


def test_one_box_to_tick_a_file_and_a_select_are_shown(render: Callable[..., str]) -> None:
    class PaperForm(Questions):
        agreed = forms.BooleanField(label="I have read it", required=False)
        paper = forms.FileField(label="Which paper?", required=False)
        area = forms.ChoiceField(label="Area?", choices=[("G", [("n", "North"), ("s", "South")])])

    page = shown(render('{{ form_page(form, button="Keep") }}', form=PaperForm({"area": "s"})))

    assert page.xpath("//form/@enctype") == ["multipart/form-data"]
    assert page.xpath("//option[@selected]/@value") == ["s"]
    assert page.xpath('//input[@type="checkbox"]/@name') == ["agreed"]
    assert page.xpath('//input[@type="file"]/@name') == ["paper"]


def test_a_password_is_never_shown_back(render: Callable[..., str]) -> None:
    class SignInForm(Questions):
        password = forms.CharField(label="Password", widget=forms.PasswordInput)

    form = SignInForm({"password": "a secret of mine"})

    assert "a secret of mine" not in render('{{ form_page(form, button="Sign in") }}', form=form)


def test_a_question_may_be_the_heading_of_its_page(render: Callable[..., str]) -> None:
    page = shown(render('{{ form_page(form, button="Go on", heading=true) }}', form=PersonForm()))

    assert [" ".join(heading.text_content().split()) for heading in page.xpath("//h1")] == ["Name?"]
