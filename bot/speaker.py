"""The outbox's way of speaking: our connector, with its outcomes told apart as the outbox needs them."""

from bot.channel import NotNow, Undeliverable, Unsure
from bot.teams.connector import Connector
from bot.teams.errors import DeliveryError, Rejected, Uncertain
from bot.teams.hosts import HostRefused
from bot.turn import Content, Conversation, Priority


class ConnectorSpeaker:
    """Satisfies ``bot.outbox.Speaker``."""

    def __init__(self, connector: Connector) -> None:
        """One connector per process."""
        self._connector = connector

    async def open(self, near: Conversation, account: str) -> Conversation:
        """The 1:1 chat with that account; repeated, it is the same chat."""
        try:
            return await self._connector.create_conversation(
                service_url=near.service_url, tenant_id=near.tenant_id, bot_id=near.bot_id, member=account
            )
        except (Rejected, HostRefused) as error:
            raise Undeliverable(str(error)) from error
        except DeliveryError as error:
            raise NotNow(str(error)) from error

    def delay(self, conversation: Conversation) -> float:
        """Seconds until something could be sent there within Teams' limits."""
        return self._connector.delay(conversation)

    async def send(self, conversation: Conversation, message: Content, priority: Priority) -> str:
        """Post; the activity id."""
        try:
            return await self._connector.send(conversation, message, priority=priority)
        except (Rejected, HostRefused) as error:
            raise Undeliverable(str(error)) from error
        except Uncertain as error:
            raise Unsure(str(error)) from error
        except DeliveryError as error:
            raise NotNow(str(error)) from error

    async def edit(self, conversation: Conversation, activity_id: str, message: Content, priority: Priority) -> None:
        """Put that content in place of an earlier message."""
        try:
            await self._connector.edit(conversation, activity_id, message, priority=priority)
        except (Rejected, HostRefused) as error:
            raise Undeliverable(str(error)) from error
        except DeliveryError as error:
            raise NotNow(str(error)) from error

    async def delete(self, conversation: Conversation, activity_id: str, priority: Priority) -> None:
        """Take that message away."""
        try:
            await self._connector.delete(conversation, activity_id, priority=priority)
        except (Rejected, HostRefused) as error:
            raise Undeliverable(str(error)) from error
        except DeliveryError as error:
            raise NotNow(str(error)) from error

    async def probe(self, conversation: Conversation) -> None:
        """Return once Teams has answered something of that chat, were it a refusal."""
        try:
            await self._connector.probe(conversation)
        except (Rejected, HostRefused):
            return
        except DeliveryError as error:
            raise NotNow(str(error)) from error
