"""The vote by name: who is called, who may answer, the second call, the close."""

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    accepted_proxy,
    call,
    called,
    close_poll,
    convene,
    first,
    m,
    open_poll,
    opened,
    proclaim,
    roll,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.attendance import Source
from voting.domain.ids import PersonId, poll_id
from voting.domain.nominal import NominalCall, from_letter, plain
from voting.domain.polls import Purpose
from voting.domain.refusals import AlreadyRecorded, AlreadyVoted, NotYours, PollNotOpen, StaffOnly
from voting.domain.refusals.ballots import (
    LetterUnknown,
    NamesLeftToCall,
    NobodyLeftToCall,
    NotCalledYet,
    OtherMethod,
)
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice, Decision, Ground, Outcome, Tally

CPR = standing_committee(voters=5)
P1 = poll_id(1)
BY_NAME = open_poll(method=VotingMethod.ROLL_CALL)
NEXT = c.CallNextName(by=CLERK)


def by_letter(letter: str) -> c.OpenPoll:
    return c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ROLL_CALL, first_letter=letter)


def calling() -> Given:
    return given(*called(CPR), BY_NAME)


def called_now(sitting: Sitting) -> tuple[int, PersonId | None]:
    poll = sitting.polls.current()
    assert poll is not None
    assert poll.call is not None
    return poll.call.round, poll.call.called


def spoken(number: int, choice: Choice = Choice.FOR) -> c.CastVote:
    return vote(m(number), choice, by=CLERK, source=Source.VOICE)


def test_it_opens_with_the_order_of_the_roll_and_calls_its_first_name() -> None:
    then = (
        given(*called(CPR))
        .when(BY_NAME)
        .then(
            fact(e.PollOpened, method=VotingMethod.ROLL_CALL, call_order=first(5)),
            fact(e.NameCalled, poll=P1, member=CHAIR, round=1),
        )
    )
    assert called_now(then.sitting) == (1, CHAIR)


def test_another_way_of_voting_calls_nobody() -> None:
    given(*called(CPR)).when(open_poll()).then(fact(e.PollOpened, call_order=()))


def test_each_answer_calls_the_next_name_whoever_recorded_it() -> None:
    aloud = calling().when(spoken(1)).then(fact(e.VoteCast, source=Source.VOICE), fact(e.NameCalled, member=m(2)))
    pressed = aloud.when(vote(m(2), Choice.AGAINST)).then(fact(e.VoteCast, source=Source.CARD), e.NameCalled)
    assert called_now(pressed.sitting) == (1, m(3))


def test_nobody_answers_before_his_name() -> None:
    calling().when(vote(m(3))).then(NotCalledYet(member=m(3)))
    calling().when(spoken(3)).then(NotCalledYet(member=m(3)))
    calling().when(vote(m(1), by=m(2))).then(NotYours())


def test_who_was_called_and_answers_late_is_heard_and_moves_nothing() -> None:
    late = calling().after(NEXT, NEXT).when(vote(m(1))).then(fact(e.VoteCast, member=m(1)))
    assert called_now(late.sitting) == (1, m(3))


def test_who_answered_may_change_until_the_close() -> None:
    changed = calling().after(spoken(1)).when(vote(m(1), Choice.AGAINST)).then(fact(e.VoteCast, revision=1))
    changed.when(vote(m(1), Choice.AGAINST, revision=0)).then(
        AlreadyVoted(member=m(1), choice=Choice.AGAINST, at=changed.sitting.polls.all[P1].ballots[m(1)].at)
    )


def test_those_who_did_not_answer_are_called_again_and_only_they() -> None:
    again = calling().after(NEXT, spoken(2), NEXT, spoken(4)).when(spoken(5))
    second = again.then(e.VoteCast, fact(e.NameCalled, member=m(1), round=2))
    assert called_now(second.after(NEXT).sitting) == (2, m(3))


def test_an_older_card_moves_nothing_on() -> None:
    seen = c.CallNextName(by=CLERK, called=CHAIR)
    moved = calling().when(seen).then(fact(e.NameCalled, member=m(2)))
    moved.when(seen).then(AlreadyRecorded())


def test_in_the_second_call_the_last_silence_ends_it() -> None:
    sitting = calling().after(NEXT, *(spoken(n) for n in range(2, 6)))
    over = sitting.when(NEXT).then(fact(e.NameCalled, member=None, round=2))
    over.when(NEXT).then(NobodyLeftToCall())
    over.when(vote(m(1))).then(fact(e.VoteCast, member=m(1)))
    tally = Tally(votes_for=4, against=0, abstention=0, not_taking_part=0, no_answer=1)
    over.when(close_poll()).then(fact(e.PollClosed, tally=tally))


def test_a_late_answer_in_the_second_call_is_not_called_again() -> None:
    sitting = calling().after(*[NEXT] * 5, vote(m(2)))
    assert called_now(sitting.sitting) == (2, m(1))
    assert called_now(sitting.after(NEXT).sitting) == (2, m(3))


