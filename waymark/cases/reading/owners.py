"""Who may answer for a risk: the people in the posts that write on the case."""

from waymark.cases.models import Case
from waymark.cases.posts import people_on
from waymark.cases.writers import posts_that_write
from waymark.directory.models import User


def owners_for(case: Case) -> list[User]:
    """Each person once, by name."""
    posts = posts_that_write(case)
    found = {user.pk: user for post in posts for user in people_on(case, post)}
    return sorted(found.values(), key=lambda user: (user.name, user.pk))
