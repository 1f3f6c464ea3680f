"""How the outbox and the notices speak in Teams: the few things that they do there, and what may come of them."""

from typing import Protocol

from bot.turn import Content, Conversation, Priority


class Undeliverable(Exception):
    """The channel will never take this message."""


class NotNow(Exception):
    """The channel may take it later."""


class Unsure(NotNow):
    """The message may have been posted, or not. It is made again, twice being better than never, once ``probe`` says
    that the channel answers: else a channel that is silent for long would show it many times."""


class Speaker(Protocol):
    """The few things that the outbox does in Teams. Raises ``Undeliverable`` or ``NotNow``."""

    def delay(self, conversation: Conversation) -> float:
        """Seconds until something could be sent there: what is worth sending is decided after that wait."""
        ...

    async def send(self, conversation: Conversation, message: Content, priority: Priority) -> str:
        """Post; the activity id. ``Unsure`` when it may have been posted."""
        ...

    async def edit(self, conversation: Conversation, activity_id: str, message: Content, priority: Priority) -> None:
        """Put that content in place of an earlier message."""
        ...

    async def probe(self, conversation: Conversation) -> None:
        """Return once the channel has answered anything there."""
        ...


class Withdrawing(Speaker, Protocol):
    """One that also takes a message away."""

    async def delete(self, conversation: Conversation, activity_id: str, priority: Priority) -> None:
        """Take that message away."""
        ...
