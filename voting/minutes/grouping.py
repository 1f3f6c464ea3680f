"""Items voted together, on paper: put together, taken out, listed above their vote."""

from voting.domain import events as e
from voting.minutes.blocks import Paragraph
from voting.minutes.facts import PollRecord
from voting.minutes.scribe import Scribe, sentence
from voting.wording.blocks import Named, block_words


def told(scribe: Scribe, entry: e.BlockFormed | e.BlockItemRemoved) -> str:
    """What was put together, or why an item is voted apart."""
    items = scribe.minutes.items
    if isinstance(entry, e.BlockFormed):
        named = [(items[i].kind, items[i].number) for i in entry.items]
        return sentence(scribe.texts("minutes.block.formed", items=block_words(scribe.texts, named)))
    code = f"minutes.block.removed.{entry.reason.value}"
    return sentence(scribe.texts(code, number=items[entry.item].number, name=scribe.people.short(entry.by)))


def listed_items(scribe: Scribe, poll: PollRecord) -> Paragraph:
    """Every item of the vote, by number and title."""
    items = [scribe.minutes.items[i] for i in poll.items]
    titles = " ; ".join(scribe.texts("minutes.block.item", number=i.number, title=i.title) for i in items)
    return Paragraph(text=sentence(scribe.texts("minutes.block.vote", items=titles)), style="note")


def named(scribe: Scribe, poll: PollRecord) -> tuple[Named, ...]:
    """The items of the vote by kind and number."""
    items = [scribe.minutes.items[i] for i in poll.items]
    return tuple((i.kind, i.number) for i in items)
