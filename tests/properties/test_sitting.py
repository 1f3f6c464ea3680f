"""Random sittings: whatever people ask, in whatever order, the claims hold and only refusals are raised."""

from random import Random
from typing import get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.kit import strategies as random
from tests.kit import wishes
from tests.kit.given import given
from tests.kit.sittings import CLERK, Clock, arrive, standing_committee, vote
from tests.kit.sittings import polled as polled_
from tests.properties import claims
from voting import rules as law
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.attendance import Source
from voting.domain.decide import decide
from voting.domain.evolve import evolve, fold
from voting.domain.ids import SYSTEM, PersonId
from voting.domain.polls import Purpose
from voting.domain.proxies import ProxyEnd
from voting.domain.refusals import Refusal
from voting.domain.ruleset import RuleSet, VotingMethod
from voting.domain.sitting import Phase, Sitting

LONG_ENOUGH = 50
"""Events before somebody may lift the sitting: an early end would hide the rest."""


def _by_the_clock(event: e.SittingEvent) -> bool:
    """What an hour brought, written by the first command after it."""
    return isinstance(event, e.ProxyStarted) or (isinstance(event, e.ProxyEnded) and event.reason is ProxyEnd.EXPIRED)


class RandomSitting(RuleBasedStateMachine):
    """One sitting led by nobody in particular."""

    sitting: Sitting
    book: RuleSet

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.history: list[e.SittingEvent] = []

    @initialize(convocation=random.convocations(), data=st.data())
    def convene(self, convocation: c.ConveneSitting, data: st.DataObject) -> None:
        body, mode, orders = convocation.body, convocation.mode, convocation.standing_orders
        self.book = law.current(body, mode, orders, regime=convocation.regime, replay=True)
        events = decide(None, convocation, self.book, self.clock.now())
        self.history, self.sitting = list(events), fold(events)
        away = self.people_arrive(data)
        for grantor in sorted(away & {x.id for x in convocation.members if x.votes}):
            holder = data.draw(st.sampled_from(list(self.sitting.roll)))
            self.ask(c.GiveProxy(by=grantor, grantor=grantor, holder=holder, source=Source.CARD))
            self.ask(c.AcceptProxy(by=holder, grantor=grantor))
        if data.draw(st.integers(0, 5)):
            self.ask(c.OpenSitting(by=CLERK))
            self.ask(c.CallItem(by=CLERK, item=None))

    def people_arrive(self, data: st.DataObject) -> set[PersonId]:
        """Those who stay away."""
        away = data.draw(st.sets(st.sampled_from(list(self.sitting.roll)), max_size=3))
        for person in self.sitting.roll:
            if person not in away:
                self.ask(arrive(person))
        return away

    def ask(self, command: c.SittingCommand) -> bool:
        """Whether it was accepted. Anything but a Refusal flies."""
        now = self.clock.now()
        try:
            events = decide(self.sitting, command, self.book, now)
        except Refusal as refusal:
            assert refusal.code
            return False
        assert events
        own = [x for x in events if not _by_the_clock(x)]
        assert {(x.at, x.by) for x in own} == {(now, command.by)}
        assert all(x.at <= now for x in events)
        for event in events:
            self.sitting = evolve(self.sitting, event)
        self.history += events
        return True

    @rule(data=st.data())
    def somebody_comes_or_goes(self, data: st.DataObject) -> None:
        self.ask(data.draw(random.commands(self.sitting, wishes.attendance)))

    @rule(data=st.data())
    def a_proxy_moves(self, data: st.DataObject) -> None:
        self.ask(data.draw(random.commands(self.sitting, wishes.proxies)))

    @rule(data=st.data())
    def somebody_debates(self, data: st.DataObject) -> None:
        self.ask(data.draw(random.commands(self.sitting, wishes.debate)))

    @rule(data=st.data())
    def somebody_leads(self, data: st.DataObject) -> None:
        self.ask(data.draw(random.commands(self.sitting, wishes.conduct)))

    @rule(data=st.data())
    def somebody_asks_what_few_bodies_know(self, data: st.DataObject) -> None:
        self.ask(data.draw(random.commands(self.sitting, wishes.apart)))

    @rule()
    def the_hour_passes(self) -> None:
        """What the clock alone brings; it may be nothing."""
        now = self.clock.now()
        events = decide(self.sitting, c.PassHour(by=SYSTEM), self.book, now)
        assert all(_by_the_clock(x) and x.at <= now for x in events)
        for event in events:
            self.sitting = evolve(self.sitting, event)
        self.history += events

    @precondition(lambda self: self.sitting.polls.current() is None)
    @rule(purpose=st.sampled_from(Purpose))
    def a_poll_opens(self, purpose: Purpose) -> None:
        if self.sitting.current_item() is None:
            self.ask(c.CallItem(by=CLERK, item=None))
        self.ask(c.OpenPoll(by=CLERK, purpose=purpose, method=VotingMethod.ELECTRONIC))

    @precondition(lambda self: self.sitting.polls.current() is None and self.sitting.current_item() is not None)
    @rule(data=st.data())
    def a_poll_opens_in_another_way(self, data: st.DataObject) -> None:
        self.ask(
            data.draw(random.commands(self.sitting, lambda choose, _: wishes.opening(choose, CLERK, Purpose.ITEM)))
        )

    @precondition(lambda self: self.sitting.polls.open_poll() is not None)
    @rule(data=st.data())
    def the_room_is_counted(self, data: st.DataObject) -> None:
        self.ask(data.draw(random.commands(self.sitting, lambda choose, now: wishes.counting(choose, CLERK, now))))

    @precondition(lambda self: self.sitting.polls.open_poll() is not None)
    @rule(data=st.data(), times=st.integers(1, 5))
    def some_vote(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            self.ask(data.draw(random.commands(self.sitting, wishes.voice)))

    @precondition(lambda self: self.sitting.polls.open_poll() is not None)
    @rule(data=st.data())
    def everybody_votes(self, data: st.DataObject) -> None:
        poll = self.sitting.polls.open_poll()
        for mandate in poll.electorate.values() if poll is not None else ():
            choice = data.draw(random.CHOICES)
            self.ask(vote(mandate.member, choice, by=mandate.voter))

    @precondition(lambda self: self.sitting.polls.current() is not None)
    @rule()
    def the_result_is_said(self) -> None:
        self.ask(c.ClosePoll(by=CLERK))
        self.ask(c.ProclaimResult(by=self.sitting.officers.chair))

    @precondition(lambda self: len(self.history) > LONG_ENOUGH)
    @rule(data=st.data())
    def anybody_asks_anything(self, data: st.DataObject) -> None:
        self.ask(data.draw(random.commands(self.sitting)))

    @precondition(lambda self: self.sitting.course.phase is Phase.CLOSED)
    @rule(data=st.data())
    def after_the_end_everything_is_refused_but_the_document(self, data: st.DataObject) -> None:
        command = data.draw(random.commands(self.sitting))
        assert not self.ask(command) or isinstance(command, c.WriteNote)
        self.ask(data.draw(random.commands(self.sitting, wishes.document)))

    @invariant()
    def the_claims_hold(self) -> None:
        claims.check(self.sitting, self.history, self.book)


NOT_DRAWN: dict[type[object], str] = {
    c.PassHour: "nobody's wish, and it may bring nothing: ``the_hour_passes`` gives it",
    c.ApproveMinutes: "its facts are read in the journal of another sitting",
}
"""Commands that no chooser draws, each with its reason."""


def test_every_command_of_the_core_is_drawn_or_says_why_not() -> None:
    """By the choosers that the machine uses, in a sitting with people, items and a poll to choose among."""
    chance = Random(1)
    polled = given(*polled_(standing_committee(voters=5)))
    kinds = (wishes.attendance, wishes.proxies, wishes.debate, wishes.conduct, wishes.apart, wishes.document)
    drawn = {type(kind(chance.choice, polled.sitting)) for kind in (*kinds, wishes.anything) for _ in range(2_000)}
    assert drawn.isdisjoint(NOT_DRAWN)
    assert drawn | set(NOT_DRAWN) == set(get_args(c.SittingCommand))


RandomSitting.TestCase.settings = settings(stateful_step_count=60, max_examples=30)
TestRandomSitting = RandomSitting.TestCase


@pytest.mark.long
def test_many_random_sittings() -> None:
    run_state_machine_as_test(RandomSitting, settings=settings(stateful_step_count=60, max_examples=400))
