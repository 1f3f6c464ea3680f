"""One voice: who may give it, when it may change, what each refusal says."""

from dataclasses import fields, replace
from typing import Any, cast

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    OBSERVER,
    STRANGER,
    SUPPORT,
    accepted_proxy,
    arrive,
    call,
    called,
    close_poll,
    first,
    leave,
    m,
    open_poll,
    opened,
    polled,
    proclaim,
    settled,
    standing_committee,
    tender_committee,
    u,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.attendance import Source
from voting.domain.evolve import with_ballots
from voting.domain.ids import PersonId, poll_id
from voting.domain.polls import Poll
from voting.domain.refusals import (
    AlreadyVoted,
    NoMandate,
    NotOnTheRoll,
    NotPresent,
    NotYours,
    NoVote,
    PollNotOpen,
    StaffOnly,
)
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice

CPR = standing_committee()
CAO = tender_committee()
P1 = poll_id(1)


@pytest.mark.parametrize("choice", list(Choice))
def test_a_member_votes(choice: Choice) -> None:
    sitting = given(*polled(CPR))
    then = sitting.when(vote(m(7), choice, poll="p1", revision=0)).then(
        fact(e.VoteCast, poll=P1, member=m(7), choice=choice, source=Source.CARD, revision=0)
    )
    assert then.sitting.polls.all[P1].ballots == {m(7): then.history[-1]}


def test_a_typed_word_means_the_open_poll() -> None:
    given(*polled(CPR)).when(vote(m(7), source=Source.TEXT)).then(fact(e.VoteCast, poll=P1, source=Source.TEXT))


def test_a_vote_changes_until_the_close_and_the_last_one_counts() -> None:
    sitting = given(*polled(CPR), vote(m(7)))
    then = sitting.when(vote(m(7), Choice.AGAINST, revision=1)).then(
        fact(e.VoteCast, choice=Choice.AGAINST, revision=1)
    )
    closed = then.after(close_poll())
    tally = closed.sitting.polls.all[P1].tally
    assert tally is not None
    assert (tally.votes_for, tally.against, tally.no_answer) == (0, 1, 24)
    closed.when(vote(m(7), revision=2)).then(PollNotOpen())


def test_a_triple_click_counts_once() -> None:
    sitting = given(*polled(CPR))
    voted = sitting.when(vote(m(7), poll="p1", revision=0)).then(e.VoteCast)
    refusal = AlreadyVoted(member=m(7), choice=Choice.FOR, at=voted.history[-1].at)
    voted.when(vote(m(7), poll="p1", revision=0)).then(refusal)
    voted.when(vote(m(7), Choice.AGAINST, poll="p1", revision=0)).then(refusal)
    voted.when(vote(m(7), Choice.AGAINST, poll="p1", revision=2)).then(refusal)


def test_a_typed_word_said_twice_changes_nothing_and_another_changes_the_vote() -> None:
    voted = given(*polled(CPR)).when(vote(m(7))).then(e.VoteCast)
    voted.when(vote(m(7))).then(AlreadyVoted(member=m(7), choice=Choice.FOR, at=voted.history[-1].at))
    voted.when(vote(m(7), Choice.ABSTENTION)).then(fact(e.VoteCast, choice=Choice.ABSTENTION, revision=1))


def test_the_same_choice_confirmed_on_a_fresh_card_is_recorded() -> None:
    given(*polled(CPR), vote(m(7))).when(vote(m(7), revision=1)).then(fact(e.VoteCast, revision=1))


def test_the_holder_gives_two_voices_and_each_once() -> None:
    sitting = given(*opened(CPR, first(20)), *accepted_proxy(m(22), m(7)), call(), open_poll())
    both = sitting.after(vote(m(7)), vote(m(22), Choice.AGAINST, by=m(7)))
    ballots = both.sitting.polls.all[P1].ballots
    assert {member: (b.choice, b.by) for member, b in ballots.items()} == {
        m(7): (Choice.FOR, m(7)),
        m(22): (Choice.AGAINST, m(7)),
    }
    both.when(vote(m(7))).then(AlreadyVoted(member=m(7), choice=Choice.FOR, at=ballots[m(7)].at))
    both.when(vote(m(22), Choice.AGAINST, by=m(7))).then(
        AlreadyVoted(member=m(22), choice=Choice.AGAINST, at=ballots[m(22)].at)
    )


def test_nobody_votes_for_another() -> None:
    sitting = given(*opened(CPR, first(20)), *accepted_proxy(m(22), m(7)), call(), open_poll())
    sitting.when(vote(m(8), by=m(7))).then(NotYours())
    sitting.when(vote(m(22), by=m(8))).then(NotYours())
    sitting.when(vote(m(22), by=m(22))).then(NotYours())
    sitting.when(vote(m(8), by=CLERK)).then(NotYours())
    sitting.when(vote(m(8), by=CHAIR, source=Source.CLERK)).then(NotYours())
    sitting.when(vote(m(8), by=STRANGER)).then(NotYours())


