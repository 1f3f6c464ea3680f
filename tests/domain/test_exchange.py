"""Deliberating in writing: time to write, each read by all, enough who take part (R50, ordonnance 2014-1329)."""

from datetime import timedelta

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    START,
    STRANGER,
    arrivals,
    arrive,
    call,
    called,
    close_poll,
    convene,
    first,
    leave,
    m,
    open_poll,
    reports,
    seats,
    settled,
    staff,
    substitutes,
    tender_committee,
    u,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Regime
from voting.domain.exchange import LONGEST
from voting.domain.ids import ItemId, PersonId, item_id, poll_id
from voting.domain.polls import Purpose
from voting.domain.refusals import (
    AlreadyRecorded,
    ChairOnly,
    NoItemUnderDiscussion,
    NotOnTheRoll,
    NotPresent,
    PollPending,
    Recused,
)
from voting.domain.refusals.exchange import (
    ExchangeNotHeld,
    ExchangeNotOpen,
    ExchangeNotOver,
    ExchangeTooShort,
    HourGoneBy,
    MessageUnfit,
    NotInWriting,
    TooFewTookPart,
)
from voting.domain.refusals.floor import RequestReserved
from voting.domain.ruleset import StandingOrders
from voting.domain.standing_orders import Asker, Requests
from voting.domain.tally import Choice
from voting.rules import articles

NOON = START + timedelta(hours=3)
LATER = NOON + timedelta(hours=1)
LAW = articles.TENDER_WRITTEN
MEMBERS = (*seats(6), *substitutes(6), *staff())


def in_writing(orders: StandingOrders | None = None) -> c.ConveneSitting:
    return convene(MEMBERS, reports(3), body=Body.TENDER_COMMITTEE, orders=orders, regime=Regime.WRITTEN_EXCHANGE)


def opens() -> c.OpenExchange:
    return c.OpenExchange(by=CHAIR, until=NOON)


def writes(who: PersonId, text: str = "Favorable à l’offre B.") -> c.WriteMessage:
    return c.WriteMessage(by=who, text=text)


def writing(*steps: c.SittingCommand) -> Given:
    """Four of six are here, and the exchange on the first item is open until noon."""
    return given(*called(in_writing(), first(4)), opens(), *steps)


def after_noon(past: Given, *steps: c.SittingCommand) -> Given:
    """Those steps, once the hour has come."""
    past.clock.advance(NOON - past.clock.now())
    return past.after(*steps)


def voted(voices: tuple[c.CastVote, ...], *written: c.WriteMessage) -> Given:
    """The exchange over, the vote open and those voices in it."""
    return after_noon(writing(*written), c.CloseExchange(by=CHAIR), open_poll(), *voices)


def test_R50_ord_2014_1329_3_each_writes_to_all_in_the_time_that_the_chair_gives() -> None:
    open_ = (
        given(*called(in_writing(), first(4))).when(opens()).then(fact(e.ExchangeOpened, item=item_id(1), until=NOON))
    )
    written = open_.when(writes(m(2), "  Favorable.  ")).then(
        fact(e.MessageWritten, item=item_id(1), person=m(2), text="Favorable.")
    )
    written = written.after(writes(m(3), "Pourquoi ?"), writes(m(2), "Pour le délai."))
    exchange = written.sitting.exchanges[item_id(1)]
    assert [(x.person, x.text) for x in exchange.messages] == [
        (m(2), "Favorable."),
        (m(3), "Pourquoi ?"),
        (m(2), "Pour le délai."),
    ]
    over = after_noon(written).when(c.CloseExchange(by=CHAIR)).then(fact(e.ExchangeClosed, item=item_id(1)))
    over.when(writes(m(2))).then(ExchangeNotOpen())


def test_R50_the_exchange_lasts_until_the_hour_that_was_said_at_least() -> None:
    writing().when(c.CloseExchange(by=CHAIR)).then(ExchangeTooShort(until=NOON, citation=LAW))
    longer = c.ProlongExchange(by=CHAIR, until=LATER)
    prolonged = writing().when(longer).then(fact(e.ExchangeProlonged, item=item_id(1), until=LATER))
    after_noon(prolonged).when(c.CloseExchange(by=CHAIR)).then(ExchangeTooShort(until=LATER, citation=LAW))
    prolonged.when(longer).then(HourGoneBy(until=LATER))
    prolonged.when(c.ProlongExchange(by=CHAIR, until=NOON)).then(HourGoneBy(until=NOON))
    late = after_noon(writing())
    late.when(c.ProlongExchange(by=CHAIR, until=NOON)).then(HourGoneBy(until=NOON))
    given(*called(in_writing(), first(4))).when(c.OpenExchange(by=CHAIR, until=START)).then(HourGoneBy(until=START))


