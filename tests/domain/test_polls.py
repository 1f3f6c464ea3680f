"""Opening, closing, proclaiming and annulling a poll."""

from dataclasses import replace

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    STRANGER,
    accepted_proxy,
    arrive,
    ask,
    call,
    called,
    close_poll,
    convene,
    first,
    item,
    leave,
    m,
    open_poll,
    opened,
    polled,
    proclaim,
    proxy,
    roll,
    settled,
    standing_committee,
    vote,
    votes,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.decide.polls import outcome_of
from voting.domain.ids import SittingId, item_id, poll_id
from voting.domain.polls import Mandate, PollState, Purpose
from voting.domain.quorum import QuorumCheck
from voting.domain.refusals import (
    ChairOnly,
    ItemNotVoted,
    MethodForbidden,
    NoElector,
    NoItemUnderDiscussion,
    NoPoll,
    NotOnTheRoll,
    NotPresent,
    PollNotOpen,
    PollPending,
    PollStillOpen,
    QuorumNotReached,
    ReasonMissing,
    StaffOnly,
    WrongPhase,
)
from voting.domain.ruleset import MethodRule, QuorumBase, VotingMethod
from voting.domain.seats import quorum
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice, Decision, Ground, Outcome, Tally
from voting.rules import articles
from voting.rules.book import RuleBook

CPR = standing_committee()
P1 = poll_id(1)


def _annul(reason: str = "panne") -> c.AnnulPoll:
    return c.AnnulPoll(by=CLERK, reason=reason)


def test_a_poll_freezes_its_electorate_and_its_quorum() -> None:
    sitting = given(*called(CPR, first(14)), *accepted_proxy(m(20), m(3)))
    voices = (*(Mandate(member=p, voter=p) for p in first(14)), Mandate(member=m(20), voter=m(3)))
    check = QuorumCheck(
        present=14,
        represented=1,
        in_office=25,
        required=13,
        base=QuorumBase.PRESENT_OR_REPRESENTED,
        article="CGCT, art. L. 4132-13-1",
    )
    then = sitting.when(open_poll()).then(
        fact(
            e.PollOpened,
            poll=P1,
            number=1,
            item=item_id(1),
            purpose=Purpose.ITEM,
            method=VotingMethod.ELECTRONIC,
            electorate=voices,
            quorum=check,
        )
    )
    poll = then.sitting.polls.open_poll()
    assert poll is not None
    assert poll.silent() == voices
    assert poll.mandates_of(m(3)) == (voices[2], voices[-1])
    assert [x.is_proxy for x in poll.mandates_of(m(3))] == [False, True]
    assert then.sitting.course.quorum == check


def test_a_proxy_only_offered_gives_no_voice() -> None:
    sitting = given(*called(CPR, first(14)), proxy(m(20), m(3)))
    poll = sitting.after(open_poll()).sitting.polls.open_poll()
    assert poll is not None
    assert m(20) not in poll.electorate


def test_who_comes_or_goes_during_a_poll_does_not_change_its_electorate() -> None:
    sitting = given(*polled(CPR, first(14)), arrive(m(20)), leave(m(5)))
    sitting.when(vote(m(5))).then(e.VoteCast)
    poll = sitting.sitting.polls.open_poll()
    assert poll is not None
    assert list(poll.electorate) == list(first(14))


def test_polls_are_numbered_and_one_at_a_time() -> None:
    sitting = given(*polled(CPR))
    for pending in (sitting, sitting.after(close_poll())):
        pending.when(open_poll()).then(PollPending(poll=P1, number=1))
    again = sitting.after(_annul()).when(open_poll()).then(fact(e.PollOpened, poll=poll_id(2), number=2))
    assert [p.number for p in again.sitting.polls.of_item(item_id(1))] == [1, 2]
    assert again.sitting.polls.of_item(item_id(2)) == ()


