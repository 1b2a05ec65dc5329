"""Files that are sent: kept in memory, never in clear on a disk, only where a page takes them."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict

from waymark.files.kinds import LARGEST, MOST_TOGETHER

READ_AT_MOST = 4 * MOST_TOGETHER  # to keep the words of a form whose files are too many
PLAIN_BODY = 1024 * 1024


if TYPE_CHECKING:  # generic for types alone
    Files = MultiValueDict[str, UploadedFile[Any]]
else:
    Files = MultiValueDict


def takes_files(view: Any) -> Any:
    """Say of a page that files can be sent to it; to all others, none are."""
    vars(view)["takes_files"] = True
    return view


class SentFiles(Files):
    """The files of a request. `too_much`: there were more than can be taken, so none were."""

    too_much = False


def sent_files(request: HttpRequest) -> SentFiles | None:
    """What files were sent with the form, or None where the page is only looked at."""
    if request.method != "POST":
        return None
    files = SentFiles(dict(request.FILES.lists()))
    files.too_much = getattr(request, "too_much", False)
    return files


class InMemory(FileUploadHandler):
    """Gathers what is sent. Beyond the limits a file is left out, and the form says so."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        takes = self._takes_files()
        if content_length > (READ_AT_MOST if takes else PLAIN_BODY):
            raise RequestDataTooBig
        self.too_much = not takes or content_length > MOST_TOGETHER
        if self.request is not None:
            vars(self.request)["too_much"] = self.too_much

    def new_file(self, *given: Any, **named: Any) -> None:
        super().new_file(*given, **named)
        if self.too_much:
            raise SkipFile
        self.parts: list[bytes] = []
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= LARGEST + 1:  # one more than is taken tells that it is too large
            self.parts.append(raw_data[: LARGEST + 1])

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        return InMemoryUploadedFile(
            BytesIO(b"".join(self.parts)), self.field_name, self.file_name or "",
            self.content_type, self.size, self.charset,
        )  # fmt: skip

    def _takes_files(self) -> bool:
        try:
            view = resolve(self.request.path_info).func if self.request else None
        except Resolver404:
            return False
        return bool(getattr(view, "takes_files", False))
