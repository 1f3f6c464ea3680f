"""Read out a single candidacy, which takes effect without a vote where the law says so."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.options import nominees
from voting.domain.commands import DeclareUnopposed


def run(moment: Moment, ask: Ask) -> Intent:
    """``candidature unique NOM``."""
    named = nominees(moment.snapshot.sitting, ask.argument)
    if len(named) != 1:
        raise Misunderstood("misunderstood.who")
    return Act(command=DeclareUnopposed(by=moment.person, nominee=named[0]), then=Screen.CUES)


COMMAND = UserCommand(name="unopposed", audience=Audience.CHAIR, run=run, takes_argument=True)
