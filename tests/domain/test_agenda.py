"""Items: called one after the other, amendments before their report, postponed, left."""

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    STRANGER,
    ask,
    call,
    called,
    council,
    first,
    item,
    leave,
    m,
    open_poll,
    opened,
    polled,
    proclaim,
    settled,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState, PostponeReason
from voting.domain.assembly import ItemKind
from voting.domain.ids import ItemId, item_id, poll_id, request_id
from voting.domain.refusals import (
    AlreadyRecorded,
    ItemAlreadySettled,
    ItemForbiddenHere,
    ItemUnknown,
    NoItemLeft,
    NoItemUnderDiscussion,
    NotOnTheRoll,
    PollPending,
    QuorumNotReached,
    ReasonMissing,
    StaffOnly,
    WrongPhase,
)
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice
from voting.rules import articles

CPR = standing_committee()
AMENDMENT = ItemKind.AMENDMENT
I1, I2, I3, I4, I5 = (item_id(n) for n in range(1, 6))
AMENDED = standing_committee(
    item(1), item(2, AMENDMENT, parent=I1), item(3, AMENDMENT, parent=I1), item(4, AMENDMENT, parent=I3), item(5)
)


def test_items_come_in_the_order_of_the_summons() -> None:
    sitting = given(*opened(CPR))
    assert sitting.sitting.current_item() is None
    then = sitting.when(call()).then(fact(e.ItemCalled, item=I1))
    current = then.sitting.current_item()
    assert current is not None
    assert current.id == I1
    assert then.sitting.agenda.states[I1] is ItemState.UNDER_DISCUSSION
    assert then.sitting.speakers.item == I1


def test_calling_an_item_leaves_the_one_before_and_ends_its_turn_and_its_list() -> None:
    sitting = given(*called(CPR), ask(m(7)), ask(m(8)), c.GiveFloor(by=CHAIR))
    then = sitting.when(call(I3)).then(
        fact(e.FloorEnded, request=request_id(1), person=m(7)),
        fact(e.ItemClosed, item=I1),
        fact(e.ItemCalled, item=I3),
    )
    assert then.sitting.agenda.states == {I1: ItemState.CLOSED, I2: ItemState.PENDING, I3: ItemState.UNDER_DISCUSSION}
    assert then.sitting.speakers.waiting == ()
    assert then.sitting.speakers.turn is None
    assert then.after(ask(m(9))).sitting.speakers.waiting[0].id == request_id(3)


def test_an_item_left_without_a_vote_may_be_called_again() -> None:
    given(*called(CPR), call(I2)).when(call(I1)).then(fact(e.ItemClosed, item=I2), fact(e.ItemCalled, item=I1))


def test_the_item_under_discussion_is_not_called_again() -> None:
    given(*called(CPR)).when(call(I1)).then(AlreadyRecorded())


def test_an_item_voted_or_postponed_is_over() -> None:
    voted = given(*polled(CPR), vote(m(1)), *settled())
    voted.when(call(I1)).then(ItemAlreadySettled(item=I1))
    postponed = given(*called(CPR), c.PostponeItem(by=CLERK, text="dossier incomplet"))
    postponed.when(call(I1)).then(ItemAlreadySettled(item=I1))


def test_an_unknown_item_is_refused() -> None:
    given(*opened(CPR)).when(call(ItemId("i099"))).then(ItemUnknown())


def test_the_agenda_ends() -> None:
    sitting = given(*opened(CPR), call(I1), call(I2), call(I3))
    assert sitting.sitting.next_item() is None
    sitting.when(call()).then(NoItemLeft())


def test_only_the_staff_leads_the_agenda() -> None:
    sitting = given(*called(CPR))
    for command in (call(), c.PostponeItem(by=CLERK, text="x")):
        sitting.when(command, by=m(7)).then(StaffOnly())
        sitting.when(command, by=STRANGER).then(NotOnTheRoll())


def test_no_item_without_quorum_and_it_is_that_of_the_item_to_come() -> None:
    sitting = given(*called(CPR, first(13)), c.DeclareRecusal(by=m(9), person=m(9)))
    elsewhere = sitting.after(call(I2))
    elsewhere.when(call(I1)).then(QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM))
    elsewhere.when(call(I3)).then(fact(e.ItemClosed, item=I2), fact(e.ItemCalled, item=I3))
    sitting.after(leave(m(13))).when(call(I2)).then(
        QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM)
    )


def test_an_item_that_the_law_keeps_out_is_not_called() -> None:
    sitting = given(*opened(council(item(1, subject="initial_budget"), item(2))))
    sitting.when(call()).then(ItemForbiddenHere(item=I1, citation=articles.REMOTE_ITEMS))
    sitting.when(call(I2)).then(fact(e.ItemCalled, item=I2))


def test_an_item_is_postponed_with_its_reason() -> None:
    sitting = given(*called(CPR), ask(m(7)), c.GiveFloor(by=CHAIR))
    then = sitting.when(c.PostponeItem(by=CLERK, text="  dossier incomplet ")).then(
        fact(e.FloorEnded, person=m(7)),
        fact(e.ItemPostponed, item=I1, reason=PostponeReason.CHAIR, text="dossier incomplet"),
    )
    assert then.sitting.agenda.states[I1] is ItemState.POSTPONED
    assert then.sitting.agenda.current is None
    assert then.sitting.speakers.item is None
    then.when(c.PostponeItem(by=CLERK, text="x")).then(NoItemUnderDiscussion())


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_postponement_says_why(text: str) -> None:
    given(*called(CPR)).when(c.PostponeItem(by=CLERK, text=text)).then(ReasonMissing())