def test_what_a_poll_needs() -> None:
    given(*opened(CPR)).when(open_poll()).then(NoItemUnderDiscussion())
    given(*called(CPR)).when(open_poll(by=m(7))).then(StaffOnly())
    given(*called(CPR)).when(open_poll(by=STRANGER)).then(NotOnTheRoll())
    given(*called(CPR, first(13)), leave(m(13))).when(open_poll()).then(
        QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM)
    )
    information = standing_committee(item(1, ItemKind.INFORMATION))
    given(*called(information)).when(open_poll()).then(ItemNotVoted(item=item_id(1)))


def test_a_poll_needs_somebody_in_the_chair() -> None:
    sitting = given(*called(CPR), leave(CHAIR))
    sitting.when(open_poll()).then(NotPresent(person=CHAIR))
    sitting.after(c.HandOverChair(by=CLERK, person=m(2))).when(open_poll()).then(e.PollOpened)


def test_the_chair_who_withdrew_from_the_item_does_not_preside_its_vote() -> None:
    sitting = given(*called(CPR), c.DeclareRecusal(by=CHAIR, person=CHAIR))
    sitting.when(open_poll()).then(NotPresent(person=CHAIR, citation=articles.RECUSAL))
    sitting.after(c.HandOverChair(by=CHAIR, person=m(2))).when(open_poll(by=m(2))).then(e.PollOpened)


def test_nobody_to_vote() -> None:
    again = convene(roll(25), second_convocation_of=SittingId("s-0000"))
    sitting = given(*called(again, [CHAIR]))
    assert sitting.when(open_poll()).accepted().sitting.polls.pending == P1
    voteless = tuple(replace(x, votes=False) if x.id == CHAIR else x for x in again.members)
    alone = given(*called(replace(again, members=voteless), [CHAIR]))
    alone.when(open_poll()).then(NoElector())


@pytest.mark.parametrize("method", [VotingMethod.SECRET, VotingMethod.SHOW_OF_HANDS])
def test_a_way_of_voting_that_the_law_keeps_out(method: VotingMethod) -> None:
    given(*called(CPR)).when(open_poll(method=method)).then(MethodForbidden(citation=articles.STANDING_METHODS))


def test_a_rule_set_may_forbid_the_electronic_vote() -> None:
    book = given(CPR).rules
    assert isinstance(book, RuleBook)
    by_voice = replace(
        book, methods=MethodRule(allowed=frozenset({VotingMethod.ROLL_CALL}), citation=articles.REMOTE_METHODS)
    )
    given(*called(CPR), rules=by_voice).when(open_poll()).then(MethodForbidden(citation=articles.REMOTE_METHODS))


def _voted(votes_for: int, against: int, *, chair: Choice | None = None) -> Given:
    """The first voices after the chair's are for, the next against; nobody else answers."""
    numbers = iter(range(2, 26))
    cast = [vote(m(next(numbers)), Choice.FOR) for _ in range(votes_for)]
    cast += [vote(m(next(numbers)), Choice.AGAINST) for _ in range(against)]
    if chair is not None:
        cast.append(vote(CHAIR, chair))
    return given(*polled(CPR), *cast)


def test_closing_counts() -> None:
    tally = Tally(votes_for=5, against=3, abstention=1, not_taking_part=0, no_answer=16)
    then = _voted(5, 3, chair=Choice.ABSTENTION).when(close_poll()).then(fact(e.PollClosed, poll=P1, tally=tally))
    poll = then.sitting.polls.current()
    assert poll is not None
    assert (poll.state, poll.tally, poll.decision) == (PollState.CLOSED, tally, None)
    assert then.sitting.polls.open_poll() is None
    then.when(close_poll()).then(PollNotOpen())


def test_a_poll_is_closed_by_the_staff_and_only_when_there_is_one() -> None:
    given(*called(CPR)).when(close_poll()).then(NoPoll())
    given(*polled(CPR)).when(close_poll(by=m(7))).then(StaffOnly())
    given(*polled(CPR)).when(close_poll(by=STRANGER)).then(NotOnTheRoll())


