"""Withdrawing from an item: no debate, no vote, no proxy, not counted; for that item and its amendments only."""

from tests.kit.given import fact, given
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
    first,
    item,
    m,
    open_poll,
    opened,
    settled,
    standing_committee,
    tender_committee,
    u,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import ItemKind
from voting.domain.ids import PersonId, item_id, poll_id, request_id
from voting.domain.polls import Mandate
from voting.domain.refusals import (
    AlreadyRecorded,
    NobodyWaits,
    NoItemUnderDiscussion,
    NotOnTheRoll,
    NotPresent,
    NotYours,
    QuorumNotReached,
    Recused,
)
from voting.domain.seats import electorate, sits
from voting.domain.speakers import FloorKind
from voting.rules import articles

CPR = standing_committee()
RECUSED = Recused(citation=articles.RECUSAL)


def recuse(who: PersonId, by: PersonId | None = None) -> c.DeclareRecusal:
    return c.DeclareRecusal(by=by or who, person=who)


def test_a_member_withdraws_with_his_turn_and_his_places_on_the_list() -> None:
    sitting = given(*called(CPR), ask(m(7)), c.GiveFloor(by=CHAIR), ask(m(7)), ask(m(8)))
    then = sitting.when(recuse(m(7))).then(
        fact(e.FloorEnded, request=request_id(1), person=m(7)),
        fact(e.FloorWithdrawn, request=request_id(2), person=m(7)),
        fact(e.RecusalDeclared, item=item_id(1), person=m(7)),
    )
    assert then.sitting.agenda.is_recused(m(7))
    then.when(recuse(m(7))).then(AlreadyRecorded())


def test_he_leaves_the_turn_of_another() -> None:
    sitting = given(*called(CPR), ask(m(8)), c.GiveFloor(by=CHAIR))
    sitting.when(recuse(m(7))).then(e.RecusalDeclared)


def test_the_clerk_may_record_it_and_nobody_else() -> None:
    sitting = given(*called(CPR))
    sitting.when(recuse(m(7), by=CLERK)).then(fact(e.RecusalDeclared, person=m(7)))
    sitting.when(recuse(m(7), by=m(8))).then(NotYours())
    sitting.when(recuse(STRANGER, by=CLERK)).then(NotOnTheRoll())


def test_one_withdraws_from_an_item_under_discussion() -> None:
    given(*opened(CPR)).when(recuse(m(7))).then(NoItemUnderDiscussion())


def test_he_neither_asks_for_the_floor_nor_gets_it() -> None:
    sitting = given(*called(CPR), recuse(m(7)))
    sitting.when(ask(m(7))).then(RECUSED)
    sitting.when(ask(m(7), FloorKind.POINT_OF_ORDER)).then(RECUSED)
    sitting.when(c.GiveFloor(by=CHAIR, person=m(7))).then(RECUSED)


def test_an_advisor_may_withdraw_too() -> None:
    sitting = given(*called(CPR), arrive(ADVISOR), recuse(ADVISOR))
    sitting.when(ask(ADVISOR)).then(RECUSED)


def test_a_point_of_order_asked_before_does_not_bring_him_back() -> None:
    order = FloorKind.POINT_OF_ORDER
    sitting = given(*called(CPR), recuse(m(7)), call(), ask(m(7), order), call(item_id(1)))
    sitting.when(c.GiveFloor(by=CHAIR)).then(NobodyWaits())
    sitting.when(c.GiveFloor(by=CHAIR, request=request_id(1))).then(RECUSED)
    sitting.after(ask(m(8), order)).when(c.GiveFloor(by=CHAIR)).then(fact(e.FloorGiven, person=m(8)))


def test_he_does_not_vote_and_is_told_why() -> None:
    sitting = given(*called(CPR), recuse(m(7)), open_poll())
    assert m(7) not in sitting.sitting.polls.all[poll_id(1)].electorate
    sitting.when(vote(m(7))).then(RECUSED)
    sitting.when(vote(m(7), by=CLERK)).then(RECUSED)


