"""Put several items to one vote: each member votes once, and his voice counts for each of them."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import FormBlock
from voting.domain.ids import ItemId
from voting.domain.sitting import Sitting


def run(moment: Moment, ask: Ask) -> Intent:
    """``bloc 4-7`` or ``bloc 4 ; 5 ; 7``, or both at once."""
    pieces = [p.strip() for p in ask.argument.replace(",", ";").split(";") if p.strip()]
    if not pieces:
        raise Misunderstood("misunderstood.block")
    items = tuple(item for piece in pieces for item in _named(moment.snapshot.sitting, piece))
    return Act(command=FormBlock(by=moment.person, items=items), then=Screen.AGENDA)


def _named(sitting: Sitting, piece: str) -> tuple[ItemId, ...]:
    """One item, or those of the agenda from one number to another. A number may itself hold a hyphen."""
    try:
        return (numbered(sitting, piece).id,)
    except Misunderstood:
        if "-" not in piece:
            raise
    for place, letter in enumerate(piece):
        if letter == "-":
            try:
                first, last = numbered(sitting, piece[:place]).id, numbered(sitting, piece[place + 1 :]).id
            except Misunderstood:
                continue
            order = list(sitting.items)
            return tuple(order[order.index(first) : order.index(last) + 1])
    raise Misunderstood("misunderstood.block")


COMMAND = UserCommand(name="block", audience=Audience.STAFF, run=run, takes_argument=True)