def test_the_proclamation_settles_the_item() -> None:
    decision = Decision(outcome=Outcome.ADOPTED, ground=Ground.MAJORITY)
    then = _voted(5, 3).after(close_poll()).when(proclaim()).then(fact(e.ResultProclaimed, poll=P1, decision=decision))
    assert then.sitting.agenda.states[item_id(1)] is ItemState.ADOPTED
    assert then.sitting.current_item() is None
    assert then.sitting.polls.current() is None
    poll = then.sitting.polls.all[P1]
    assert (poll.state, poll.decision) == (PollState.PROCLAIMED, decision)
    then.when(proclaim()).then(NoPoll())
    then.when(_annul()).then(NoPoll())


def test_a_rejected_item_is_settled_too() -> None:
    then = _voted(3, 5).after(*settled())
    assert then.sitting.agenda.states[item_id(1)] is ItemState.REJECTED


def test_the_chair_alone_proclaims() -> None:
    closed = _voted(5, 3).after(close_poll())
    for other in (CLERK, m(7), ADVISOR):
        closed.when(proclaim(by=other)).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    closed.when(proclaim(by=STRANGER)).then(NotOnTheRoll())


def test_the_chair_proclaims_from_inside_the_sitting() -> None:
    gone = _voted(5, 3).after(close_poll(), leave(CHAIR))
    gone.when(proclaim()).then(NotPresent(person=CHAIR))
    gone.after(arrive(CHAIR)).when(proclaim()).then(e.ResultProclaimed)


def test_a_poll_whose_chair_is_gone_for_good_is_annulled_and_held_again() -> None:
    gone = _voted(5, 3).after(close_poll(), leave(CHAIR))
    again = gone.after(_annul(), c.HandOverChair(by=CLERK, person=m(2)), open_poll(), vote(m(2)), close_poll())
    again.when(proclaim(by=m(2))).then(fact(e.ResultProclaimed, poll=poll_id(2)))


def test_nothing_is_proclaimed_before_the_close() -> None:
    _voted(5, 3).when(proclaim()).then(PollStillOpen(number=1, citation=articles.STANDING_PROCLAMATION))
    given(*called(CPR)).when(proclaim()).then(NoPoll())


def test_an_open_poll_has_no_outcome() -> None:
    sitting = _voted(5, 3)
    poll = sitting.sitting.polls.all[P1]
    with pytest.raises(PollStillOpen) as refused:
        outcome_of(sitting.sitting, poll, sitting.rules)
    assert refused.value == PollStillOpen(number=1)


@pytest.mark.parametrize(
    ("chair", "outcome", "ground"),
    [
        (Choice.FOR, Outcome.ADOPTED, Ground.CASTING_VOTE),
        (Choice.AGAINST, Outcome.REJECTED, Ground.CASTING_VOTE),
        (Choice.ABSTENTION, Outcome.REJECTED, Ground.TIE),
        (Choice.NOT_TAKING_PART, Outcome.REJECTED, Ground.TIE),
        (None, Outcome.REJECTED, Ground.TIE),
    ],
)
def test_the_chair_s_own_voice_breaks_a_tie(chair: Choice | None, outcome: Outcome, ground: Ground) -> None:
    extra = {Choice.FOR: (-1, 0), Choice.AGAINST: (0, -1)}.get(chair, (0, 0)) if chair else (0, 0)
    tied = _voted(6 + extra[0], 6 + extra[1], chair=chair)
    then = tied.after(close_poll()).when(proclaim()).then(e.ResultProclaimed)
    assert then.sitting.polls.all[P1].decision == Decision(outcome=outcome, ground=ground, chair_choice=chair)


def test_the_proxy_of_an_absent_chair_breaks_no_tie() -> None:
    """The casting vote belongs to whoever presides, in person."""
    absent = given(*opened(CPR), *accepted_proxy(CHAIR, m(3)), call(), leave(CHAIR))
    absent.when(open_poll()).then(NotPresent(person=CHAIR))
    opened_all_the_same = absent.happened(
        e.PollOpened(
            at=absent.clock.now(),
            by=CLERK,
            poll=P1,
            number=1,
            item=item_id(1),
            purpose=Purpose.ITEM,
            method=VotingMethod.ELECTRONIC,
            electorate=(Mandate(member=CHAIR, voter=m(3)), Mandate(member=m(2), voter=m(2))),
            quorum=quorum(absent.sitting, absent.rules),
        )
    )
    tied = opened_all_the_same.after(vote(CHAIR, by=m(3)), vote(m(2), Choice.AGAINST), close_poll())
    decision = outcome_of(tied.sitting, tied.sitting.polls.all[P1], tied.rules)
    assert decision == Decision(outcome=Outcome.REJECTED, ground=Ground.TIE)


