"""Walks through the stage table at random, with the whole cast: what is illegal never happens."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.cast import INSTALLATION, Cast
from tests.story import Story
from tests.walk import around, checks, early, ends, holds_true, meeting, police, support
from tests.walk.acts import ACTS, Act
from tests.walk.known import Known, Person, people_of
from tests.walk.legal import LEGAL, OF_THE_PANEL
from tests.walk.roads import ROAD
from tests.walk.watch import fingerprint, tables
from waymark.database import clock
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.permission import Changed, Refused
from waymark.project.embedded.cluster import Cluster

# imported: their acts are on the list
ACTS_OF = (around, early, checks, meeting, support, ends, police)
MOST_DAYS = 400  # of one walk
WALKS = settings(
    max_examples=int(os.environ.get("SOAK", "16")),  # `make soak` walks for longer than a round
    stateful_step_count=28,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),  # a story of thirty lines is short enough to be read as it is
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def verifier_in_the_transaction(cluster: Cluster, db: None) -> Iterator[None]:
    """Let the tests' connection read as the verifier what it has not committed."""
    with psycopg.connect(cluster.superuser, autocommit=True) as superuser:
        superuser.execute("GRANT waymark_verifier TO waymark_app WITH INHERIT FALSE, SET TRUE")
        yield
        superuser.execute("REVOKE waymark_verifier FROM waymark_app")


