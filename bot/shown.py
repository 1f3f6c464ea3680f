"""What is on screen in one meeting chat, as far as this process knows: read from the book, and written down there.

Three doubts are kept apart from knowledge: what was sent and could not be written down, what was edited without an
answer (written down before the edit leaves: a process may die in between), and what a process that has lost the chat
may still send.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.meeting import moving
from bot.ports import SentCard, SentCards
from voting.domain.ids import SittingId

Place = tuple[str, str]
"""Conversation and slot."""

UNKNOWN = ""
"""The fingerprint of a card whose content nobody can tell: it is edited before it is believed."""


class Shown:
    """The cards of one sitting."""

    def __init__(self, sitting: SittingId, sent: SentCards) -> None:
        """Read when it is first asked for."""
        self._sitting = sitting
        self._sent = sent
        self._cards: dict[Place, SentCard] | None = None
        self._unwritten: dict[Place, SentCard] = {}
        self.unfinished: set[str] = set()
        """Slots on screen that may not have come to their last state: looked after however old they are."""

    async def cards(self) -> Mapping[Place, SentCard]:
        """Everything on screen."""
        if self._cards is None:
            kept = {(card.conversation_id, card.slot): card for card in await self._sent.load(self._sitting)}
            for place, card in self._unwritten.items():
                known = kept.get(place)
                kept[place] = card if known is None else replace(known, digest=UNKNOWN)
            self._unwritten = {place: kept[place] for place in self._unwritten}
            self._cards = kept
            self.unfinished |= moving(card.slot for card in kept.values())
        return self._cards

    async def write_down(self) -> None:
        """Whatever could not be, the last time. Raises a ``StoreFault``, or ``Overtaken``."""
        await self.cards()
        for place, card in list(self._unwritten.items()):
            await self._sent.save(card)
            self._unwritten.pop(place)

    async def put(self, card: SentCard) -> None:
        """What is known of it now, even if it cannot be written down. Raises a ``StoreFault``, or ``Overtaken``."""
        place = card.conversation_id, card.slot
        await self.cards()
        self._set(place, card)
        self._unwritten[place] = card
        self.unfinished |= moving([card.slot])
        await self.write_down()

    async def edits(self, place: Place) -> None:
        """An edit will leave: until its answer, nobody can tell what that card shows. Raises as ``put`` does."""
        card = (await self.cards())[place]
        if card.digest != UNKNOWN:
            await self.put(replace(card, digest=UNKNOWN))

    async def doubt(self, conversation_id: str) -> None:
        """Somebody else may have edited any card of that chat."""
        for place, card in list((await self.cards()).items()):
            if place[0] == conversation_id:
                self._set(place, replace(card, digest=UNKNOWN))

    def forget(self) -> None:
        """Others may write from now on: read the book again before anything is sent."""
        self._cards = None

    def results(self, conversation_id: str) -> Collection[str]:
        """Slots of the results on screen there."""
        return frozenset(s for c, s in self._cards or () if c == conversation_id and s.startswith("result/"))

    def _set(self, place: Place, card: SentCard) -> None:
        if self._cards is not None:
            self._cards[place] = card
