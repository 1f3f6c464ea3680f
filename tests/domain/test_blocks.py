"""Items voted together: who puts them together, which may not be, who takes one out, what the vote decides."""

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    STRANGER,
    ask,
    call,
    close_poll,
    contest,
    convene,
    first,
    item,
    m,
    open_poll,
    opened,
    proclaim,
    roll,
    standing_committee,
    vote,
    votes,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import AgendaItem, Body, ItemKind, LegalSubject, Mode
from voting.domain.attendance import Presence, Source
from voting.domain.events.blocks import RemovalReason
from voting.domain.ids import ItemId, item_id, poll_id
from voting.domain.polls import Purpose
from voting.domain.refusals import (
    ItemAlreadySettled,
    ItemUnknown,
    NotOnTheRoll,
    NotPresent,
    NotYours,
    PollPending,
    StaffOnly,
)
from voting.domain.refusals.block import (
    BlockBar,
    BlockBeginsElsewhere,
    BlockUnclear,
    InBlock,
    NotInBlock,
    UnfitForBlock,
)
from voting.domain.refusals.floor import RequestReserved
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.standing_orders import Asker, Requests
from voting.domain.tally import Choice
from voting.rules import articles

A, B, C, D, OTHER = (item_id(n) for n in range(1, 6))
CPR = standing_committee(*(item(n) for n in range(1, 6)))


def block(*items: ItemId) -> c.FormBlock:
    return c.FormBlock(by=CLERK, items=items)


def out(which: ItemId) -> c.TakeOutOfBlock:
    return c.TakeOutOfBlock(by=m(3), item=which)


def formed(*items: ItemId) -> Given:
    return given(*opened(CPR), block(*items))


def states(sitting: Given) -> list[ItemState]:
    return [sitting.sitting.agenda.states[item_id(n)] for n in range(1, 6)]


def test_the_staff_puts_items_together_in_the_order_of_the_summons() -> None:
    sitting = given(*opened(CPR))
    then = sitting.when(block(C, A, B)).then(fact(e.BlockFormed, items=(A, B, C)))
    assert then.sitting.agenda.block_of(B) == (A, B, C)
    assert then.sitting.agenda.block_of(D) == ()
    sitting.when(block(A, B), by=CHAIR).then(e.BlockFormed)
    sitting.when(block(A, B), by=m(3)).then(StaffOnly())


def test_a_block_has_two_items_or_more_each_once() -> None:
    sitting = given(*opened(CPR))
    for items in ((), (A,), (A, A), (A, B, A)):
        sitting.when(block(*items)).then(BlockUnclear())
    sitting.when(block(A, item_id(99))).then(ItemUnknown())


@pytest.mark.parametrize("kind", [ItemKind.AMENDMENT, ItemKind.ELECTION, ItemKind.AWARD, ItemKind.INFORMATION])
def test_only_reports_and_motions_are_voted_together(kind: ItemKind) -> None:
    sitting = given(*opened(standing_committee(item(1), item(2, kind), item(3, ItemKind.MOTION))))
    sitting.when(block(A, B)).then(UnfitForBlock(item=B, why=BlockBar.KIND))
    sitting.when(block(A, C)).then(e.BlockFormed)


def test_what_has_electors_or_a_secret_of_its_own_is_voted_apart() -> None:
    secret = AgendaItem(id=B, number="2", title="Deux", confidential=True)
    sitting = given(*opened(standing_committee(item(1), secret)))
    sitting.when(block(A, B)).then(UnfitForBlock(item=B, why=BlockBar.CONFIDENTIAL))
    amended = given(*opened(standing_committee(item(1), item(2), item(3, ItemKind.AMENDMENT, parent=B))))
    amended.when(block(A, B)).then(UnfitForBlock(item=B, why=BlockBar.AMENDMENTS))
    recused = given(*opened(CPR), call(B), c.DeclareRecusal(by=m(3), person=m(3)))
    recused.when(block(A, B)).then(UnfitForBlock(item=B, why=BlockBar.RECUSAL))
    asked = given(*opened(CPR), call(B), c.RequestSecretBallot(by=m(3)))
    asked.when(block(A, B)).then(UnfitForBlock(item=B, why=BlockBar.SECRET_BALLOT))
    formed(B, C).when(block(A, B)).then(UnfitForBlock(item=B, why=BlockBar.TAKEN))


