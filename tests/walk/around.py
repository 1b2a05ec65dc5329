"""The acts that any stage allows: entries, telling, settling, handing over, a new referral."""

from typing import Any

from django.db import transaction

from tests.story import Story
from tests.walk.acts import Act, listed
from tests.walk.known import Known, Person
from tests.walk.watch import asked, everything_seen
from waymark.cases import holders, safeguarding
from waymark.cases.endings import ending, told
from waymark.cases.written import entries
from waymark.database.clock import today
from waymark.directory.models import Organisation
from waymark.referrals.deciding import known as known_before
from waymark.referrals.deciding import screening
from waymark.referrals.models import Subject

STANDS_IN = {"vice_chair": "chair", "police_lead": "police_officer"}


@listed
class WriteEntry(Act):
    name = "write_entry"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return entries.write(
            it.case, by=who.user, kind="telephone", happened_date=today(), told_by="The mother",
            words="Home by six each day",
        )  # fmt: skip


@listed
class Tell(Act):
    name = "tell"
    choices = ("told", "not told")

    def do(self, it: Known, who: Person, choice: str) -> object:
        if choice == "told":
            return told.tell(it.case, by=who.user, words="Where it stands", by_whom="The lead")
        return told.not_told(it.case, by=who.user, why="It would harm an inquiry")

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.told = True


@listed
class SettleEnd(Act):
    name = "settle_end"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return ending.record_end_checks(
            it.case, by=who.user, harm_suspected=False, harm_considered="None is suspected",
            signposted="The school's pastoral lead", unanswered="Nothing more is needed",
        )  # fmt: skip

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.settled = True


@listed
class ReferToSocialCare(Act):
    name = "refer_to_social_care"

    def do(self, it: Known, who: Person, choice: str) -> object:
        with everything_seen():
            care = Organisation.objects.get(name=f"{it.cast.area.name} Social care")
        return safeguarding.refer(
            it.case, by=who.user, to=care, about="His sister", why="Left alone at night"
        )


@listed
class AcceptCase(Act):
    name = "accept_case"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return holders.accept(it.case, by=who.user)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        with everything_seen():
            offered = asked(
                "SELECT to_role FROM cases_holderoffer WHERE case_id = %s AND closed_at IS NULL",
                it.case.pk,
            )
        posts = who.posts | {STANDS_IN.get(post, post) for post in who.posts}
        return "" if offered and offered[0][0] in posts else "it is not offered to them"


class AnotherReferral(Act):
    """The same person is referred again: somebody takes it, says so, and decides."""

    outcome = ""

    def do(self, it: Known, who: Person, choice: str) -> object:
        with transaction.atomic():
            again = Story(it.cast, born=it.story.born, surname=it.story.surname).referred()
            with everything_seen():
                rows = Subject.objects.select_related("referral__receipt", "area")
                subject = rows.get(pk=again.subject.pk)
            who.become()
            screening.take(subject, by=who.user)
            subject.refresh_from_db()
            for one in known_before.known_before(subject):
                known_before.say(
                    subject, by=who.user, other_id=one.person_id, answer="same", why="All fits"
                )
            said = it.story.decision(self.outcome, case_id=it.case.pk, **self.four(it))
            return screening.decide(subject, by=who.user, decision=said)

    def four(self, it: Known) -> dict[str, str]:
        names = ("what_is_new", "what_repeats", "what_was_left_open", "what_it_shows_together")
        said = {name: f"{name}, the {it.referrals}. time" for name in names}
        return said | {"why": f"A new concern, the {it.referrals}. time"}

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.referrals += 1


@listed
class JoinReferral(AnotherReferral):
    name, outcome = "join_referral", "joins_case"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        super().follows(it, who, choice, made)
        it.version += 1


@listed
class ReopenByReferral(AnotherReferral):
    name, outcome = "reopen_by_referral", "reopens_case"

    def is_there(self, it: Known) -> bool:
        return it.is_case and it.referrals < 3

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        super().follows(it, who, choice, made)
        it.moves("gathering")
