"""The net that tries each form holds: a fault, a word that gets out, an untried form are found."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.every_form import WORDS, Trying, Whole
from tests.forms import Field, Form, FormsOf, that_take_one
from waymark.audit.events import record
from waymark.database.clock import now
from waymark.directory.notices import notify

PAGE = """<form method="get"><input name="q"></form>
<form method="post" action="/sign-out"><button name="out">Out</button></form>
<form method="post"><input name="csrfmiddlewaretoken" value="x">
<textarea name="why"></textarea><input type="radio" name="kind" value="a">
<input type="radio" name="kind" value="b"><select name="who"><option value="">Somebody</option>
<option value="7">Person</option></select></form>"""


def tried(send: Any) -> list[str]:
    form = Form("/cases/here", {"why": Field("why", "textarea", [""])})
    return Trying(Client(), send, form, {"why": "A reason"}).all()


def test_the_fields_of_a_page_are_read_with_what_they_offer() -> None:
    (form,) = FormsOf(PAGE, "/cases/here").found
    offered = {name: field.offered for name, field in form.fields.items()}
    assert form.action == "/cases/here"
    assert offered == {"why": [""], "kind": ["a", "b"], "who": ["7"]}
    assert form.filled(WORDS, {"kind": "b"}) == {"why": WORDS, "kind": "b", "who": "7"}


@pytest.mark.requirement("S63", "S66")
@pytest.mark.usefixtures("db", "words_are_looked_for")
def test_faults_and_words_that_get_out_are_found() -> None:
    assert tried(lambda *_: HttpResponse("<title>A case</title>")) == []
    fault = HttpResponse(status=500)
    fault.exc_info = None  # type: ignore[attr-defined]  # as Django's client leaves it there
    assert any("a fault" in one for one in tried(lambda *_: fault))
    titled = HttpResponse(f"<title>{WORDS}</title>")
    assert any("a title" in one for one in tried(lambda *_: titled))
    named = HttpResponse(headers={"X-Said": WORDS})
    assert any("a header" in one for one in tried(lambda *_: named))
    led = HttpResponseRedirect("/guidance?said=canarywords")
    assert any("a header" in one for one in tried(lambda *_: led))
    linked = HttpResponse('<a href="/cases?name=Canarywords">A case</a>')
    assert any("an address" in one for one in tried(lambda *_: linked))


@pytest.mark.requirement("S66")
@pytest.mark.usefixtures("db", "words_are_looked_for")
def test_a_word_in_the_trail_is_found() -> None:
    def audits(*_: Any) -> HttpResponse:
        record("contact_changed", by=acting(INSTALLATION), at=now(), said="canary")
        return HttpResponse("done")

    assert any("audit_event" in one for one in tried(audits))


@pytest.mark.requirement("S61", "S66")
def test_a_word_in_an_e_mail_is_found(essex: Cast) -> None:
    notify(essex.chair, "holds_case", by=acting(essex.police_officer), path="/")
    trying = Trying(Client(), None, Form("/cases/here"), {})
    trying.look_at_mail()
    assert len(mail.outbox) > 0 and trying.found == []
    mail.outbox[0].body = WORDS
    trying.look_at_mail()
    assert any("an e-mail" in one for one in trying.found)


def test_a_whole_run_names_each_form_that_no_test_sent() -> None:
    source = pytest.Config.ArgsSource
    option = SimpleNamespace(keyword="", markexpr="", unrecorded=False)
    whole = Whole(SimpleNamespace(option=option, args_source=source.TESTPATHS, ArgsSource=source))  # type: ignore[arg-type]
    assert "cases/<reference>/consent" in whole.missing()
    whole.tried = that_take_one() - {"receipt"}
    assert whole.missing() == ["receipt"]
    session = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    whole.pytest_sessionfinish(session)  # type: ignore[arg-type]
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED
    some = Whole(SimpleNamespace(option=option, args_source=source.ARGS, ArgsSource=source))  # type: ignore[arg-type]
    assert some.missing() == []
