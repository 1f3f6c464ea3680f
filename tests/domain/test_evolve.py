"""The fold: it begins with a convocation, takes every kind of event and decides nothing."""

from datetime import timedelta
from typing import get_args

import pytest

from tests.domain import test_life as life
from tests.kit.given import Given, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    START,
    accepted_proxy,
    arrivals,
    arrive,
    ask,
    call,
    called,
    choose,
    close_poll,
    contest,
    convene,
    first,
    item,
    leave,
    m,
    nominee,
    open_poll,
    opened,
    option_papers,
    proclaim,
    roll,
    seats,
    settled,
    staff,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, ItemKind, Mode, Regime
from voting.domain.attendance import Presence, Source
from voting.domain.evolve import evolve, fold
from voting.domain.ids import SYSTEM, item_id, item_position, option_id, poll_id, request_id
from voting.domain.polls import Purpose
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.sitting import Phase
from voting.domain.standing_orders import ContestOrders
from voting.domain.statements import Statement
from voting.domain.tally import Choice
from voting.rules.figures import SIXTH

CPR = standing_committee()


def a_whole_sitting() -> Given:
    """Every kind of event at least once."""
    return given(
        CPR,
        c.OpenRollCall(by=CLERK),
        c.MakeStatement(by=CLERK, statement=Statement.RECORDING_STARTED),
        *arrivals(first(20)),
        *accepted_proxy(m(22), m(7)),
        c.CloseRollCall(by=CLERK),
        c.OpenSitting(by=CHAIR),
        c.AppointSecretary(by=CHAIR, person=m(9)),
        call(),
        arrive(ADVISOR),
        ask(m(7)),
        ask(m(8)),
        c.WithdrawFloor(by=m(8), person=m(8)),
        c.CloseSpeakersList(by=CHAIR),
        c.GiveFloor(by=CHAIR),
        c.PauseFloor(by=CHAIR),
        c.ContinueFloor(by=CHAIR),
        c.EndFloor(by=m(7)),
        c.UndoFloor(by=CHAIR),
        c.RequestClosure(by=m(7), person=m(7)),
        c.DeclineClosure(by=CHAIR),
        c.CloseDebate(by=CHAIR),
        c.RequestSuspension(by=m(1), person=m(1), reason=""),
        c.DeclineSuspension(by=CHAIR),
        c.DeclareRecusal(by=m(10), person=m(10)),
        c.RequestSecretBallot(by=m(11)),
        open_poll(Purpose.SECRET_BALLOT_REQUEST),
        vote(m(1), Choice.AGAINST),
        c.ClosePoll(by=CLERK),
        proclaim(),
        open_poll(),
        vote(m(22), by=m(7)),
        c.AnnulPoll(by=CLERK, reason="panne"),
        open_poll(),
        vote(m(1)),
        vote(m(1), Choice.AGAINST),
        c.ClosePoll(by=CLERK),
        proclaim(),
        call(),
        c.PostponeItem(by=CLERK, text="dossier incomplet"),
        c.SuspendSitting(by=CHAIR, reason="repas"),
        leave(m(7)),
        c.ResumeSitting(by=CHAIR),
        c.HandOverChair(by=CHAIR, person=m(2)),
        call(),
        c.CloseSitting(by=m(2)),
        c.WriteNote(by=CLERK, turn=None, text="Soutient le rapport."),
        c.WriteIncident(by=CLERK, incident=None, text="La transmission s’interrompt."),
    )


def a_sitting_in_the_room() -> Given:
    """What only those who are together do."""
    here = [arrive(who, Presence.IN_ROOM) for who in first(20)]
    return given(
        convene(roll(25), mode=Mode.ROOM, orders=StandingOrders(public_ballot=SIXTH)),
        *here,
        c.OpenSitting(by=CHAIR),
        call(),
        c.RequestRecordedBallot(by=m(7)),
        open_poll(method=VotingMethod.ROLL_CALL),
        *(c.CallNextName(by=CLERK) for _ in range(40)),
        *settled(),
        call(),
        open_poll(method=VotingMethod.SHOW_OF_HANDS),
        c.RecordHands(by=CLERK, against=(m(2),), abstention=(m(3),), not_taking_part=(m(4),)),
        *settled(),
        call(),
        open_poll(method=VotingMethod.SECRET),
        c.RecordPapers(by=CLERK, envelopes=19, votes_for=11, against=6, blank=1, invalid=1),
        c.MarkVoters(by=CLERK, members=first(19)),
        *settled(),
    )


def a_sitting_without_quorum() -> Given:
    """The other way in which a sitting ends."""
    later = c.GiveProxy(by=m(22), grantor=m(22), holder=m(2), source=Source.CARD, since=START + timedelta(seconds=3))
    return given(CPR, later, *arrivals(first(3)), c.RecordNoQuorum(by=CLERK))


def a_sitting_of_choices() -> Given:
    """What happens only where one is chosen among several."""
    elections = tuple(item(n, ItemKind.ELECTION) for n in (1, 2))
    orders = StandingOrders(contests=ContestOrders(absolute_rounds=0))
    council = convene(roll(77), elections, body=Body.COUNCIL, mode=Mode.ROOM, orders=orders)
    return given(
        *called(council),
        c.UncoverBallot(by=CHAIR),
        c.RequestInCamera(by=CHAIR),
        open_poll(Purpose.IN_CAMERA),
        *(vote(m(n)) for n in range(2, 78)),
        close_poll(),
        proclaim(),
        c.EndInCamera(by=CHAIR),
        contest(m(2), m(3)),
        choose(m(4), 1),
        choose(m(5), 2),
        c.ClosePoll(by=CLERK),
        c.StateElder(by=CLERK, option=option_id(2)),
        proclaim(),
        call(),
        contest(m(2), m(3), method=VotingMethod.SECRET),
        option_papers(1, 1),
        c.AnnulPoll(by=CLERK, reason="urne ouverte"),
        c.DeclareUnopposed(by=CHAIR, nominee=nominee(m(9))),
    )


