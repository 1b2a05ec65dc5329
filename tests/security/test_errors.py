"""What a visitor is told when something went wrong: our own words, and none are lost."""

import logging
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.cast import Cast
from waymark.web.pages import errors

BACKEND = "waymark.web.sign_in_backend.ByPassword"
WORDS = 'He said "it is <all> their fault" & left\nThen he came back.'


@pytest.fixture
def browser() -> Client:
    """One that takes an error page as the answer it is."""
    return Client(raise_request_exception=False)


@pytest.fixture
def stopped(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[None]:
    """The database is gone: its socket is where nothing listens."""
    kept = connections["default"]
    own = connection.copy()
    own.settings_dict = kept.settings_dict | {
        "HOST": str(tmp_path),
        "OPTIONS": {"connect_timeout": 1},
    }
    connections["default"] = own
    yield
    connections["default"] = kept
    own.close()
