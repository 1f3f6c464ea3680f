"""Record what came out of the box of a secret choice among several."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.options import option
from bot.commands.words import fold
from voting.domain.commands import RecordOptionPapers
from voting.domain.contests import OptionCount

_BLANK = frozenset({"blanc", "blancs", "blank"})
_INVALID = frozenset({"nul", "nuls", "invalid"})
_ENVELOPES = frozenset({"enveloppes", "enveloppe", "envelopes"})


def run(moment: Moment, ask: Ask) -> Intent:
    """``dépouillement 1=12 ; 2=9 ; blancs=2 ; nuls=1 ; enveloppes=24``: a figure for each, zero where none is said."""
    poll = moment.snapshot.sitting.polls.open_poll()
    votes = {o.id: 0 for o in poll.contest.options} if poll is not None and poll.contest is not None else {}
    blank = invalid = 0
    envelopes: int | None = None
    for name, figure in _figures(ask.argument):
        word = fold(name)
        if word in _BLANK:
            blank = figure
        elif word in _INVALID:
            invalid = figure
        elif word in _ENVELOPES:
            envelopes = figure
        else:
            votes[option(poll, name).id] = figure
    if envelopes is None:
        raise Misunderstood("misunderstood.papers")
    command = RecordOptionPapers(
        by=moment.person,
        envelopes=envelopes,
        blank=blank,
        invalid=invalid,
        counts=tuple(OptionCount(option=o, votes=n) for o, n in votes.items()),
    )
    return Act(command=command, then=Screen.CONSOLE)


def _figures(text: str) -> list[tuple[str, int]]:
    pairs = []
    for part in filter(None, (p.strip() for p in text.replace("\n", ";").split(";"))):
        name, equals, figure = part.rpartition("=")
        if not equals or not figure.strip().isdecimal():
            raise Misunderstood("misunderstood.papers")
        pairs.append((name.strip(), int(figure)))
    return pairs


COMMAND = UserCommand(name="option_papers", audience=Audience.STAFF, run=run, takes_argument=True)