def test_it_does_not_close_while_names_are_left() -> None:
    calling().when(close_poll()).then(NamesLeftToCall(left=5))
    calling().after(NEXT, *(spoken(n) for n in range(2, 6))).when(close_poll()).then(NamesLeftToCall(left=1))


def test_all_have_answered() -> None:
    done = calling().after(*(spoken(n) for n in range(1, 5))).when(spoken(5))
    done.then(e.VoteCast, fact(e.NameCalled, member=None, round=1)).when(close_poll()).then(e.PollClosed)


def test_a_member_away_is_called_by_his_name_and_his_holder_answers() -> None:
    sitting = given(*opened(CPR, first(4)), *accepted_proxy(m(5), m(2)), call(), BY_NAME)
    at_last = sitting.after(*(spoken(n) for n in range(1, 5)))
    assert called_now(at_last.sitting) == (1, m(5))
    at_last.when(vote(m(5))).then(NotYours())
    at_last.when(vote(m(5), by=m(2))).then(fact(e.VoteCast, member=m(5)), e.NameCalled)


def test_it_is_called_by_the_staff_while_such_a_poll_is_open() -> None:
    calling().when(NEXT, by=m(3)).then(StaffOnly())
    given(*called(CPR)).when(NEXT).then(PollNotOpen())
    given(*called(CPR), open_poll()).when(NEXT).then(OtherMethod())
    done = calling().after(*(spoken(n) for n in range(1, 6)), close_poll())
    done.when(NEXT).then(PollNotOpen())


def test_the_result_is_that_of_any_recorded_vote() -> None:
    sitting = calling().after(spoken(1), spoken(2, Choice.AGAINST), *[NEXT] * 6, close_poll())
    decision = Decision(outcome=Outcome.ADOPTED, ground=Ground.CASTING_VOTE, chair_choice=Choice.FOR)
    sitting.when(proclaim()).then(fact(e.ResultProclaimed, decision=decision))


def test_from_a_letter_the_names_follow_the_alphabet_and_come_round() -> None:
    names = {p.id: p.last_name for p in CPR.members if p.votes}
    then = given(*called(CPR)).when(by_letter("d")).accepted()
    order = [names[p] for p in then.sitting.polls.all[P1].call.order]  # type: ignore[union-attr]
    assert order == ["Delmas-3", "Esnault-4", "Fontaine-5", "Besson-1", "Carlier-2"]


@pytest.mark.parametrize("letter", ["dé", "1", "·", " "])
def test_it_must_be_a_letter(letter: str) -> None:
    given(*called(CPR)).when(by_letter(letter)).then(LetterUnknown(letter=letter))


def test_accents_do_not_move_a_name() -> None:
    assert plain("Œuvrard-Ébé") == "ŒUVRARD-EBE"
    named = [(m(1), "Zola"), (m(2), "Éluard"), (m(3), "Eluard"), (m(4), "Faure"), (m(5), "Duras")]
    assert from_letter("É", named) == (m(2), m(3), m(4), m(1), m(5))


def test_a_call_that_is_over_leaves_nobody() -> None:
    over = NominalCall(order=first(3), is_over=True)
    assert over.left(lambda _: False) == 0
    assert NominalCall(order=first(3)).left(lambda _: False) == 3
    assert not NominalCall(order=first(3)).was_called(m(1))
    assert NominalCall(order=()).following(lambda _: True) == (1, None)


def test_names_of_the_same_letter_in_a_large_body() -> None:
    council = convene(roll(25))
    then = given(*called(council)).when(by_letter("B")).accepted()
    order = then.sitting.polls.all[P1].call.order  # type: ignore[union-attr]
    assert sorted(order) == sorted(first(25))
    assert then.sitting.roll[order[0]].last_name.startswith("Besson")
    assert then.sitting.roll[order[-1]].last_name.startswith("Aubert")


def test_the_first_name_called_is_the_first_of_the_list_and_those_before_are_left_behind() -> None:
    call = NominalCall(order=first(3))
    assert call.following(lambda _: False) == (1, m(1))
    third = NominalCall(order=first(3), called=m(3))
    assert third.left(lambda _: False) == 1
    assert third.following(lambda who: who == m(1)) == (2, m(2))


def test_a_name_that_is_the_letter_itself_is_called_once_and_first() -> None:
    assert from_letter("D", [(m(1), "Bo"), (m(2), "D"), (m(3), "Da")]) == (m(2), m(3), m(1))


def test_somebody_without_a_voice_in_the_poll_gives_none() -> None:
    poll = given(*called(CPR), open_poll()).sitting.polls.all[P1]
    assert poll.mandates_of(ADVISOR) == ()


@pytest.mark.parametrize("letter", ["a", "À", "Z", "z"])
def test_the_first_and_the_last_letter_are_letters(letter: str) -> None:
    given(*called(CPR)).when(by_letter(letter)).accepted()


@pytest.mark.parametrize("letter", ["[", "{", "@", "a "])
def test_the_neighbours_of_letters_are_none(letter: str) -> None:
    given(*called(CPR)).when(by_letter(letter)).then(LetterUnknown(letter=letter))
