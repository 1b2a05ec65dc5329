"""The first day: an installation opens its accounts and gives each of them its post."""

from waymark.database.actor import Actor
from waymark.directory import offices
from waymark.directory.appointments import approve, first_administrators, give, open_account
from waymark.directory.keeping import INSTALLATION
from waymark.directory.models import Area, Contact, Organisation, User
from waymark.project.demonstration.accounts import ACCOUNTS, Account
from waymark.project.demonstration.passwords import Digests
from waymark.project.demonstration.places import COUNCILS, Places
from waymark.project.demonstration.telling import acting


class Cast:
    """Everybody by the name of their account: `cast["chair.essex"]`."""

    def __init__(self, digests: Digests) -> None:
        self.places, self.digests = Places(), digests
        self.users: dict[str, User] = {}

    def __getitem__(self, username: str) -> User:
        return self.users[username]

    def of(self, post: str, area: str) -> User:
        """Who holds `post` in the area, such as "chair"."""
        return self.users[f"{post}.{area}"]

    def arrive(self) -> None:
        """A new installation, then what its two administrators enter."""
        by = acting(INSTALLATION)
        self.places.enter_areas(by=by)
        for code in COUNCILS:
            self.places.enter_council(code, by=by)
        first, second = (self._open(each, by=by) for each in ACCOUNTS[:2])
        first_administrators((first, second), by=by)
        by = acting(first)
        self.places.enter_bodies(by=by)
        for account in ACCOUNTS[2:]:
            self._appoint(account, by=first, approved_by=second)
        by = acting(first)
        self.places.enter_contacts(by=by)

    def confirm_contacts(self) -> None:
        """The contacts were asked and are still right, but for those that nobody has reached."""
        by = acting(self["admin.two"])
        for contact in Contact.objects.current().exclude(office__contains="Board"):
            offices.confirm(contact, by=by)

    def told(self) -> list[dict[str, str]]:
        """The accounts as a visitor of the demonstration needs them."""
        return [
            {
                "username": account.username,
                "password": self.digests.passwords[account.password_of],
                "role": account.role.value if account.role else "outsider",
                "area": self.places.areas[account.area].name if account.area else "",
                "organisation": self._body(account).name,
            }
            for account in ACCOUNTS
        ]

    def _appoint(self, account: Account, *, by: User, approved_by: User) -> None:
        user = self._open(account, by=acting(by))
        if account.role is not None:
            area: Area | None = self.places.areas[account.area] if account.area else None
            given = give(user, by=by, role=account.role, area=area)
            approve(given, by=acting(approved_by))

    def _open(self, account: Account, *, by: Actor) -> User:
        user = open_account(
            by=by, username=account.username, name=account.name,
            organisation=self._body(account), email=f"{account.username}@example.org",
            password_hash=self.digests.of(account.password_of),
        )  # fmt: skip
        self.users[account.username] = user
        return user

    def _body(self, account: Account) -> Organisation:
        if account.of in self.places.bodies:
            return self.places.bodies[account.of]
        return self.places.of_kind(account.of, account.area)
