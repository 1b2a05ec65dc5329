"""The question for files, on a form that takes them: judged before anything is kept (S42, S43)."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from waymark.cases.written.documents import Enclosed
from waymark.files.kinds import IN_WORDS, MOST
from waymark.files.reasons import NotTaken, Why, sentence
from waymark.files.uploads import Upload, examined, plain_name
from waymark.ui.forms import Questions, asked
from waymark.web.door.uploading import SentFiles

FILES, TITLE = "documents", "documents_title"
AGAIN = "Choose the files again: a page that comes back cannot keep them"
TOO_MUCH = "The files together are larger than 25 MB. Send fewer, or in two parts"


class FileInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


class FilesField(forms.Field):
    """Any number of files up to the `most` of one upload: a list of `Upload`."""

    widget = FileInput(attrs={"multiple": True})

    def __init__(self, *, most: int = MOST, **options: Any):
        super().__init__(**options)
        self.most = most

    def clean(self, value: "list[UploadedFile[Any]] | None") -> list[Upload]:
        given = value or []
        if len(given) > self.most:
            raise forms.ValidationError(f"Choose {self.most} files or fewer")
        taken, wrong = [], []
        for one in given:
            try:
                taken.append(examined(one.name or "", _content(one)))
            except NotTaken as refused:
                wrong.append(sentence(refused.why, plain_name(one.name or "")))
        if wrong:
            others = " Choose the others again too." if taken else ""
            raise forms.ValidationError([f"{each} {IN_WORDS}{others}" for each in wrong])
        return taken


def _content(one: "UploadedFile[Any]") -> bytes:
    content: bytes = one.read()
    if one.size is not None and one.size > len(content):  # the rest was not even kept
        raise NotTaken(Why.TOO_BIG)
    return content


class TakesFiles(Questions):
    """A form with the question for files. `files`: what was sent, or None."""

    def __init__(self, *args: Any, files: SentFiles | None = None, **options: Any):
        super().__init__(*args, files=files, **options)
        self.sent_files = files

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        if self.sent_files is not None and self.sent_files.too_much:
            self.add_error(FILES, TOO_MUCH)
        elif TITLE in self.fields and said.get(FILES) and not said.get(TITLE):
            self.add_error(TITLE, "Enter what the files are")
        if self.errors:
            self._ask_again()
        return said

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field is None and self.is_bound:  # the act refused, after all was well
            self._ask_again()

    def _ask_again(self) -> None:
        if self.sent_files and FILES not in self.errors:
            super().add_error(FILES, AGAIN)

    def enclosed(self) -> Enclosed:
        return Enclosed(self.cleaned_data[FILES], self.cleaned_data[TITLE])


def file_fields(who_sees: str) -> dict[str, forms.Field]:
    """The two questions: which files, and what they are."""
    files = FilesField(
        label="Add files, if there are any", required=False,
        help_text=f"Up to {MOST} files of 20 MB, 25 MB together. {IN_WORDS} Others see pictures of"
        " the pages; the names of the files are not shown to anybody.",
    )  # fmt: skip
    title = forms.CharField(
        label="What are the files?", required=False, max_length=200,
        help_text="Such as: attendance register of this term.",
    )  # fmt: skip
    return {FILES: asked(files, who_sees=who_sees), TITLE: asked(title, who_sees=who_sees)}


def files_alone(most: int, who_sees: str) -> forms.Field:
    """The one question for files, where the words beside them say what they are."""
    files = FilesField(
        label="Add files, if you have any", required=False, most=most,
        help_text=f"Up to {most} files of 20 MB, 25 MB together, with this referral. {IN_WORDS}"
        " They are checked first. Only pictures of the pages are read, and the names of the files"
        " are not shown to anybody.",
    )  # fmt: skip
    return asked(files, who_sees=who_sees)
