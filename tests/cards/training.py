"""The cards of rehearsals, from the small sitting."""

from collections.abc import Iterator

from bot.cards import home, marks
from bot.cards.elements import Card
from bot.texts import Catalogue
from tests.cards import sitting as s

Cards = Iterator[tuple[str, Card]]


def training(texts: Catalogue) -> Cards:
    """Each by name."""
    convened = s.small()
    about = convened.state.facts
    yield "rehearsal_home", marks.marked(home.home(about, s.member(convened, "m005"), texts), texts)
    yield "rehearsal_opened", marks.marked(marks.opened(about, texts), texts)
    yield "rehearsal_purged", marks.marked(marks.purged(texts), texts)
