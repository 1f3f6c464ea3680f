"""A private word to the person whom an event concerns: the holder of a proxy that is offered, whoever speaks next.

Sent after the commit, to a 1:1 chat; nobody waits for it and a failure costs nothing: the offer and the list stand,
and the person's own card says it too.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping

from bot.cards.marks import marked
from bot.cards.proxies import proxy_offer
from bot.cards.turn_to_come import turn_to_come
from bot.channel import NotNow, Speaker, Undeliverable
from bot.ports import Accounts, Conversations
from bot.reach import Reach
from bot.texts import Catalogue
from bot.turn import Message, Priority
from voting.domain.events import FloorGiven, ProxyGiven
from voting.domain.ids import PRACTICE, PersonId, RequestId, SittingId, is_rehearsal
from voting.domain.queue import next_request
from voting.service.live import Recorded, Snapshot
from voting.service.views.parts import person_view

_log = logging.getLogger(__name__)


class Notices:
    """A writer's listener that speaks in 1:1 chats."""

    def __init__(
        self,
        speaker: Speaker,
        reach: Reach,
        accounts: Accounts,
        conversations: Conversations,
        texts: Catalogue,
        is_simulated: Callable[[SittingId, PersonId], bool] = lambda sitting, person: False,
    ) -> None:
        """``texts`` in the language of this installation: the reader's own is not known here.

        ``is_simulated``: the seat is played in a rehearsal, and its owner is not to hear of it.
        """
        self._speaker = speaker
        self._reach = reach
        self._accounts = accounts
        self._conversations = conversations
        self._texts = texts
        self._is_simulated = is_simulated
        self._called: dict[SittingId, RequestId] = {}
        self._sending: set[asyncio.Task[None]] = set()

    def committed(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """Tell the holder of each proxy just offered."""
        if snapshot.id.startswith(PRACTICE):
            return  # led by his own cards
        for one in recorded:
            if isinstance(one.event, ProxyGiven):
                grantor = person_view(snapshot.sitting.roll[one.event.grantor])
                card = proxy_offer(snapshot.sitting.facts, grantor, self._texts)
                self._tell(snapshot, one.event.holder, card)
            elif isinstance(one.event, FloorGiven) and one is recorded[-1]:
                self._announce(snapshot, one.event)

    def _announce(self, snapshot: Snapshot, given: FloorGiven) -> None:
        """Whoever speaks next is told once, when the one before gets the floor."""
        coming = next_request(snapshot.sitting)
        if coming is None or coming.person == given.person or self._called.get(snapshot.id) == coming.id:
            return
        self._called[snapshot.id] = coming.id
        speaker = person_view(snapshot.sitting.roll[given.person])
        self._tell(snapshot, coming.person, turn_to_come(snapshot.sitting.facts, speaker, self._texts))

    async def close(self) -> None:
        """Let what is being sent arrive."""
        await asyncio.gather(*self._sending, return_exceptions=True)

    def _tell(self, snapshot: Snapshot, person: PersonId, card: Mapping[str, object]) -> None:
        if self._is_simulated(snapshot.id, person):
            return
        task = asyncio.get_running_loop().create_task(self._send(snapshot, person, card))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, snapshot: Snapshot, person: PersonId, card: Mapping[str, object]) -> None:
        link = next((found for found in self._accounts.links(snapshot.id) if found.person == person), None)
        if link is None or link.account is None:
            return
        near = self._conversations.meeting_of(snapshot.id)
        chat = await self._reach.chat(link.tenant_id, link.account, near)
        if chat is None:
            return
        if is_rehearsal(snapshot.id):
            card = marked(card, self._texts)
        try:
            await self._speaker.send(chat, Message(card=card, summary=str(card.get("speak", ""))), Priority.NOTICE)
        except (NotNow, Undeliverable) as error:
            _log.warning("word not delivered to %s: %s", person, error)