class Walk(RuleBasedStateMachine):
    """A case, or two in two areas; everybody tries everything."""

    casts: tuple[Cast, Cast]
    tables: dict[str, bool]

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.days = clock.offset.set(timedelta())
        self.people = [who for cast in self.casts for who in people_of(cast)]
        self.cases: list[Known] = []
        self.done: Counter[tuple[str, str]] = Counter()

    def teardown(self) -> None:
        try:
            shown = [name for name, of_a_case in self.tables.items() if of_a_case]
            for it in self.cases:
                if it.is_case:
                    holds_true.is_hidden_everywhere_from(it, self.strangers(), shown)
            holds_true.audit_verifies(shown)
        finally:
            clock.offset.reset(self.days)
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    @initialize(chance=st.randoms(use_true_random=True))
    def somebody_is_referred(self, chance: Random) -> None:
        """One seed for all that follows: hypothesis' own choices repeat each other too much."""
        self.chance = chance
        it = self.referred(self.casts[0], adult=chance.random() < 0.4)
        far = chance.randint(0, len(ROAD))
        for act, called, choice in ROAD[:far]:
            name = it.led_by if called == "lead" else called
            who = next(one for one in self.people if one.user == getattr(it.cast, name))
            self.does(it, ACTS[act], who, choice, told=False)

    def referred(self, cast: Cast, *, adult: bool) -> Known:
        born = date(today().year - (30 if adult else 12), 5, 4)
        story = Story(cast, born=born, surname=f"Ashdown {cast.area.name}").referred()
        it = Known(cast, story, adult)
        self.cases.append(it)
        note(f"Somebody {'of age' if adult else 'under age'} is referred in {cast.area.name}")
        return it

    @rule()
    def something_happens(self) -> None:
        """Mostly what is due; often what lacks something, or is somebody else's to do."""
        happens, weights = zip(
            (self.due, 46),
            (self.too_early, 16),
            (self.not_theirs, 14),
            (self.out_of_turn, 16),
            (self.anything, 3),
            (self.days_pass, 3),
            (self.again, 2),
            strict=True,
        )
        self.chance.choices(happens, weights)[0](self.chance.choice(self.cases))

    def due(self, it: Known) -> None:
        """By the table and by what is known it can be done: what was not done yet comes first."""
        ready = self.ready(it)
        if ready:
            names = sorted(ready)
            seldom = [leads_on(name) / (1 + self.done[it.stage, name]) ** 2 for name in names]
            name = self.chance.choices(names, seldom)[0]
            self.does(it, ACTS[name], *self.chance.choice(ready[name]))

    def too_early(self, it: Known) -> None:
        """The table allows it, and something else is lacking."""
        lacking = self.ready(it, lacking=True)
        if lacking:
            names = sorted(lacking)
            seldom = [1 / (1 + self.done["too early", name]) ** 2 for name in names]
            name = self.chance.choices(names, seldom)[0]
            self.done["too early", name] += 1
            self.does(it, ACTS[name], *self.chance.choice(lacking[name]))

    def not_theirs(self, it: Known) -> None:
        """What somebody could do here, tried by anybody of the area."""
        posted = [*LEGAL.get(it.stage, ()), *OF_THE_PANEL]
        names = [name for name in sorted(posted) if ACTS[name].is_there(it)]
        if names:
            self.tries(it, ACTS[self.chance.choice(names)], self.chance.choice(self.near(it)))

    def out_of_turn(self, it: Known) -> None:
        """What is somebody's to do at another stage, tried at this one."""
        here = LEGAL.get(it.stage, {})
        names = [name for name, act in sorted(ACTS.items()) if act.is_there(it)]
        names = [name for name in names if not here.get(name) and name not in OF_THE_PANEL]
        if not names:
            return
        name = self.chance.choice(names)
        posts = frozenset().union(*(acts.get(name, frozenset()) for acts in LEGAL.values()))
        able = [who for who in self.near(it) if it.posts_of(who) & posts]
        if able:
            self.tries(it, ACTS[name], self.chance.choice(able))

    def near(self, it: Known) -> list[Person]:
        """People of the area: those who see the case twice, since they could do the most harm."""
        near = [who for who in self.people if who.cast is it.cast]
        return near + 2 * [who for who in near if it.sees(who)]

    def anything(self, it: Known) -> None:
        """Whatever act, by whomever."""
        there = [act for _, act in sorted(ACTS.items()) if act.is_there(it)]
        self.tries(it, self.chance.choice(there), self.chance.choice(self.people))

    def tries(self, it: Known, act: Act, who: Person) -> None:
        self.does(it, act, who, self.chance.choice(act.choices))

    def days_pass(self, it: Known) -> None:
        days = self.chance.choice((1, 8, 30, 160))
        if clock.offset.get().days + days <= MOST_DAYS:
            clock.offset.set(clock.offset.get() + timedelta(days=days))
            note(f"{days} days pass")

    def again(self, it: Known) -> None:
        """Somebody is referred in the other area."""
        if len(self.cases) < 2:
            self.referred(self.casts[1], adult=self.chance.random() < 0.5)

    def ready(self, it: Known, *, lacking: bool = False) -> dict[str, list[tuple[Person, str]]]:
        """What the table allows now, by whom; and nothing lacks by what is known, or something."""
        found: dict[str, list[tuple[Person, str]]] = {}
        for name, act in ACTS.items():
            if not act.is_there(it):
                continue
            able = [
                (who, choice)
                for who in self.people
                if it.allows(name, who)
                for choice in act.choices
                if bool(act.lacks(it, who, choice)) == lacking
            ]
            if able:
                found[name] = able
        return found

    def does(self, it: Known, act: Act, who: Person, choice: str, *, told: bool = True) -> None:
        allowed = it.allows(act.name, who)
        lacks = act.lacks(it, who, choice) if allowed else "the post"
        said = f"{who}: {act.name} {choice} at {it.stage}"
        before = fingerprint(list(self.tables)) if lacks else ()
        made: Any = None
        who.become()
        try:
            made = act.do(it, who, choice)
        except (Refused, Changed, ObjectDoesNotExist) as why:
            note(f"{said}: refused, {why}")
            assert lacks, f"{said} was refused, and nothing was lacking: {why}"
            assert fingerprint(list(self.tables)) == before, f"{said} was refused and changed rows"
            return
        note(f"{said}: done")
        assert not lacks, f"{said} was done, and should not have been: {lacks}"
        self.done[it.stage, act.name] += 1
        was = it.version
        act.follows(it, who, choice, made)
        if it.is_case:
            early.read_again(it)
        if told:
            self.holds_true(moved=it.version != was)

    def holds_true(self, *, moved: bool) -> None:
        for it in self.cases:
            if it.is_case:
                holds_true.stands_as_told(it)
                holds_true.what_was_signed_stands(it)
            holds_true.is_on_a_worklist(it, self.people)
        if moved and all(it.is_case for it in self.cases):
            holds_true.is_seen_by_none_of(self.strangers())

    def strangers(self) -> list[Person]:
        """The outsiders; and of an area in which nobody is referred, its police and chair."""
        outside = [who for who in self.people if not who.posts]
        if len(self.cases) > 1:
            return outside
        there = self.casts[1]
        known = (there.police_lead, there.chair)
        return outside + [who for who in self.people if who.user in known]


MOVING = {
    "screen", "finish_gathering", "review", "finish_checks", "assess_risk_again", "give_opinion",
    "decide", "answer_consent", "close_unanswered", "endorse_end", "decide_leaving",
    "release", "hold_review", "reopen_by_referral",
}  # fmt: skip
ALONG_THE_WAY = {
    "hold", "join_referral", "refer_to_social_care", "write_entry", "write_down_reply", "hold_on",
    "accept_case", "stop_as_asked", "propose_early_end", "move_date",
}  # fmt: skip


def leads_on(act: str) -> int:
    """How much an act brings a case on, so that walks get somewhere."""
    return 30 if act in MOVING else 1 if act in ALONG_THE_WAY else 6


@pytest.mark.slow
def test_no_walk_leads_where_the_table_does_not(
    essex: Cast, thurrock: Cast, verifier_in_the_transaction: None
) -> None:
    become(INSTALLATION)
    for cast in (essex, thurrock):
        cast.organisation("Social care", "children_social_care")

    class FromHere(Walk):
        casts = (essex, thurrock)

    FromHere.tables = tables()
    run_state_machine_as_test(FromHere, settings=WALKS)
