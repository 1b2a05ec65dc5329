"""The real web server on the tests' database, started once for those who want it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import PASSWORDS
from tests.security.site import Site, Visitor, environment_for, serving
from waymark.project.embedded.cluster import Cluster


@pytest.fixture(scope="session")
def site_environment(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    cluster: Cluster,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The settings of an installation on the tests' database."""
    var = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
    return environment_for(cluster, name, PASSWORDS, var)


@pytest.fixture(scope="session")
def running(site_environment: dict[str, str]) -> Iterator[Site]:
    with serving(site_environment, Path(site_environment["WAYMARK_VAR"])) as site:
        yield site


@pytest.fixture
def site(running: Site, transactional_db: None) -> Site:
    """A real server, in a test whose rows it can see, and whose rows are gone afterwards."""
    return running


@pytest.fixture
def visitor(running: Site) -> Visitor:
    return Visitor(running)
