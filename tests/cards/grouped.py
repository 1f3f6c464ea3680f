"""The cards of one vote on several texts, of as many as one wants."""

from collections.abc import Iterator
from dataclasses import replace

from bot.cards import ballot, poll, result
from bot.cards.elements import Card
from bot.texts import Catalogue
from tests.cards import sitting as s
from tests.kit import journals
from tests.kit.journals import CLERK
from voting.domain import commands as c
from voting.domain.ids import item_id

Cards = Iterator[tuple[str, Card]]


def grouped(items: int, title: str, texts: Catalogue) -> Cards:
    """The voting card, a ballot and the result of one vote of sixty members."""
    story = journals.convened(journals.roll(60), tuple(replace(i, title=title) for i in journals.agenda(items)))
    story.attend(*(f"m{n:03d}" for n in range(1, 61)), "c1")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.FormBlock(by=CLERK, items=tuple(item_id(n) for n in range(1, items + 1))))
    story.call()
    story.open_poll()
    about = s.board(story)
    yield "grouped_voting", poll.voting(about, s.poll(story), None, texts)
    yield "grouped_ballot", ballot.ballot(about, s.member(story, "m002"), {}, None, texts)
    story.vote()
    story.proclaim()
    yield "grouped_closed", poll.closed(about, s.poll(story), texts)
    yield "grouped_result", result.result(about, s.poll(story), s.voices(story), "", texts)


def three(texts: Catalogue) -> Cards:
    """On three texts."""
    yield from grouped(3, "Aide à la rénovation des lycées", texts)


def sixty(texts: Catalogue) -> Cards:
    """On more texts than a card can name."""
    yield from grouped(60, "Aide à la rénovation des lycées " * 20, texts)
