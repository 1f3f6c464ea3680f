"""The cards of a committee that deliberates in writing."""

from collections.abc import Iterator
from datetime import timedelta

from bot.cards import console, exchange, home, item
from bot.cards.elements import Card
from bot.texts import Catalogue
from tests.cards import sitting as s
from tests.kit.journals import CLERK, Story, agenda, convened, roll
from voting.domain import commands as c
from voting.domain.assembly import Body, Regime
from voting.domain.exchange import LONGEST
from voting.domain.ids import PersonId

Cards = Iterator[tuple[str, Card]]


def golden(texts: Catalogue) -> Cards:
    """Before, during and after the exchange on an item."""
    story = begun()
    yield "exchange_to_open", exchange.exchange(s.board(story), None, True, texts)
    yield "console_to_write", console.console(s.console(story), True, texts)
    yield "item_to_write", item.discussion(s.board(story), texts)
    story.do(c.OpenExchange(by=s.CHAIR, until=story.now + timedelta(hours=2)))
    yield "write", exchange.write(s.board(story), texts)
    for number in (2, 3, 4, 2, 3):
        text = f"Message de m{number:03d} : l’offre B est la mieux-disante."
        story.do(c.WriteMessage(by=PersonId(f"m{number:03d}"), text=text), after=60)
    story.do(c.ProlongExchange(by=s.CHAIR, until=story.now + timedelta(days=2)))
    yield "item_writing", item.discussion(s.board(story), texts)
    yield "home_writing", home.home(story.state.facts, s.member(story, "m004"), texts)
    yield "home_of_the_absent", home.home(story.state.facts, s.member(story, "m006"), texts)
    yield "exchange_of_the_chair", exchange.exchange(s.board(story), None, True, texts)
    yield "exchange_of_a_member", exchange.exchange(s.board(story), 1, False, texts)
    yield "console_writing", console.console(s.console(story), True, texts)
    story.do(c.CloseExchange(by=s.CHAIR), after=49 * 3600)
    yield "item_written", item.discussion(s.board(story), texts)


def longest(texts: Catalogue) -> Cards:
    """As many messages of the greatest length as a card shows, in letters of four bytes."""
    story = begun()
    story.do(c.OpenExchange(by=s.CHAIR, until=story.now + timedelta(hours=2)))
    for text in ("😀" * LONGEST, s.nasty(LONGEST)[:LONGEST], "*" * LONGEST, '"' * LONGEST, "é" * LONGEST):
        story.do(c.WriteMessage(by=PersonId("m002"), text=text))
    yield "item_writing", item.discussion(s.board(story), texts)
    for number in (1, 2):
        yield f"exchange_{number}", exchange.exchange(s.board(story), number, True, texts)


def begun() -> Story:
    """A committee of six, five of them here, its first item under discussion."""
    story = convened(roll(6), agenda(2), body=Body.TENDER_COMMITTEE, regime=Regime.WRITTEN_EXCHANGE)
    story.attend("m001", "m002", "m003", "m004", "m005")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m002")))
    story.call()
    return story
