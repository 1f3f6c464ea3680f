"""Put something right in the minutes, after the sitting and before they are approved."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """What is put right follows."""
    return Run(errand=Errand.CORRECT_MINUTES)


COMMAND = UserCommand(name="correct_minutes", audience=Audience.STAFF, run=run, takes_argument=True)
