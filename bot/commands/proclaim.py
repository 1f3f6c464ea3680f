"""Proclaim the result: the chair alone makes it final."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import ProclaimResult


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=ProclaimResult(by=moment.person), then=Screen.CUES)


COMMAND = UserCommand(name="proclaim", audience=Audience.CHAIR, run=run)