def test_he_counts_neither_as_present_nor_his_seat_less() -> None:
    sitting = given(*called(CPR, first(14)), recuse(m(7)), open_poll())
    check = sitting.sitting.course.quorum
    assert check is not None
    assert (check.present, check.in_office, check.required) == (13, 25, 13)
    given(*called(CPR, first(13)), recuse(m(7))).when(open_poll()).then(
        QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM)
    )


def test_the_proxy_that_he_holds_is_neither_counted_nor_voted() -> None:
    sitting = given(*opened(CPR, first(14)), *accepted_proxy(m(20), m(7)), call(), recuse(m(7)), open_poll())
    check = sitting.sitting.course.quorum
    assert check is not None
    assert (check.present, check.represented) == (13, 0)
    sitting.when(vote(m(20), by=m(7))).then(NotPresent(person=m(20)))
    sitting.when(vote(m(7))).then(RECUSED)


def test_the_proxy_that_he_gave_is_neither_counted_nor_voted() -> None:
    sitting = given(*opened(CPR, first(14)), *accepted_proxy(m(20), m(7)), call(), recuse(m(20), by=CLERK), open_poll())
    check = sitting.sitting.course.quorum
    assert check is not None
    assert (check.present, check.represented) == (14, 0)
    sitting.when(vote(m(20), by=m(7))).then(RECUSED)
    sitting.when(vote(m(7))).then(e.VoteCast)


def test_it_ends_with_the_item_and_comes_back_with_it() -> None:
    sitting = given(*called(CPR), *accepted_proxy(m(7), m(8)), recuse(m(7)), call(item_id(2)))
    assert not sitting.sitting.agenda.is_recused(m(7))
    sitting.when(ask(m(7))).then(e.FloorRequested)
    back = sitting.after(call(item_id(1)))
    assert back.sitting.agenda.is_recused(m(7))


def test_it_lasts_through_an_annulled_poll() -> None:
    sitting = given(*called(CPR), recuse(m(7)), open_poll(), c.AnnulPoll(by=CLERK, reason="panne"), open_poll())
    sitting.when(vote(m(7))).then(RECUSED)


def test_who_withdraws_from_a_report_withdraws_from_its_amendments() -> None:
    amended = standing_committee(
        item(1),
        item(2, ItemKind.AMENDMENT, parent=item_id(1)),
        item(3, ItemKind.AMENDMENT, parent=item_id(2)),
        item(4),
    )
    sitting = given(*opened(amended), call(item_id(1)), recuse(m(7)))
    for amendment in (item_id(2), item_id(3)):
        sitting.after(call(amendment), open_poll()).when(vote(m(7))).then(RECUSED)
    sitting.after(call(item_id(4)), open_poll()).when(vote(m(7))).then(e.VoteCast)


def test_who_withdraws_from_an_amendment_keeps_his_vote_on_the_rest() -> None:
    amended = standing_committee(item(1), item(2, ItemKind.AMENDMENT, parent=item_id(1)))
    sitting = given(*called(amended), recuse(m(7)), open_poll(), *settled(), call(), open_poll())
    sitting.when(vote(m(7))).then(e.VoteCast)


def test_the_substitute_sits_for_a_titular_who_withdrew() -> None:
    sitting = given(*opened(tender_committee()), arrive(u(2)), call(), recuse(m(2)))
    law = sitting.rules
    assert sits(sitting.sitting, law, u(2))
    assert not sits(sitting.sitting, law, m(2))
    assert Mandate(member=u(2), voter=u(2)) in electorate(sitting.sitting, law)


def test_a_substitute_who_withdrew_sits_for_nobody() -> None:
    sitting = given(*opened(tender_committee(), (*first(5), u(6))), call(), recuse(u(6)), open_poll())
    assert len(sitting.sitting.polls.all[poll_id(1)].electorate) == 5
    sitting.when(vote(u(6))).then(RECUSED)


def test_whoever_withdraws_after_another_leaves_him_out_too() -> None:
    both = given(*called(CPR), recuse(m(7)), recuse(m(8)))
    assert both.sitting.agenda.recused[item_id(1)] == {m(7), m(8)}
