"""Set the order in which the amendments to one text are taken."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import OrderAmendments


def run(moment: Moment, ask: Ask) -> Intent:
    """``ordre des amendements 8c ; 8a ; 8b``: the farthest from the text first."""
    numbers = [n.strip() for n in ask.argument.replace(",", ";").split(";") if n.strip()]
    if not numbers:
        raise Misunderstood("misunderstood.amendment_order")
    items = tuple(numbered(moment.snapshot.sitting, n).id for n in numbers)
    return Act(command=OrderAmendments(by=moment.person, items=items), then=Screen.CUES)


COMMAND = UserCommand(name="amendment_order", audience=Audience.CHAIR, run=run, takes_argument=True)
