"""Where each test of partner checks begins."""

import pytest

from tests.cast import INSTALLATION, Cast
from tests.story import Story
from waymark.database.guard import become
from waymark.directory.models import Role, User


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).reviewed()


@pytest.fixture
def clinic(essex: Cast) -> User:
    """The contact of another organisation than the school."""
    become(INSTALLATION)
    return essex.appointed(Role.PARTNER, of=essex.organisation("Clinic", "health"))
