"""Each kind that is taken comes out as pictures and words; all else is one clear sentence."""

import io
import logging

import pytest
from PIL import Image

from tests.files import corpus
from tests.files.corpus import Bad
from waymark.files.child import FONTS, remake
from waymark.files.kinds import PICTURES, Kind
from waymark.files.reasons import SENTENCES, NotTaken, Why, sentence
from waymark.files.remaking import made_of
from waymark.files.uploads import examined, plain_name

GOOD = corpus.good()
BAD = corpus.bad()


@pytest.mark.requirement("S42", "S47")
@pytest.mark.parametrize("name", GOOD)
def test_each_kind_becomes_pictures_and_words(name: str) -> None:
    upload = examined(name, GOOD[name])
    made = remake(upload.kind, upload.content)
    with Image.open(io.BytesIO(made.pictures[0])) as picture:
        assert picture.format in ("PNG", "JPEG") and min(picture.size) >= 40
    says = "" if upload.kind in PICTURES else "Nine days missed"
    assert says in made.words[0] and len(made.pictures) == 1
    assert made.set_anew == (upload.kind not in PICTURES | {Kind.PDF})
    assert made.alone, "the machine lets no process leave its network: see docs/threat-model.md"


@pytest.mark.requirement("S42", "S43", "S47", "S50")
@pytest.mark.parametrize("one", BAD, ids=str)
def test_each_bad_file_is_one_clear_sentence(one: Bad, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    if one.late:
        upload = examined(one.name, one.content)  # its outside is well
        with pytest.raises(NotTaken) as refused:
            made_of(upload.kind, upload.content, FONTS)
    else:
        with pytest.raises(NotTaken) as refused:
            examined(one.name, one.content)
    assert refused.value.why is one.why
    assert sentence(one.why, plain_name(one.name)).endswith(".")
    assert caplog.records == [] and not refused.value.__cause__


@pytest.mark.requirement("S47")
@pytest.mark.parametrize("name", ["script.pdf", "xxe.docx", "huge.png", "hidden.docx"])
def test_the_child_says_why(name: str) -> None:
    one = next(each for each in BAD if each.name == name)
    with pytest.raises(NotTaken) as refused:
        remake(examined(one.name, one.content).kind, one.content)
    assert refused.value.why is one.why


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Why)
    assert plain_name(f"..\\secret/{'a' * 200}{corpus.TURNED}.pdf") == f"{'a' * 60}…{'a' * 15}.pdf"


@pytest.mark.requirement("S47")
def test_a_picture_tells_nothing_of_where_it_was_taken() -> None:
    sent = corpus.photograph_that_tells()
    assert b"SecretCamera" in sent
    made = remake(Kind.JPEG, sent).pictures[0]
    assert b"SecretCamera" not in made and b"Long Lane" not in made
    with Image.open(io.BytesIO(made)) as picture:
        assert not picture.getexif()


@pytest.mark.requirement("S43")
def test_the_largest_picture_that_is_taken_fits_into_the_childs_memory() -> None:
    sent = corpus.picture("PNG", (7000, 5700))
    with Image.open(io.BytesIO(remake(Kind.PNG, sent).pictures[0])) as picture:
        assert max(picture.size) == 2000