def test_R50_it_is_the_chair_s_to_open_to_prolong_and_to_close() -> None:
    no = ChairOnly(chair=CHAIR, citation=articles.TENDER_CHAIR)
    for command in (opens(), c.ProlongExchange(by=CHAIR, until=LATER), c.CloseExchange(by=CHAIR)):
        for who in (CLERK, m(2)):
            writing().when(command, by=who).then(no)


def test_R50_one_exchange_at_a_time_on_the_item_under_discussion() -> None:
    writing().when(opens()).then(AlreadyRecorded())
    item_called = given(*called(in_writing(), first(4)))
    for command in (c.ProlongExchange(by=CHAIR, until=LATER), c.CloseExchange(by=CHAIR), writes(m(2))):
        item_called.when(command).then(ExchangeNotOpen())
    before = given(in_writing(), *arrivals(first(4)), c.OpenSitting(by=CHAIR))
    before.when(opens()).then(NoItemUnderDiscussion())
    before.when(writes(m(2))).then(NoItemUnderDiscussion())


def test_R50_it_may_be_opened_again_and_what_was_written_stays() -> None:
    again = after_noon(writing(writes(m(2))), c.CloseExchange(by=CHAIR), c.OpenExchange(by=CHAIR, until=LATER))
    assert [x.person for x in again.sitting.exchanges[item_id(1)].messages] == [m(2)]
    again.when(open_poll()).then(ExchangeNotOver(until=LATER))


def test_R50_an_item_is_neither_voted_nor_left_while_the_members_write() -> None:
    no = ExchangeNotOver(until=NOON)
    for command in (open_poll(), call(), c.CloseSitting(by=CLERK)):
        writing().when(command).then(no)
    put_off = writing().when(c.PostponeItem(by=CLERK, text="offre à compléter")).accepted()
    assert not put_off.sitting.exchanges[item_id(1)].is_open
    put_off.after(call())


def test_R50_nothing_is_voted_that_the_members_could_not_write_on() -> None:
    no = ExchangeNotHeld(citation=LAW)
    given(*called(in_writing(), first(4))).when(open_poll()).then(no)
    together = c.FormBlock(by=CLERK, items=(item_id(1), item_id(2)))
    block = after_noon(writing(together), c.CloseExchange(by=CHAIR))
    block.when(open_poll()).then(no)


def test_R50_a_request_on_the_vote_needs_no_exchange_of_its_own() -> None:
    asked = given(*called(in_writing(), first(4)), c.RequestSecretBallot(by=m(2)))
    asked.after(open_poll(Purpose.SECRET_BALLOT_REQUEST), *settled())


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)])
def test_a_message_says_something_that_fits_on_a_card(text: str) -> None:
    writing().when(writes(m(2), text)).then(MessageUnfit(most=LONGEST))
    writing(writes(m(2), "x" * LONGEST))


def test_who_may_speak_elsewhere_may_write_here() -> None:
    writing(arrive(ADVISOR), writes(ADVISOR))
    writing().when(writes(ADVISOR)).then(NotPresent(person=ADVISOR))
    writing().when(writes(STRANGER)).then(NotOnTheRoll())
    recused = writing(c.DeclareRecusal(by=m(4), person=m(4)))
    recused.when(writes(m(4))).then(Recused(citation=articles.RECUSAL))
    members = StandingOrders(requests=Requests(intervention=Asker.MEMBERS))
    kept = given(*called(in_writing(members), first(4)), arrive(ADVISOR), opens())
    kept.when(writes(ADVISOR)).then(RequestReserved(to=Asker.MEMBERS, citation=articles.SPEAKING))


def test_a_committee_that_meets_does_not_write() -> None:
    meets = given(*called(tender_committee(), first(4)))
    no = NotInWriting(citation=articles.TENDER_SECRECY)
    for command in (opens(), c.ProlongExchange(by=CHAIR, until=NOON), writes(m(2)), c.CloseExchange(by=CHAIR)):
        meets.when(command).then(no)


def test_nothing_is_written_while_a_vote_waits() -> None:
    waiting = voted(())
    assert waiting.when(writes(m(2))).refused() == PollPending(poll=poll_id(1), number=1)


def test_R50_ord_2014_1329_4_II_half_of_the_members_at_least_really_took_part() -> None:
    two = voted((vote(m(1)), vote(m(2), Choice.ABSTENTION)))
    two.when(close_poll()).then(TooFewTookPart(counted=2, required=3, citation=articles.TENDER_PARTICIPATION))
    three = two.after(vote(m(3), Choice.AGAINST)).when(close_poll())
    three.then(fact(e.ParticipationFound, members=(m(1), m(2), m(3)), needed=3), e.PollClosed)
    two.after(c.AnnulPoll(by=CLERK, reason="trop peu de membres"), c.OpenExchange(by=CHAIR, until=LATER))


