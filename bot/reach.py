"""The 1:1 chat with a person: the one that is known, else one opened now and kept."""

import asyncio
import logging
from typing import Protocol

from bot.channel import NotNow, Undeliverable
from bot.ports import Conversations
from bot.turn import Conversation

_log = logging.getLogger(__name__)

TRY_AGAIN_AFTER = 600.0
"""Seconds after Teams refused a chat (the app is not there for that person) before it is asked for again."""

Key = tuple[str, str]


class Opener(Protocol):
    """Opens 1:1 chats. Raises ``Undeliverable`` or ``NotNow``."""

    async def open(self, near: Conversation, account: str) -> Conversation:
        """The chat with that account, in the same tenant and by the same way as ``near``."""
        ...


class Reach:
    """Opens each chat once, however many words wait for it."""

    def __init__(self, opener: Opener, conversations: Conversations) -> None:
        """Nothing is opened before somebody has to be told something."""
        self._opener, self._conversations = opener, conversations
        self._opening: dict[Key, asyncio.Task[Conversation | None]] = {}
        self._refused: dict[Key, float] = {}

    async def chat(self, tenant_id: str, account: str, near: Conversation | None) -> Conversation | None:
        """Where to speak with that person; None when there is no way now. ``near``: any chat of ours in Teams."""
        known = self._conversations.personal(tenant_id, account)
        if known is not None or near is None:
            return known
        key, now = (tenant_id, account), asyncio.get_running_loop().time()
        if now < self._refused.get(key, 0.0):
            return None
        task = self._opening.get(key)
        if task is None:
            task = self._opening[key] = asyncio.create_task(self._open(key, near))
            task.add_done_callback(lambda done: self._opening.pop(key, None))
        return await asyncio.shield(task)

    async def _open(self, key: Key, near: Conversation) -> Conversation | None:
        tenant_id, account = key
        try:
            opened = await self._opener.open(near, account)
            await self._conversations.remember(opened, tenant_id, account)
        except Undeliverable as refused:
            self._refused[key] = asyncio.get_running_loop().time() + TRY_AGAIN_AFTER
            _log.warning("no private chat with %s: %s", account, refused)
            return None
        except NotNow as later:
            _log.warning("no private chat with %s yet: %s", account, later)
            return None
        return opened
