"""Convening from the chat: files sent or pasted, the form, the sitting that they make, a second one without quorum."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import edge, screens
from bot.cards.forms import IN_WRITING
from bot.commands.base import Ask, Errand, Moment
from bot.connections import Connections
from bot.convening import Convened, Convener, Sent
from bot.directory import Directory
from bot.moments import typed_moment
from bot.outbox import Outbox
from bot.ports import Accounts, Conversations, FileNotFetched, FileShare, KeptFile, KeptFiles
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import ConversationKind, Reply, SharedFile, TextReply, Turn
from voting.domain.assembly import Body, Mode, Regime
from voting.domain.ids import is_rehearsal
from voting.domain.refusals import Refusal
from voting.imports import FileKind, FileRefused, kind_of, parse_agenda, parse_members, sentences
from voting.service.convene import TIME_ZONE
from voting.service.families import Recorder
from voting.wording import catalogue as shared_catalogue
from voting.wording.sentences import remark_sentence

KINDS = frozenset(Body)
MODES = frozenset(Mode)
SHOWN = 12
"""Problems of a file said in one message; the rest waits for the next try."""
KEPT = timedelta(days=1)
"""How long a file waits for the form to be sent."""
MOST_FILES = 5
"""Read of one message: a sitting is convened from three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveningErrands:
    """Runs them; one method each, listed in ``table``."""

    writer: Recorder
    accounts: Accounts
    conversations: Conversations
    outbox: Outbox
    convener: Convener
    directory: Directory
    kept: KeptFiles
    share: FileShare
    connections: Connections
    now: Callable[[], datetime]

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {
            Errand.NEW_SITTING: self.new_sitting,
            Errand.FILES: self.files,
            Errand.RECONVENE: self.reconvene,
        }

    async def files(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Files sent in the 1:1 chat: read at once, kept if nothing is wrong with them; then the form."""
        texts = _texts(turn)
        if turn.sender.identity is None or not await self.may_convene(turn):
            return TextReply(texts("said.may_not_convene"), private=True)
        await self.sweep()
        said: list[str] = []
        for file in turn.files[:MOST_FILES]:
            said += await self._take(turn.sender.identity, file, texts)
        said += [texts("file.too_many", most=MOST_FILES)] * (len(turn.files) > MOST_FILES)
        if said:
            return TextReply("\n".join(said), private=True)
        return screens.new_sitting(texts, await self._summary(await self.kept.of(*turn.sender.identity), texts))

    async def new_sitting(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The form, then the sitting that it describes; held at once in a meeting chat that holds none."""
        texts = _texts(turn)
        if turn.sender.identity is None or not await self.may_convene(turn):
            return TextReply(texts("said.may_not_convene"), private=True)
        await self.sweep()
        kept = await self.kept.of(*turn.sender.identity)
        sent = _sent(ask, {file.kind: file.content for file in kept})
        if sent is None:
            return screens.new_sitting(texts, await self._summary(kept, texts))
        shared = shared_catalogue(texts.language)
        try:
            done = await self.convener.convene(sent)
        except FileRefused as refused:
            return TextReply("\n".join([shared("import.refused"), *_problems(refused, texts)]), private=True)
        except Refusal as refusal:
            return TextReply(edge.refusal_sentence(refusal, None, texts, shared), private=True)
        await self.kept.forget(*turn.sender.identity)
        await self._settle(turn, moment, done)
        said = [texts("said.convened", title=done.title, voters=done.voters, items=done.items)]
        said += [remark_sentence(shared, remark) for remark in done.remarks]
        return TextReply("\n".join(said), private=True)

    async def sweep(self) -> None:
        """Erase the files that nobody used: they name people."""
        await self.kept.expire(self.now() - KEPT)

    async def reconvene(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """A second sitting on the same agenda, held in the same chat, after one without quorum (R04)."""
        texts = _texts(turn)
        if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        if is_rehearsal(moment.snapshot.id):
            return TextReply(texts("said.rehearsal_not_reconvened"), private=True)
        first, when = moment.snapshot, None
        if ask.argument:
            when = typed_moment(ask.argument, first.sitting.facts.scheduled_for)
            if when is None:
                return TextReply(texts("misunderstood.moment", typed=ask.argument), private=True)
        try:
            command = await self.convener.convene_again(first.id, when, moment.person, texts.language)
        except Refusal as refusal:
            shared = shared_catalogue(texts.language)
            return TextReply(edge.refusal_sentence(refusal, first.sitting, texts, shared), private=True)
        meeting = self.conversations.meeting_of(first.id)
        if meeting is not None:
            await self.conversations.bind(command.sitting, meeting)
            self.directory.look_around(meeting, command.sitting)
            self.outbox.wake(command.sitting)
        return TextReply(texts("said.reconvened", title=command.title), private=True)

    async def may_convene(self, turn: Turn) -> bool:
        """Whom the administrator named, and the staff of earlier sittings."""
        identity, allowed = turn.sender.identity, self.convener.allowed
        if identity is None:
            return False
        if allowed is None or identity[1].lower() in allowed:
            return True
        for sitting in self.accounts.sittings(*identity):
            person = self.accounts.person(sitting, *identity)
            known = person is not None and not is_rehearsal(sitting)
            if person is not None and known and (await self.writer.snapshot(sitting)).sitting.is_staff(person):
                return True
        return False

    async def _take(self, identity: tuple[str, str], file: SharedFile, texts: Catalogue) -> list[str]:
        """Keep it, or answer it; what there is to say of it, in sentences."""
        try:
            content = await self.share.fetch(file)
        except FileNotFetched as failed:
            return [texts(f"file.{failed.reason}", name=file.name)]
        try:
            kind = await asyncio.to_thread(kind_of, content)
            if kind is None:
                return [texts("file.unknown", name=file.name)]
            if kind is FileKind.CONNECTIONS:
                return await self.connections.said(identity, content, texts)
            await asyncio.to_thread(_read, kind, content)
        except FileRefused as refused:
            return [texts("file.refused", name=file.name), *_problems(refused, texts)]
        await self.kept.keep(*identity, KeptFile(kind=kind.value, name=file.name, content=content, at=self.now()))
        return []

    async def _summary(self, kept: Sequence[KeptFile], texts: Catalogue) -> dict[str, str]:
        """What is kept, in a line each, by kind."""
        counted = [await asyncio.to_thread(_read, FileKind(file.kind), file.content) for file in kept]
        return {
            file.kind: texts(f"file.kept.{file.kind}", name=file.name, **figures)
            for file, figures in zip(kept, counted, strict=True)
        }

    async def _settle(self, turn: Turn, moment: Moment | None, done: Convened) -> None:
        """Held at once where it was convened, if that is a meeting without one; its people looked up."""
        if turn.conversation.kind is not ConversationKind.PERSONAL and moment is None:
            if self.conversations.meeting_of(done.sitting) is None:
                await self.conversations.bind(done.sitting, turn.conversation)
                self.directory.look_around(turn.conversation, done.sitting)
            self.outbox.wake(done.sitting)
        self.directory.look_up(done.sitting)


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))


