"""Withdraw from the item under discussion (déport)."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import DeclareRecusal


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=DeclareRecusal(by=moment.person, person=moment.person), then=Say(code="said.recused"))


COMMAND = UserCommand(name="recuse", audience=Audience.EVERYONE, run=run)