def test_R50_who_wrote_took_part_and_who_takes_no_part_in_the_vote_did_not() -> None:
    voices = (vote(m(1)), vote(m(2), Choice.NOT_TAKING_PART))
    voted(voices, writes(m(3))).when(close_poll()).then(
        TooFewTookPart(counted=2, required=3, citation=articles.TENDER_PARTICIPATION)
    )
    took = voted((*voices, vote(m(4))), writes(m(3)), writes(m(2))).when(close_poll()).accepted()
    found = next(x for x in took.history if isinstance(x, e.ParticipationFound))
    assert found.members == (m(1), m(2), m(3), m(4))
    assert found.law.article == articles.TENDER_PARTICIPATION.article


def test_R50_an_adviser_or_a_substitute_who_does_not_sit_takes_no_part_for_the_count() -> None:
    written = (arrive(ADVISOR), writes(ADVISOR), arrive(u(3)), writes(u(3)))
    past = after_noon(writing(*written), c.CloseExchange(by=CHAIR), open_poll(), vote(m(1)), vote(m(2)))
    past.when(close_poll()).then(TooFewTookPart(counted=2, required=3, citation=articles.TENDER_PARTICIPATION))


def test_R50_a_member_and_the_substitute_who_follows_him_are_one_seat() -> None:
    followed = (writes(m(4)), leave(m(4)), arrive(u(4)))
    past = after_noon(writing(*followed), c.CloseExchange(by=CHAIR), open_poll(), vote(u(4)), vote(m(1)))
    past.when(close_poll()).then(TooFewTookPart(counted=2, required=3, citation=articles.TENDER_PARTICIPATION))
    found = past.after(vote(m(2))).when(close_poll()).accepted().history[-2]
    assert isinstance(found, e.ParticipationFound)
    assert found.members == (m(1), m(2), m(4))


def test_R50_a_request_is_settled_by_whoever_answers() -> None:
    asked = given(*called(in_writing(), first(4)), c.RequestSecretBallot(by=m(2)))
    one = asked.after(open_poll(Purpose.SECRET_BALLOT_REQUEST), vote(m(2), Choice.AGAINST))
    one.when(close_poll()).then(e.PollClosed)


def test_R50_the_items_of_a_block_are_each_written_on() -> None:
    """The exchange on each of them, then one vote on both."""
    together = c.FormBlock(by=CLERK, items=(item_id(1), item_id(2)))
    first_over = after_noon(writing(writes(m(4)), together), c.CloseExchange(by=CHAIR))
    second = first_over.after(call(ItemId("i002")), c.OpenExchange(by=CHAIR, until=LATER))
    second.clock.advance(LATER - second.clock.now())
    back = second.after(c.CloseExchange(by=CHAIR), call(item_id(1)), open_poll(), vote(m(1)), vote(m(2)))
    back.when(close_poll()).then(TooFewTookPart(counted=2, required=3, citation=articles.TENDER_PARTICIPATION))
    back.after(vote(m(3)), *settled())


def test_R50_the_exchange_may_be_closed_at_the_very_hour() -> None:
    on_time = after_noon(writing())
    assert on_time.clock.now() > NOON
    on_time.when(c.CloseExchange(by=CHAIR), at=NOON).then(e.ExchangeClosed)


def test_R50_one_letter_is_a_message() -> None:
    writing().when(writes(m(2), " A ")).then(fact(e.MessageWritten, text="A"))


def test_R50_who_left_the_room_after_the_opening_of_the_vote_still_took_part() -> None:
    """A substitute votes for his seat although he holds none himself."""
    followed = (leave(m(4)), arrive(u(4)), writes(u(4)))
    past = after_noon(writing(*followed), c.CloseExchange(by=CHAIR), open_poll(), vote(m(1)), vote(m(2)))
    found = past.when(close_poll()).accepted().history[-2]
    assert isinstance(found, e.ParticipationFound)
    assert found.members == (m(1), m(2), m(4))


def test_R50_who_withdrew_since_wrote_for_nothing() -> None:
    past = after_noon(writing(arrive(m(5)), writes(m(3)), c.DeclareRecusal(by=m(3), person=m(3))))
    voting = past.after(c.CloseExchange(by=CHAIR), open_poll(), vote(m(1)), vote(m(2)))
    voting.when(close_poll()).then(TooFewTookPart(counted=2, required=3, citation=articles.TENDER_PARTICIPATION))


def test_R50_a_chair_who_withdrew_opens_no_exchange() -> None:
    withdrawn = given(*called(in_writing(), first(5)), c.DeclareRecusal(by=CHAIR, person=CHAIR))
    withdrawn.when(opens()).then(NotPresent(person=CHAIR, citation=articles.RECUSAL))
