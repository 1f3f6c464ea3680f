"""Answers to messages, which have no HTTP response to be put in.

Answers for: that a private reply stays private, whatever the client can do. Leaves what is private to whoever replies.
"""

import logging
from collections.abc import Callable

from bot.teams.answers import as_message
from bot.teams.connector import Connector
from bot.teams.errors import DeliveryError, Rejected
from bot.teams.hosts import HostRefused
from bot.turn import CardReply, Conversation, ConversationKind, Message, Reply, TextReply, Turn

log = logging.getLogger(__name__)

OwnChat = Callable[[Turn], Conversation | None]


class Responder:
    """Sends the reply of a turn through the connector: `Endpoint(…, respond=responder.respond)`."""

    def __init__(self, connector: Connector, own_chat: OwnChat = lambda turn: None) -> None:
        """``own_chat``: the person's 1:1 chat where it is known; a reply there leaves the meeting's budget alone."""
        self._connector, self._own_chat = connector, own_chat

    async def respond(self, turn: Turn, reply: Reply) -> None:
        """Send it where it was asked, or to the person alone; a failure is logged, nobody waits for it."""
        if reply is None:
            return
        # An error names what a person did: it is theirs.
        private = reply.private if isinstance(reply, CardReply | TextReply) else True
        try:
            if private and turn.conversation.kind is not ConversationKind.PERSONAL:
                await self._privately(turn, as_message(reply))
            else:
                await self._connector.send(turn.conversation, as_message(reply))
        except (DeliveryError, HostRefused) as error:
            log.error("reply to %s not delivered: %s", turn.activity_id, error)

    async def _privately(self, turn: Turn, message: Message) -> None:
        """In their 1:1 chat if it is known, else as a message that only they see; if Teams refuses that, a new chat."""
        own = self._own_chat(turn)
        if own is not None:
            await self._connector.send(own, message)
            return
        try:
            await self._connector.send_targeted(turn.conversation, turn.sender.user_id, message)
        except Rejected:
            chat = await self._connector.create_conversation(
                service_url=turn.conversation.service_url,
                tenant_id=turn.conversation.tenant_id,
                bot_id=turn.conversation.bot_id,
                member=turn.sender.user_id,
            )
            await self._connector.send(chat, message)
