"""Who is in a chat, asked of Teams through our connector."""

from collections.abc import AsyncIterator

from bot.calls import Call
from bot.hints import NotInTheCall
from bot.ports import RosterUnavailable, Seen
from bot.teams.connector import Connector
from bot.teams.errors import DeliveryError
from bot.teams.hosts import HostRefused
from bot.turn import Conversation

ANONYMOUS = "anonymous"


class ConnectorRoster:
    """Satisfies ``bot.ports.Roster``."""

    def __init__(self, connector: Connector) -> None:
        """One connector per process."""
        self._connector = connector

    async def people(self, conversation: Conversation) -> AsyncIterator[Seen]:
        """Everybody of that chat whom Teams vouches for: with an account, and of a tenant that it names."""
        try:
            async for member in self._connector.members(conversation):
                if member.account is None or member.tenant_id is None or member.role == ANONYMOUS:
                    continue
                addresses = frozenset(given.casefold() for given in (member.email, member.upn) if given)
                yield Seen(
                    account=member.account,
                    tenant_id=member.tenant_id,
                    addresses=addresses,
                    user_id=member.user_id or None,
                )
        except (DeliveryError, HostRefused) as error:
            raise RosterUnavailable(str(error)) from error

    async def is_connected(self, call: Call, tenant_id: str, account: str) -> bool:
        """Satisfies ``bot.hints.Attendants``."""
        try:
            found = await self._connector.participant(
                call.conversation.service_url, call.meeting_id or "", account, tenant_id
            )
        except (DeliveryError, HostRefused) as error:
            raise NotInTheCall(str(error)) from error
        return found.is_in_meeting