def a_sitting_of_amendments() -> Given:
    """What happens only to amendments, and an item moved."""
    items = (item(1), *(item(n, ItemKind.AMENDMENT, parent=item_id(1)) for n in (2, 3)))
    order = c.OrderAmendments(by=CHAIR, items=(item_id(3), item_id(2)))
    moved = c.MoveItem(by=CLERK, item=item_id(4), before=item_id(1))
    return given(*opened(standing_committee(*items, item(4))), order, c.DeclareMoot(by=CLERK, item=item_id(2)), moved)


def a_sitting_of_blocks() -> Given:
    """What happens only to items voted together."""
    items = tuple(item_id(n) for n in (1, 2, 3))
    out = c.TakeOutOfBlock(by=m(4), item=item_id(2))
    asked = (c.FormBlock(by=CLERK, items=items), out, call(), open_poll(), vote(m(1)), *settled())
    return given(*opened(standing_committee(*map(item, (1, 2, 3)))), *asked)


def a_sitting_in_writing() -> Given:
    """What happens only where one deliberates in writing."""
    members = (*seats(6), *staff())
    told = convene(members, body=Body.TENDER_COMMITTEE, regime=Regime.WRITTEN_EXCHANGE)
    opened_ = c.OpenExchange(by=CHAIR, until=START + timedelta(minutes=1))
    longer = c.ProlongExchange(by=CHAIR, until=START + timedelta(minutes=2))
    past = given(*called(told), opened_, longer, c.WriteMessage(by=m(2), text="Favorable."))
    past.clock.advance(timedelta(minutes=2))
    return past.after(c.CloseExchange(by=CHAIR), open_poll(), *(vote(m(n)) for n in (1, 2, 3)), close_poll())


def a_sitting_whose_minutes_are_kept() -> Given:
    """What happens to the document afterwards."""
    steps = (life.CORRECT, life.SUBMIT, life.APPROVE, life.SIGN, life.PUBLISH, life.ARCHIVE)
    return life.a_council().after(*steps)


def test_the_whole_sitting_holds_every_kind_of_event() -> None:
    told = (a_whole_sitting(), a_sitting_in_the_room(), a_sitting_without_quorum())
    sittings = (
        *told,
        a_sitting_of_choices(),
        a_sitting_of_amendments(),
        a_sitting_of_blocks(),
        a_sitting_in_writing(),
        a_sitting_whose_minutes_are_kept(),
    )
    kinds = {type(x) for sitting in sittings for x in sitting.history}
    assert kinds == set(get_args(e.SittingEvent))


def test_step_by_step_or_at_once_the_state_is_the_same() -> None:
    whole = a_whole_sitting()
    assert fold(whole.history) == whole.sitting
    half = len(whole.history) // 2
    assert fold(whole.history[half:], fold(whole.history[:half])) == whole.sitting
    assert whole.sitting.course.phase is Phase.CLOSED


def test_a_fold_of_nothing_is_what_was_given() -> None:
    sitting = given(CPR).sitting
    assert fold((), sitting) is sitting
    with pytest.raises(ValueError, match="convocation"):
        fold(())


LATER = [
    *a_whole_sitting().history[1:],
    *a_sitting_in_the_room().history[1:],
    *a_sitting_of_choices().history[-11:],
    *a_sitting_of_amendments().history[-2:],
    *a_sitting_of_blocks().history[-7:],
    *a_sitting_in_writing().history[-10:],
]


@pytest.mark.parametrize("event", LATER, ids=lambda x: type(x).__name__)
def test_a_sitting_begins_with_its_convocation(event: e.SittingEvent) -> None:
    with pytest.raises(ValueError, match="convocation"):
        evolve(None, event)


def test_a_sitting_is_convened_once() -> None:
    sitting = given(CPR)
    with pytest.raises(ValueError, match="twice"):
        evolve(sitting.sitting, sitting.history[0])


def test_every_event_makes_a_new_state_and_leaves_the_old_one() -> None:
    for whole in (a_whole_sitting(), a_sitting_in_the_room(), a_sitting_of_blocks()):
        _every_state_is_new(whole)


def _every_state_is_new(whole: Given) -> None:
    state = evolve(None, whole.history[0])
    for number, event in enumerate(whole.history[1:], start=1):
        before = fold(whole.history[:number])
        after = evolve(state, event)
        assert state == before
        assert after != before, type(event)
        state = after


def test_ids_are_numbers_of_the_sitting() -> None:
    assert (item_id(3), poll_id(4), request_id(12)) == ("i003", "p4", "f12")
    assert [item_position(item_id(n)) for n in (1, 12, 1234)] == [1, 12, 1234]
    assert SYSTEM not in given(CPR).sitting.roll


def test_people_are_named_as_on_a_ballot_paper() -> None:
    member = given(CPR).sitting.roll[CHAIR]
    assert member.full_name == f"{member.first_name} {member.last_name}"
    assert START.tzinfo is not None