AGENDA: tuple[c.SittingCommand, ...] = (
    call(),
    c.PostponeItem(by=CLERK, text="x"),
    c.DeclareRecusal(by=m(7), person=m(7)),
    c.RequestSecretBallot(by=m(7)),
)


@pytest.mark.parametrize("command", AGENDA, ids=lambda x: type(x).__name__)
def test_the_agenda_stands_still_during_a_poll_and_until_its_proclamation(command: c.SittingCommand) -> None:
    refusal = PollPending(poll=poll_id(1), number=1)
    polling = given(*polled(CPR))
    polling.when(command).then(refusal)
    polling.after(c.ClosePoll(by=CLERK)).when(command).then(refusal)


@pytest.mark.parametrize("command", AGENDA, ids=lambda x: type(x).__name__)
def test_the_agenda_stands_still_outside_the_sitting(command: c.SittingCommand) -> None:
    given(CPR).when(command).then(WrongPhase(phase=Phase.CONVENED))
    paused = given(*called(CPR), c.SuspendSitting(by=CLERK, reason=""))
    paused.when(command).then(WrongPhase(phase=Phase.SUSPENDED))
    paused.after(c.CloseSitting(by=CLERK)).when(command).then(WrongPhase(phase=Phase.CLOSED))


def test_sub_amendments_come_before_amendments_before_the_report() -> None:
    adopted = [vote(m(n), Choice.FOR) for n in range(1, 26)]
    sitting, taken = given(*opened(AMENDED)), []
    while (upcoming := sitting.sitting.next_item()) is not None:
        taken.append(upcoming.id)
        sitting = sitting.after(call(), open_poll(), *adopted, *settled())
    assert taken == [I2, I4, I3, I1, I5]


def test_a_report_left_for_its_amendment_comes_back_after_it() -> None:
    sitting = given(*opened(AMENDED), call(I1), call(I2), open_poll(), vote(m(1)), *settled())
    assert sitting.sitting.agenda.states[I1] is ItemState.PENDING
    rest = sitting.after(call(I4), call(I3))
    upcoming = rest.sitting.next_item()
    assert upcoming is not None
    assert upcoming.id == I1


def test_a_report_left_on_purpose_does_not_come_back() -> None:
    sitting = given(*opened(AMENDED), call(I2), call(I4), call(I3), call(I1), call(I5))
    assert sitting.sitting.agenda.states[I1] is ItemState.CLOSED
    assert sitting.sitting.next_item() is None


def _report_settled(how: str) -> Given:
    sitting = given(*opened(AMENDED), call(I1))
    if how == "postponed":
        return sitting.after(c.PostponeItem(by=CLERK, text="x"))
    choice = Choice.FOR if how == "adopted" else Choice.AGAINST
    return sitting.after(open_poll(), vote(m(1), choice), *settled())


@pytest.mark.parametrize("how", ["adopted", "rejected", "postponed"])
def test_an_amendment_falls_with_its_report(how: str) -> None:
    sitting = _report_settled(how)
    assert sitting.sitting.agenda.states[I1].value == how
    for fallen in (I2, I3, I4):
        sitting.when(call(fallen)).then(ItemAlreadySettled(item=I1))
    sitting.when(call()).then(fact(e.ItemCalled, item=I5))


def test_a_report_under_another_is_not_an_amendment_and_does_not_fall_with_it() -> None:
    sitting = given(*opened(standing_committee(item(1), item(2, parent=I1))), call(I1))
    sitting.after(open_poll(), vote(m(1)), *settled()).when(call()).then(fact(e.ItemCalled, item=I2))


def test_a_point_of_order_still_unheard_outlives_the_item() -> None:
    waiting = given(*called(CPR), ask(m(7)), ask(m(8), FloorKind.POINT_OF_ORDER))
    for command in (call(), c.PostponeItem(by=CLERK, text="x")):
        then = waiting.when(command).accepted()
        assert [(r.person, r.kind) for r in then.sitting.speakers.waiting] == [(m(8), FloorKind.POINT_OF_ORDER)]
        then.when(c.GiveFloor(by=CHAIR)).then(fact(e.FloorGiven, person=m(8)))


def test_a_proclamation_ends_the_turn_and_keeps_the_points_of_order() -> None:
    order = FloorKind.POINT_OF_ORDER
    sitting = given(*polled(CPR), ask(m(7), order), c.GiveFloor(by=CHAIR), ask(m(8), order), c.ClosePoll(by=CLERK))
    then = sitting.when(proclaim()).then(fact(e.FloorEnded, person=m(7)), e.ResultProclaimed)
    assert then.sitting.speakers.turn is None
    assert [r.person for r in then.sitting.speakers.waiting] == [m(8)]


def test_a_report_left_does_not_come_back_for_a_report_under_it() -> None:
    reports_ = standing_committee(item(1), item(2, parent=item_id(1)), item(3))
    sitting = given(*opened(reports_), call(item_id(1)), call(item_id(3)), call(item_id(2)))
    assert sitting.sitting.agenda.states[item_id(1)] is ItemState.CLOSED
