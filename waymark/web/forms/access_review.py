"""The questions of a review of who has access: of each account, whether it is kept."""

from typing import Any

from waymark.directory.models import Appointment, User
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import Choice, Prose, Questions


class ReviewForm(Questions):
    """One question of each account, in the order of their organisations."""

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data)
        self.people = people
        for one in people:
            self.fields[f"of_{one.pk}"] = Choice(
                label=f"{one.name}, {one.organisation.name}",
                help_text=_facts(one),
                choices=[("keep", "Keep"), ("end", "End")],
                reveals={"end": f"why_{one.pk}"},
                error_messages={"required": f"Select whether {one.name} keeps their access"},
            )
            self.fields[f"why_{one.pk}"] = Prose(
                label=f"Why does the access of {one.name} end?",
                who_sees="the chairs and the administrators of accounts",
                rows=2,
                error_messages={"required": f"Enter why the access of {one.name} ends"},
            )

    def ends(self) -> dict[int, str]:
        said = self.cleaned_data
        return {
            one.pk: said[f"why_{one.pk}"] for one in self.people if said[f"of_{one.pk}"] == "end"
        }


def _facts(one: User) -> str:
    """Their posts with their ends, and when they last signed in."""
    posts = "; ".join(_post(post) for post in vars(one)["posts"])
    if not one.is_active:
        return f"{posts}. The account is suspended."
    last = one.signed_in_date
    return f"{posts}. Last signed in: {day_in_words(last) if last else 'never'}."


def _post(post: Appointment) -> str:
    until = f"until {day_in_words(post.until_date)}" if post.until_date else "no end set"
    return f"{post.get_role_display()}, {post.area.name if post.area else 'all areas'}, {until}"