def test_the_staff_records_a_spoken_vote_under_its_own_name() -> None:
    sitting = given(*polled(CPR))
    spoken = sitting.when(vote(m(7), by=CLERK, source=Source.VOICE)).then(
        fact(e.VoteCast, member=m(7), by=CLERK, source=Source.VOICE)
    )
    spoken.when(vote(m(7), Choice.AGAINST, revision=1)).then(fact(e.VoteCast, by=m(7), revision=1))
    sitting.when(vote(m(7), source=Source.VOICE)).then(StaffOnly())
    sitting.when(vote(m(7), by=STRANGER, source=Source.VOICE)).then(NotOnTheRoll())


@pytest.mark.parametrize("who", [ADVISOR, CLERK, SUPPORT, OBSERVER])
def test_who_sits_without_a_vote_presses_in_vain(who: PersonId) -> None:
    given(*polled(CPR), arrive(who)).when(vote(who)).then(NoVote(person=who))


def test_a_stranger_presses_in_vain() -> None:
    given(*polled(CPR)).when(vote(STRANGER)).then(NotOnTheRoll())


def test_who_is_absent_is_told_so_and_who_came_too_late_too() -> None:
    sitting = given(*polled(CPR, first(20)))
    sitting.when(vote(m(22))).then(NotPresent(person=m(22)))
    sitting.after(arrive(m(22))).when(vote(m(22))).then(NoMandate(member=m(22)))


def test_a_surplus_substitute_presses_in_vain() -> None:
    sitting = given(*opened(CAO), arrive(u(2)), call(), open_poll())
    sitting.when(vote(u(2))).then(NoMandate(member=u(2)))


def test_the_titular_who_comes_back_during_the_poll_waits_for_the_next_one() -> None:
    sitting = given(*opened(CAO, (*first(5), u(6))), call(), open_poll(), arrive(m(6)))
    sitting.when(vote(m(6))).then(NoMandate(member=m(6)))
    sitting.when(vote(u(6))).then(fact(e.VoteCast, member=u(6)))
    again = sitting.after(c.AnnulPoll(by=CLERK, reason="panne"), open_poll())
    again.when(vote(u(6))).then(NoMandate(member=u(6)))
    again.when(vote(m(6))).then(fact(e.VoteCast, member=m(6)))


def test_a_substitute_who_takes_over_during_the_poll_adds_no_voice() -> None:
    sitting = given(*polled(CAO), vote(m(6)), leave(m(6)), arrive(u(6)))
    sitting.when(vote(u(6))).then(NoMandate(member=u(6)))


def test_the_card_of_another_poll_votes_nothing() -> None:
    sitting = given(*polled(CPR), c.AnnulPoll(by=CLERK, reason="panne"), open_poll())
    sitting.when(vote(m(7), poll="p1")).then(PollNotOpen())
    sitting.when(vote(m(7), poll="p3")).then(PollNotOpen())
    sitting.when(vote(m(7), poll="p2")).then(fact(e.VoteCast, poll=poll_id(2)))


def test_there_is_no_vote_outside_an_open_poll() -> None:
    refusal = PollNotOpen()
    given(CPR).when(vote(m(7))).then(refusal)
    given(*called(CPR)).when(vote(m(7))).then(refusal)
    closed = given(*polled(CPR), close_poll())
    closed.when(vote(m(7))).then(refusal)
    closed.after(proclaim()).when(vote(m(7))).then(refusal)
    given(*polled(CPR), *settled(), c.CloseSitting(by=CLERK)).when(vote(m(7), poll="p1")).then(refusal)


def test_there_is_no_vote_during_a_pause_even_if_a_poll_were_open() -> None:
    sitting = given(*polled(CPR))
    paused = sitting.happened(e.SittingSuspended(at=sitting.clock.now(), by=CLERK, reason=""))
    paused.when(vote(m(7))).then(PollNotOpen())


OF_A_CLOSED_ONE = {"tally", "college_tallies", "decision", "counts", "elder", "result", "annulled_for"}


def test_another_voice_changes_nothing_else_of_the_poll() -> None:
    """Built field by field: one that is added to the poll and forgotten there would be lost at the next voice."""
    poll = given(*polled(standing_committee())).sitting.polls.all[poll_id(1)]
    kept = [f.name for f in fields(Poll) if f.name not in OF_A_CLOSED_ONE | {"ballots"}]
    seals = {name: object() for name in kept}
    held = replace(poll, **cast("Any", seals)).holding({})
    assert {name: getattr(held, name) for name in kept} == seals
    assert held.ballots == {}


def test_another_voice_changes_nothing_else_of_the_sitting() -> None:
    """The same of the sitting: what is added to it must not be lost at the next voice."""
    sitting = given(*polled(standing_committee())).sitting
    kept = [f.name for f in fields(Sitting) if f.name != "polls"]
    seals = {name: object() for name in kept}
    sealed = replace(sitting, **cast("Any", seals))
    voted = with_ballots(sealed, poll_id(1), {})
    assert {name: getattr(voted, name) for name in kept} == seals
    assert (
        replace(voted.polls.all[poll_id(1)], ballots=sitting.polls.all[poll_id(1)].ballots)
        == (sitting.polls.all[poll_id(1)])
    )