def _problems(refused: FileRefused, texts: Catalogue) -> Iterator[str]:
    problems = sentences(refused.problems, shared_catalogue(texts.language))
    yield from problems[:SHOWN]
    if len(problems) > SHOWN:
        yield "…"


def _read(kind: FileKind, content: bytes) -> dict[str, int]:
    """Its figures. Raises ``FileRefused``. Standing orders are judged with the body that they are of."""
    match kind:
        case FileKind.MEMBERS:
            members = parse_members(content)
            return {"people": len(members), "voters": sum(member.votes for member in members)}
        case FileKind.AGENDA:
            return {"items": len(parse_agenda(content))}
        case _:
            return {}


def _sent(ask: Ask, kept: Mapping[str, bytes]) -> Sent | None:
    """What the form carried, and what was sent before it; None when it was not filled (a typed command, no date)."""
    given = ask.payload
    members, agenda, orders = (
        pasted.encode() if pasted else kept.get(kind, b"")
        for kind, pasted in (
            (FileKind.MEMBERS, given.members),
            (FileKind.AGENDA, given.agenda),
            (FileKind.ORDERS, given.orders),
        )
    )
    if not (members and agenda and given.day and given.hour) or given.kind not in KINDS:
        return None
    if given.mode not in (None, IN_WRITING, *MODES):
        return None
    try:
        summoned = date.fromisoformat(given.summoned) if given.summoned else None
        local = datetime.fromisoformat(f"{given.day}T{given.hour}").replace(tzinfo=ZoneInfo(TIME_ZONE))
    except ValueError:
        return None
    return Sent(
        members=members,
        agenda=agenda,
        kind=str(given.kind),
        scheduled_for=local.astimezone(UTC),
        summons_mentions_remote=given.remote == "true",
        mode=Mode.REMOTE if given.mode in (None, IN_WRITING) else Mode(given.mode),
        regime=Regime.WRITTEN_EXCHANGE if given.mode == IN_WRITING else Regime.ORDINARY,
        standing_orders=orders,
        summoned_on=summoned,
        is_urgent=given.urgent == "true",
    )