def test_the_casting_vote_goes_with_the_chair() -> None:
    handed = given(*called(CPR), c.HandOverChair(by=CHAIR, person=m(2)), open_poll())
    tied = handed.after(vote(CHAIR, Choice.AGAINST), vote(m(2)), close_poll())
    tied.when(proclaim(by=m(2))).then(
        fact(
            e.ResultProclaimed,
            decision=Decision(outcome=Outcome.ADOPTED, ground=Ground.CASTING_VOTE, chair_choice=Choice.FOR),
        )
    )


def test_a_poll_nobody_answers_adopts_nothing() -> None:
    given(*polled(CPR), close_poll()).when(proclaim()).then(
        fact(e.ResultProclaimed, decision=Decision(outcome=Outcome.REJECTED, ground=Ground.NO_VOTE_CAST))
    )


@pytest.mark.parametrize("closed", [False, True])
def test_an_annulled_poll_counts_for_nothing_and_stays_on_record(closed: bool) -> None:
    sitting = _voted(5, 3).after(*([close_poll()] if closed else []))
    then = sitting.when(_annul("  panne du réseau ")).then(fact(e.PollAnnulled, poll=P1, reason="panne du réseau"))
    poll = then.sitting.polls.all[P1]
    assert (poll.state, poll.annulled_for, len(poll.ballots)) == (PollState.ANNULLED, "panne du réseau", 8)
    assert then.sitting.polls.pending is None
    assert then.sitting.agenda.current == item_id(1)
    then.when(vote(m(9), poll="p1")).then(PollNotOpen())


def test_annulling_is_for_the_staff_with_a_reason() -> None:
    polling = given(*polled(CPR))
    polling.when(_annul("  ")).then(ReasonMissing())
    polling.when(_annul(), by=m(7)).then(StaffOnly())
    polling.when(_annul(), by=STRANGER).then(NotOnTheRoll())
    given(*called(CPR)).when(_annul()).then(NoPoll())


@pytest.mark.parametrize("command", [open_poll(), close_poll(), proclaim(), _annul()], ids=lambda x: type(x).__name__)
def test_there_is_no_poll_outside_the_sitting(command: c.SittingCommand) -> None:
    given(CPR).when(command).then(WrongPhase(phase=Phase.CONVENED))
    paused = given(*called(CPR), c.SuspendSitting(by=CLERK, reason=""))
    paused.when(command).then(WrongPhase(phase=Phase.SUSPENDED))
    paused.after(c.CloseSitting(by=CLERK)).when(command).then(WrongPhase(phase=Phase.CLOSED))


def test_unanimity_against_rejects() -> None:
    then = given(*polled(CPR), *votes(Choice.AGAINST, range(1, 26)), close_poll()).when(proclaim()).accepted()
    assert then.sitting.polls.all[P1].decision == Decision(outcome=Outcome.REJECTED, ground=Ground.MAJORITY)


def test_a_point_of_order_asked_during_a_poll_does_not_stop_it() -> None:
    sitting = given(*polled(CPR), ask(m(7), FloorKind.POINT_OF_ORDER), c.GiveFloor(by=CHAIR))
    sitting.when(vote(m(7))).then(e.VoteCast)
    sitting.when(close_poll()).then(e.PollClosed)


def test_R09_a_chair_who_withdrew_proclaims_nothing() -> None:
    closed = _voted(5, 3).after(close_poll())
    recused = closed.happened(e.RecusalDeclared(at=closed.clock.now(), by=CHAIR, item=item_id(1), person=CHAIR))
    recused.when(proclaim()).then(NotPresent(person=CHAIR, citation=articles.RECUSAL))
