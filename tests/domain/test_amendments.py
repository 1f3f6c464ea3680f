"""Sub-amendments, amendments, the text as amended; the order of the chair; what lost its object."""

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    ask,
    call,
    called,
    close_poll,
    item,
    m,
    open_poll,
    opened,
    proclaim,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.ids import ItemId, item_id
from voting.domain.polls import Purpose
from voting.domain.refusals import (
    AlreadyRecorded,
    ChairOnly,
    ItemAlreadySettled,
    ItemUnknown,
    PollPending,
    StaffOnly,
)
from voting.domain.refusals.amendments import NotAnAmendment, OrderUnclear
from voting.domain.tally import Choice
from voting.rules import articles

REPORT, A, B, SUB, OTHER = (item_id(n) for n in range(1, 6))
AMENDMENT = ItemKind.AMENDMENT
CPR = standing_committee(
    item(1),
    item(2, AMENDMENT, parent=REPORT),
    item(3, AMENDMENT, parent=REPORT),
    item(4, AMENDMENT, parent=B),
    item(5),
    item(6, AMENDMENT, parent=OTHER),
    item(7, AMENDMENT),
)
FARTHEST_FIRST = c.OrderAmendments(by=CHAIR, items=(B, A))


def _decided(sitting: Given, choice: Choice = Choice.FOR) -> Given:
    return sitting.after(open_poll(), vote(m(2), choice), close_poll(), proclaim())


def _order_of_calls(sitting: Given) -> list[ItemId]:
    while sitting.sitting.next_item() is not None:
        sitting = _decided(sitting.after(call()), Choice.AGAINST)
    return [x.item for x in sitting.history if isinstance(x, e.ItemCalled)]


def test_R58_sub_amendments_before_amendments_and_amendments_before_the_text() -> None:
    assert _order_of_calls(given(*opened(CPR)))[:4] == [A, SUB, B, REPORT]


def test_R58_the_chair_takes_the_farthest_amendment_first() -> None:
    then = given(*opened(CPR)).when(FARTHEST_FIRST).then(fact(e.AmendmentsOrdered, parent=REPORT, items=(B, A)))
    assert _order_of_calls(then)[:4] == [SUB, B, A, REPORT]
    then.when(FARTHEST_FIRST).then(AlreadyRecorded())


def test_an_order_names_two_amendments_or_more_to_one_text_each_once() -> None:
    sitting = given(*opened(CPR))
    for items in ((A,), (), (A, A), (A, SUB), (item_id(7), A), (item_id(7), item_id(7))):
        sitting.when(c.OrderAmendments(by=CHAIR, items=items)).then(OrderUnclear())
    sitting.when(c.OrderAmendments(by=CHAIR, items=(A, REPORT))).then(NotAnAmendment(item=REPORT))
    sitting.when(c.OrderAmendments(by=CHAIR, items=(A, item_id(99)))).then(ItemUnknown())
    sitting.when(FARTHEST_FIRST, by=CLERK).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    voted = _decided(sitting.after(call(A)))
    voted.when(FARTHEST_FIRST).then(ItemAlreadySettled(item=A))


def test_orphans_have_no_order() -> None:
    orphans = standing_committee(item(1, AMENDMENT), item(2, AMENDMENT))
    given(*opened(orphans)).when(c.OrderAmendments(by=CHAIR, items=(REPORT, A))).then(OrderUnclear())


def test_the_text_is_voted_as_the_adopted_amendments_made_it() -> None:
    sitting = given(*opened(CPR))
    sitting = _decided(sitting.after(call(A)))
    sitting = _decided(sitting.after(call(SUB)), Choice.AGAINST)
    sitting = _decided(sitting.after(call(B)))
    opening = sitting.after(call(REPORT)).when(open_poll()).then(fact(e.PollOpened, amended_by=(A, B)))
    poll = opening.sitting.polls.open_poll()
    assert poll is not None
    assert poll.terms.is_amended
    assert [p.terms.is_amended for p in list(opening.sitting.polls.all.values())[:3]] == [False] * 3
    asked = sitting.after(call(REPORT), c.RequestSecretBallot(by=m(3)))
    asked.when(open_poll(Purpose.SECRET_BALLOT_REQUEST)).then(fact(e.PollOpened, amended_by=()))


def test_an_amendment_that_lost_its_object_is_not_voted_nor_are_those_to_it() -> None:
    sitting = given(*opened(CPR))
    moot = c.DeclareMoot(by=CLERK, item=B, text=" A est adopté ")
    then = sitting.when(moot).then(fact(e.ItemMoot, item=B, text="A est adopté"))
    assert then.sitting.agenda.states[B] is ItemState.MOOT
    assert _order_of_calls(then)[:2] == [A, REPORT]
    then.when(moot).then(ItemAlreadySettled(item=B))
    then.when(call(SUB)).then(ItemAlreadySettled(item=B))
    sitting.when(moot, by=m(3)).then(StaffOnly())
    sitting.when(c.DeclareMoot(by=CLERK, item=REPORT)).then(NotAnAmendment(item=REPORT))
    sitting.when(c.DeclareMoot(by=CLERK, item=item_id(99))).then(ItemUnknown())


def test_the_amendment_under_discussion_may_lose_its_object_too() -> None:
    talking = given(*called(CPR), ask(m(3)), c.GiveFloor(by=CHAIR))
    then = talking.when(c.DeclareMoot(by=CLERK, item=A)).then(e.FloorEnded, fact(e.ItemMoot, item=A, text=""))
    assert then.sitting.current_item() is None
    assert then.sitting.speakers.turn is None
    voting = given(*called(CPR), open_poll())
    pending = voting.sitting.polls.open_poll()
    assert pending is not None
    voting.when(c.DeclareMoot(by=CLERK, item=A)).then(PollPending(poll=pending.id, number=1))


def test_a_debate_on_the_text_goes_on_when_an_amendment_loses_its_object() -> None:
    talking = given(*called(CPR), call(REPORT), ask(m(3)), c.GiveFloor(by=CHAIR))
    then = talking.when(c.DeclareMoot(by=CLERK, item=A)).then(fact(e.ItemMoot, item=A))
    assert then.sitting.speakers.turn is not None
