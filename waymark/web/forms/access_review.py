"""The questions of a review of who has access: of each account, whether it is kept."""

from typing import Any

from waymark.directory.models import User
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.rows.account import access_of


class ReviewForm(Questions):
    """One question of each account, in the order of their organisations."""

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data)
        self.people = people
        for one in people:
            self.fields[f"of_{one.pk}"] = Choice(
                label=f"{one.name}, {one.organisation.name}",
                help_text=access_of(one),
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
