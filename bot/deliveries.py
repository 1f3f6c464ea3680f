"""Papers put into the store of whoever asked in his 1:1 chat, in the way that Teams gives: offer, consent, file.

Answers for: that a paper goes to whoever may have it at the moment he accepts it, judged by the account behind his
token, and made again then. Leaves which papers there are to ``bot.documents`` and the store to ``bot.ports.FileShare``.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field

from bot import edge
from bot.channel import NotNow, Undeliverable, Withdrawing
from bot.commands.base import Ask, Errand, Moment
from bot.documents import STAFF, Documents, NotOffered
from bot.file_seal import FileSeal, Identity, NotSealed, Offered, OfferExpired
from bot.ports import Accounts, FileNotPut, FileShare
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import ConversationKind, ErrorReply, FileOffer, FileStored, Message, Priority, Reply, Turn
from voting.domain.refusals import SittingUnknown
from voting.minutes.exports.paper import ExportBlocked, Paper
from voting.minutes.official import NotOfficial
from voting.service.families import Recorder
from voting.wording import catalogue as shared_catalogue

_log = logging.getLogger(__name__)

ACCEPT = "accept"
MOST_REMEMBERED = 1000


class _No(Exception):
    """Nothing is handed over: the sentence that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Offers and hands over, one task each: nobody's press waits for a paper to be drawn or for OneDrive."""

    writer: Recorder
    documents: Documents
    accounts: Accounts
    share: FileShare
    speaker: Withdrawing
    seal: FileSeal
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _answered: dict[tuple[str, str], None] = field(default_factory=dict)
    """Offers that were accepted: Teams sends an answer again when ours is late."""

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {Errand.CONSENT: self.consent}

    def offer(self, turn: Turn, to: Identity, offered: Offered) -> None:
        """Draw the paper, then have Teams ask. In the asker's own chat: whoever calls has seen to that."""
        self._start(turn, self._offer(turn, to, offered))

    async def consent(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The answer to an offer. Said in the chat, since a client shows nothing of the response to it."""
        texts, identity = _texts(turn), turn.sender.identity
        if turn.conversation.kind is not ConversationKind.PERSONAL or identity is None:
            return ErrorReply(code="not_here", message=texts("handed.not_ours"), status=400)
        offer = turn.conversation.id, turn.reply_to_id or turn.activity_id
        if offer in self._answered:
            return None
        self._answered[offer] = None
        while len(self._answered) > MOST_REMEMBERED:
            self._answered.pop(next(iter(self._answered)))
        self._start(turn, self._answer(turn, identity, offer))
        return None

    async def close(self) -> None:
        """Let what is being handed over arrive."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _start(self, turn: Turn, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._told(turn, work), name="delivery")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _told(self, turn: Turn, work: Coroutine[None, None, None]) -> None:
        """Whatever becomes of it, the person hears of it."""
        texts = _texts(turn)
        try:
            try:
                await work
            except _No as no:
                await self._say(turn, Message(text=str(no)))
            except (NotNow, Undeliverable):
                raise
            except Exception as error:
                fault = edge.fault(error, texts, {"activity": turn.activity_id})
                await self._say(turn, Message(text=fault.sentence))
        except (NotNow, Undeliverable) as error:
            _log.error("file for %s: nothing could be said: %s", turn.activity_id, error)

    async def _offer(self, turn: Turn, to: Identity, offered: Offered) -> None:
        texts = _texts(turn)
        paper = await self._paper(offered, texts)
        title = (await self.writer.snapshot(offered.sitting)).sitting.facts.title
        offer = FileOffer(
            name=paper.name,
            description=texts("handed.description", what=texts(f"documents.of.{offered.paper}"), title=title),
            size=len(paper.content),
            context=self.seal.context(offered, to),
        )
        try:
            await self._say(turn, Message(file=offer, summary=offer.description))
        except Undeliverable as error:  # some clouds have no files for bots
            _log.warning("offer of a file refused: %s", error)
            raise _No(texts("handed.unsupported")) from error

    async def _answer(self, turn: Turn, by: Identity, offer: tuple[str, str]) -> None:
        try:
            await self._hand_over(turn, by)
        except BaseException:
            self._answered.pop(offer, None)  # it may be accepted again
            raise

    async def _hand_over(self, turn: Turn, by: Identity) -> None:
        texts = _texts(turn)
        if turn.data.get("action") != ACCEPT:
            await self._withdraw(turn)
            raise _No(texts("handed.declined"))
        paper = await self._paper(await self._granted(turn, by, texts), texts)
        place = _strings(turn.data.get("uploadInfo"))
        try:
            await self.share.put(place.get("uploadUrl", ""), paper.content)
        except FileNotPut as failed:
            raise _No(texts(f"handed.{failed.reason}", name=paper.name)) from failed
        await self._say(turn, self._stored(paper, place, texts))
        await self._withdraw(turn)

    async def _granted(self, turn: Turn, by: Identity, texts: Catalogue) -> Offered:
        """What was offered, if that account may still have it."""
        try:
            offered = self.seal.read(_strings(turn.data.get("context")), by)
        except NotSealed:
            raise _No(texts("handed.not_ours")) from None
        except OfferExpired:
            raise _No(texts("handed.expired")) from None
        person = self.accounts.person(offered.sitting, *by)
        try:
            sitting = (await self.writer.snapshot(offered.sitting)).sitting
        except SittingUnknown:
            raise _No(texts("handed.not_there")) from None
        if person is None or not sitting.is_staff(person):
            raise _No(texts("refusal.staff_only"))
        return offered

    async def _paper(self, offered: Offered, texts: Catalogue) -> Paper:
        try:
            return await self.documents.fetch(offered.sitting, offered.paper, STAFF)
        except ExportBlocked as blocked:
            raise _No(blocked.sentence(shared_catalogue(texts.language))) from None
        except (NotOffered, NotOfficial, SittingUnknown):
            raise _No(texts("handed.not_there")) from None

    def _stored(self, paper: Paper, place: Mapping[str, str], texts: Catalogue) -> Message:
        """What Teams shows of it; the person's client said where it is, so only an address of the store is shown."""
        name, address = place.get("name") or paper.name, place.get("contentUrl", "")
        if not self.share.is_known(address):
            return Message(text=texts("handed.stored", name=name))
        kind = place.get("fileType") or paper.name.rpartition(".")[2]
        return Message(
            file=FileStored(name=name, address=address, unique_id=place.get("uniqueId", ""), file_type=kind),
            summary=texts("handed.stored", name=name),
        )

    async def _say(self, turn: Turn, message: Message) -> None:
        await self.speaker.send(turn.conversation, message, Priority.URGENT)

    async def _withdraw(self, turn: Turn) -> None:
        """Take the offer away; if Teams does not, it says itself that it was answered."""
        if turn.reply_to_id is None:
            return
        try:
            await self.speaker.delete(turn.conversation, turn.reply_to_id, Priority.NOTICE)
        except (NotNow, Undeliverable) as error:
            _log.info("answered offer %s left in the chat: %s", turn.reply_to_id, error)


def _strings(value: object) -> dict[str, str]:
    """The texts of an object from outside, whatever it is."""
    if not isinstance(value, dict):
        return {}
    return {key: text for key, text in value.items() if isinstance(key, str) and isinstance(text, str)}


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))
