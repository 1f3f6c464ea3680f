"""Take one's proxy back."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RevokeProxy


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=RevokeProxy(by=moment.person, grantor=moment.person), then=Say(code="said.revoked"))


COMMAND = UserCommand(name="revoke", audience=Audience.EVERYONE, run=run)