def test_what_this_sitting_may_not_decide_is_in_no_block() -> None:
    budget = AgendaItem(id=B, number="2", title="Budget", legal_subject=LegalSubject.INITIAL_BUDGET)
    sitting = given(*opened(convene(roll(77), (item(1), budget), body=Body.COUNCIL)))
    refusal = sitting.when(block(A, B)).refused()
    citation = sitting.rules.item(LegalSubject.INITIAL_BUDGET).citation
    assert refusal == UnfitForBlock(item=B, why=BlockBar.FORBIDDEN, citation=citation)


def test_neither_a_decided_item_nor_one_being_voted_is_put_together() -> None:
    voting = given(*opened(CPR), call(A), open_poll())
    voting.when(block(A, B)).then(PollPending(poll=poll_id(1), number=1))
    voted = voting.after(vote(m(2)), close_poll(), proclaim())
    voted.when(block(A, B)).then(ItemAlreadySettled(item=A))


def test_R17_one_voice_of_each_elector_given_by_himself_counts_for_each_item() -> None:
    sitting = formed(A, B, D).after(call())
    opening = sitting.when(open_poll()).then(fact(e.PollOpened, item=A, also=(B, D), amended_by=()))
    poll = opening.sitting.polls.open_poll()
    assert poll is not None
    assert poll.items == (A, B, D)
    assert len(poll.electorate) == len(first(25))
    opening.when(vote(m(3), by=CHAIR)).then(NotYours())
    settled = opening.after(vote(m(2)), vote(m(3), Choice.AGAINST), vote(m(4)), close_poll(), proclaim())
    adopted, pending = ItemState.ADOPTED, ItemState.PENDING
    assert states(settled) == [adopted, adopted, pending, adopted, pending]
    assert [p.id for p in settled.sitting.polls.of_item(D)] == [poll.id]
    assert settled.sitting.current_item() is None
    settled.when(call()).then(fact(e.ItemCalled, item=C))
    settled.when(call(B)).then(ItemAlreadySettled(item=B))


def test_what_is_rejected_together_is_rejected_item_by_item() -> None:
    sitting = formed(A, B).after(call(), open_poll(), vote(m(2), Choice.AGAINST), close_poll(), proclaim())
    assert states(sitting)[:2] == [ItemState.REJECTED] * 2


def test_a_tie_over_several_items_is_broken_by_the_chair_and_a_vote_by_name_calls_each_once() -> None:
    tie = formed(A, B).after(call(), open_poll(), vote(CHAIR), vote(m(2), Choice.AGAINST), close_poll(), proclaim())
    assert states(tie)[:2] == [ItemState.ADOPTED] * 2
    called = formed(A, B).after(call()).when(open_poll(method=VotingMethod.ROLL_CALL)).then(e.PollOpened, e.NameCalled)
    poll = called.sitting.polls.open_poll()
    assert poll is not None
    assert poll.call is not None
    assert (poll.also, len(poll.call.order)) == ((B,), len(poll.electorate))


def test_the_vote_opens_on_the_first_item_and_never_on_paper() -> None:
    formed(A, B).after(call(B)).when(open_poll()).then(BlockBeginsElsewhere(item=A))
    room = convene(roll(5), (item(1), item(2)), mode=Mode.ROOM)
    here = [c.RecordAttendance(by=p, person=p, presence=Presence.IN_ROOM, source=Source.CARD) for p in first(5)]
    paper = given(room, *here, c.OpenSitting(by=CHAIR), block(A, B), call())
    paper.when(open_poll(method=VotingMethod.SECRET)).then(InBlock(item=A))
    paper.when(contest("X", "Y")).then(InBlock(item=A))
    shown = paper.when(open_poll(method=VotingMethod.SHOW_OF_HANDS)).then(fact(e.PollOpened, also=(B,)))
    assert shown.sitting.polls.open_poll() is not None


