"""Marks that say what a test shows, and a record of the views that it reached (pytest plugin).

`@pytest.mark.clause("2.8.15")`, `@pytest.mark.requirement("S20")`, `@pytest.mark.lesson("R8")`.
A mark that names no row of `docs/requirements/` stops the run. The record is written to
`conformance.json` under `WAYMARK_VAR`; tests run one after another on the same files add to it.
"""

from collections.abc import Generator
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tests import evidence

# Reaching these shows nothing of the policy: every test that signs in would.
DOORS = ("/sign-in", "/sign-out", "/health", "/static")


def is_door(path: str) -> bool:
    """Whether a path is one of the doors or lies behind one."""
    return any(path == door or path.startswith(f"{door}/") for door in DOORS)


def reached_view(request: HttpRequest, response: HttpResponseBase) -> str | None:
    """The view that answered; none if there was none, it broke, or it sent away to sign in."""
    if request.resolver_match is None or response.status_code >= 500 or is_door(request.path_info):
        return None
    if is_door(urlsplit(response.headers.get("Location", "")).path):
        return None
    return request.resolver_match.view_name


class Recorder:
    """Keeps, for each test of this run, its outcome, its marks and the views it reached.

    A live server answers in a thread of the test's process, so a browser's requests are seen too.
    Marks and views travel with the test's reports: where several processes share the tests, each
    notes what its own reach, and the one that they report to `writes` the record.
    """

    def __init__(self, root: Path, unrecorded: bool, writes: bool) -> None:
        self.path = evidence.record_path(root)
        self.tree = evidence.tree(root)
        self.known = evidence.read(self.path, self.tree)
        self.rows = {mark: evidence.rows(mark, root) for mark in evidence.LISTS}
        self.unrecorded, self.writes = unrecorded, writes
        self.tests: dict[str, evidence.Evidence] = {}
        self.views: list[str] | None = None
        self.hook = mock.patch.object(BaseHandler, "get_response", self.noting())
        self.hook.start()

    def noting(self) -> object:
        """Django's own `get_response`, which also notes the view for the test that asked."""
        original = BaseHandler.get_response

        def get_response(handler: BaseHandler, request: HttpRequest) -> HttpResponseBase:
            views = self.views  # asked now: a slow answer belongs to the test that asked
            response = original(handler, request)
            view = reached_view(request, response)
            if views is not None and view is not None and view not in views:
                views.append(view)
            return response

        return get_response

    def pytest_unconfigure(self) -> None:
        self.hook.stop()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        faults = [fault for item in items for fault in self.faults(item)]
        if faults:
            raise pytest.UsageError("\n".join(faults))
        if self.unrecorded:
            known = [item for item in items if item.nodeid in self.known]
            config.hook.pytest_deselected(items=known)
            items[:] = [item for item in items if item.nodeid not in self.known]

    def faults(self, item: pytest.Item) -> Generator[str]:
        """A sentence for each mark on a test that names nothing, or nothing that there is."""
        for mark in evidence.LISTS:
            for found in item.iter_markers(mark):
                if not found.args or found.kwargs:
                    yield f"{item.nodeid}: {mark} needs at least one id and nothing else"
                for name in found.args:
                    if name not in self.rows[mark]:
                        yield f"{item.nodeid}: {mark} {name!r} is not in {evidence.LISTS[mark]}"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        ids = {mark: self.ids(item, mark) for mark in evidence.LISTS}
        marks = {mark: named for mark, named in ids.items() if named}
        item.user_properties.append(("marks", marks))
        return (yield)

    def ids(self, item: pytest.Item, mark: str) -> list[str]:
        """What a test is marked with, on itself, its class or its module, each once."""
        named = [str(name) for found in item.iter_markers(mark) for name in found.args]
        return list(dict.fromkeys(named))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        # Only the test's own requests: what a fixture does before it shows nothing by itself.
        self.views = []
        item.user_properties.append(("views", self.views))
        try:
            return (yield)
        finally:
            self.views = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = dict(report.user_properties)
        test = self.tests.setdefault(report.nodeid, evidence.Evidence(report.nodeid))
        test.marks, test.views = told.get("marks", {}), told.get("views", [])
        if report.failed:
            test.outcome = "failed"
        elif report.skipped or hasattr(report, "wasxfail"):
            test.outcome = "skipped"
        elif report.when == "call" and test.outcome != "failed":
            test.outcome = "passed"

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        finished = {name: test for name, test in self.tests.items() if test.outcome != "not run"}
        # With nothing to run, results of older files must not stay behind as if they were new.
        if self.writes and (finished or exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED):
            evidence.write(self.path, {**self.known, **finished}.values(), self.tree)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--unrecorded",
        action="store_true",
        help="run only tests that have no result yet for these very files",
    )


def pytest_configure(config: pytest.Config) -> None:
    for mark, name in evidence.LISTS.items():
        config.addinivalue_line("markers", f"{mark}(id, ...): shows rows of {name}")
    reports_to_another = hasattr(config, "workerinput")
    recorder = Recorder(config.rootpath, config.getoption("--unrecorded"), not reports_to_another)
    config.pluginmanager.register(recorder, "conformance")
