"""Have simulated members fill the empty seats of a rehearsal."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.STAND_INS)


COMMAND = UserCommand(name="stand_ins", audience=Audience.STAFF, run=run, takes_argument=True)