def test_R58_a_member_has_an_item_voted_apart_before_the_vote_opens() -> None:
    sitting = formed(A, B, C)
    then = sitting.when(out(B)).then(fact(e.BlockItemRemoved, item=B, reason=RemovalReason.REQUESTED))
    assert then.sitting.agenda.block_of(A) == (A, C)
    then.when(out(B)).then(NotInBlock(item=B))
    then.after(call()).when(open_poll()).then(fact(e.PollOpened, also=(C,)))
    last = then.after(out(A))
    assert last.sitting.agenda.blocks == ()
    last.when(out(C)).then(NotInBlock(item=C))
    sitting.when(out(item_id(99))).then(ItemUnknown())
    sitting.when(out(B), by=STRANGER).then(NotOnTheRoll())
    voting = sitting.after(call(), open_poll())
    voting.when(out(B)).then(PollPending(poll=poll_id(1), number=1))
    voting.when(out(D)).then(NotInBlock(item=D))


def test_R58_the_standing_orders_say_who_may_ask_for_it() -> None:
    leaders = StandingOrders(requests=Requests(separate_vote=Asker.NOBODY))
    sitting = given(*opened(standing_committee(item(1), item(2), orders=leaders), first(20)), block(A, B))
    sitting.when(out(B)).then(RequestReserved(to=Asker.NOBODY, citation=articles.SPEAKING))
    sitting.when(out(B), by=CLERK).then(e.BlockItemRemoved)
    sitting.when(out(B), by=m(22)).then(NotPresent(person=m(22)))


def test_R24_who_withdraws_from_an_item_takes_it_out() -> None:
    talking = formed(A, B, C).after(call(A))
    then = talking.when(c.DeclareRecusal(by=m(3), person=m(3))).then(
        e.RecusalDeclared, fact(e.BlockItemRemoved, item=A, reason=RemovalReason.RECUSAL)
    )
    assert then.sitting.agenda.blocks == ((B, C),)
    below = standing_committee(item(1), item(2, ItemKind.MOTION, parent=A), item(3))
    motion = given(*opened(below), block(B, C), call(A))
    motion.when(c.DeclareRecusal(by=m(3), person=m(3))).then(
        e.RecusalDeclared, fact(e.BlockItemRemoved, item=B, reason=RemovalReason.RECUSAL)
    )


def test_what_is_asked_in_secret_or_postponed_leaves_the_block_too() -> None:
    talking = formed(A, B, C).after(call(A))
    asked = talking.when(c.RequestSecretBallot(by=m(3))).then(
        fact(e.BlockItemRemoved, item=A, reason=RemovalReason.SECRET_BALLOT), e.SecretBallotRequested
    )
    asked.when(open_poll(Purpose.SECRET_BALLOT_REQUEST)).then(fact(e.PollOpened, also=()))
    postponed = talking.when(c.PostponeItem(by=CLERK, text="incomplet")).then(
        fact(e.BlockItemRemoved, item=A, reason=RemovalReason.POSTPONED), e.ItemPostponed
    )
    assert postponed.sitting.agenda.blocks == ((B, C),)


def test_a_vote_that_is_struck_frees_every_item() -> None:
    struck = formed(A, B, C).after(call(), open_poll(), *votes(Choice.FOR, range(2, 5)))
    struck = struck.after(c.AnnulPoll(by=CLERK, reason="panne"))
    assert states(struck)[:3] == [ItemState.UNDER_DISCUSSION, ItemState.PENDING, ItemState.PENDING]
    assert struck.sitting.agenda.blocks == ()
    struck.when(open_poll()).then(fact(e.PollOpened, item=A, also=()))
    struck.after(block(A, B)).when(open_poll()).then(fact(e.PollOpened, item=A, also=(B,)))


def test_two_blocks_stand_side_by_side() -> None:
    both = formed(A, B).after(block(C, D), call(A), ask(m(4)), open_poll(), vote(m(2)), close_poll(), proclaim())
    assert both.sitting.agenda.blocks == ((C, D),)
    both.after(call()).when(open_poll()).then(fact(e.PollOpened, item=C, also=(D,)))


def test_a_request_on_the_vote_of_one_item_decides_nothing_of_the_others() -> None:
    asked = formed(item_id(1), item_id(2)).after(call(item_id(1)), c.RequestSecretBallot(by=m(3)))
    asked.when(open_poll(Purpose.SECRET_BALLOT_REQUEST)).then(fact(e.PollOpened, item=item_id(1), also=()))
