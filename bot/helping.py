"""Help from a person: the request with what is known of it, the queue of support, the warning before a poll is closed.

A request is kept before anybody is told of it: when nobody can be reached now, it waits in the queue.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.cards import help_desk as cards
from bot.cards.help_desk import Asked
from bot.cards.marks import marked
from bot.channel import NotNow, Speaker, Undeliverable
from bot.commands.base import Ask, Errand, Moment
from bot.commands.close_poll import is_sure
from bot.core import Core
from bot.ports import Accounts, Conversations
from bot.rehearsing import is_practice
from bot.texts import Catalogue, catalogue, language_of
from bot.training import helps
from bot.turn import CardReply, ConversationKind, Message, Priority, Reply, TextReply, Turn
from bot.witness import Trace, Traces, problem_words
from voting.domain.assembly import Role
from voting.domain.ids import PersonId, SittingId, is_rehearsal
from voting.domain.sitting import Sitting
from voting.journal.faults import StoreFault
from voting.service import helping
from voting.service.helping import HelpReport
from voting.service.ports import Clock, HelpRequest, HelpState, Ids

_log = logging.getLogger(__name__)

RunErrand = Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpErrands:
    """Runs them; listed in ``table``."""

    core: Core
    accounts: Accounts
    conversations: Conversations
    speaker: Speaker
    traces: Traces
    clock: Clock
    ids: Ids

    def table(self) -> Mapping[Errand, RunErrand]:
        """By errand."""
        return {Errand.HELP_WANTED: self.wanted, Errand.HELP_DESK: self.desk}

    async def wanted(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Into the queue, and a word to every clerk and support person whose 1:1 chat is known."""
        texts = _texts(turn)
        if moment is None:
            return TextReply(texts("refusal.sitting_unknown"), private=True)
        home = await self._home(moment.snapshot.id)
        trace = self.traces.of(moment)
        known = helping.open_request(await self.core.aside.help.of(home), moment.person)
        request = _request(known, home, moment.person, trace, self.clock, self.ids)
        request = replace(request, from_meeting=turn.conversation.kind is not ConversationKind.PERSONAL)
        await self.core.aside.help.put(request)
        told = await self._tell(home, request, texts)
        return TextReply(texts("said.help_wanted" if told else "said.help_nobody"), private=True)

    async def desk(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The queue; from its buttons, take a request or close it with a note."""
        texts = _texts(turn)
        if moment is None or not helps(moment.snapshot.sitting, moment.person):
            return TextReply(texts("said.support_only"), private=True)
        requests = {r.id: r for r in await self.core.aside.help.of(moment.snapshot.id)}
        named = requests.get(ask.payload.request or "")
        if named is not None and ask.payload.kind == "take":
            await self.core.aside.help.take(named.id, moment.person, self.clock.now())
        elif named is not None and ask.payload.kind == "form":
            (one,) = await self._asked(moment.snapshot.sitting, [named], texts)
            return _shown(cards.finish(moment.snapshot.sitting.facts, one, texts))
        elif named is not None and ask.payload.kind == "close":
            await self._close(named, moment.person, ask.payload.note or "")
        return await self._queue(moment, ask.payload.page, texts)

    async def before_closing(self, turn: Turn, moment: Moment, ask: Ask) -> Reply:
        """Who asks for help and has not voted, before the poll is closed on him. A fault is never in the way."""
        if is_sure(ask) or not helps(moment.snapshot.sitting, moment.person):
            return None
        try:
            found = helping.troubled(moment.snapshot.sitting, await self.core.aside.help.of(moment.snapshot.id))
            if not found:
                return None
            texts = _texts(turn)
            asked = await self._asked(moment.snapshot.sitting, found, texts)
            return _shown(cards.before_closing(moment.snapshot.sitting.facts, asked, texts))
        except StoreFault:
            _log.exception("the queue of help cannot be read: the poll is closed without it")
            return None

    async def report(self, moment: Moment) -> HelpReport | None:
        """How the lifted sitting was helped, for its staff and for support. A fault is never in the way."""
        if not helps(moment.snapshot.sitting, moment.person):
            return None
        try:
            return helping.help_report(moment.snapshot.sitting, await self.core.aside.help.of(moment.snapshot.id))
        except StoreFault:
            _log.exception("the queue of help cannot be read: the state is shown without it")
            return None

    async def _queue(self, moment: Moment, page: int | None, texts: Catalogue) -> CardReply:
        requests = await self.core.aside.help.of(moment.snapshot.id)
        asked = await self._asked(moment.snapshot.sitting, requests, texts)
        sitting = moment.snapshot.sitting
        card = cards.queue(
            sitting.facts,
            asked,
            helping.median_seconds(requests),
            page,
            texts,
            report=helping.help_report(sitting, requests),
        )
        return _shown(card)

    async def _close(self, request: HelpRequest, by: PersonId, note: str) -> None:
        now = self.clock.now()
        taken = await self.core.aside.help.take(request.id, by, now) or request
        closed = replace(taken, state=HelpState.CLOSED, closed_at=now, note=note.replace("\x00", "") or taken.note)
        await self.core.aside.help.put(closed)

    async def _tell(self, home: SittingId, request: HelpRequest, texts: Catalogue) -> int:
        sitting = (await self.core.writer.snapshot(home)).sitting
        (one,) = await self._asked(sitting, [request], texts)
        card = cards.alert(sitting.facts, one, texts)
        shown = marked(card, texts) if is_rehearsal(home) else card
        told = 0
        for link in self.accounts.links(home):
            helper = sitting.roll.get(link.person)
            if helper is None or helper.role not in (Role.CLERK, Role.SUPPORT) or link.account is None:
                continue
            chat = self.conversations.personal(link.tenant_id, link.account)
            if chat is None:
                continue
            message = Message(card=shown, summary=str(shown["speak"]), alert=True)
            try:
                await self.speaker.send(chat, message, Priority.URGENT)
                told += 1
            except (NotNow, Undeliverable) as error:
                _log.warning("help request not delivered to %s: %s", link.person, error)
        return told

    async def _asked(self, sitting: Sitting, requests: Sequence[HelpRequest], texts: Catalogue) -> list[Asked]:
        phones = await self.core.aside.help.phones(sitting.facts.sitting)
        return [
            Asked(
                request=r,
                name=_name(sitting, r.person),
                doing=texts(f"command.{r.doing}") if f"command.{r.doing}" in texts else "",
                problem=problem_words(r.problem, texts),
                phone=phones.get(r.person, ""),
                helper=_name(sitting, r.taken_by) if r.taken_by is not None else "",
            )
            for r in requests
        ]

    async def _home(self, sitting: SittingId) -> SittingId:
        """Somebody who is at his own exercises is helped by the people of the rehearsal."""
        if not is_practice(sitting):
            return sitting
        known = await self.core.aside.rehearsals.all()
        return next((r.part_of for r in known if r.sitting == sitting and r.part_of is not None), sitting)


def _request(
    known: HelpRequest | None, sitting: SittingId, person: PersonId, trace: Trace, clock: Clock, ids: Ids
) -> HelpRequest:
    """A new one; somebody who asks again is still the same request, with what he did since."""
    fresh = known or HelpRequest(id=ids.new(), sitting=sitting, person=person, asked_at=clock.now(), from_meeting=False)
    client = trace.client.replace("\x00", "")[:40]
    return replace(fresh, doing=trace.doing, problem=trace.problem, client=client)


def _name(sitting: Sitting, person: PersonId) -> str:
    member = sitting.roll.get(person)
    return member.full_name if member is not None else str(person)


def _shown(card: Mapping[str, object]) -> CardReply:
    return CardReply(card, summary=str(card.get("speak", "")), private=True)


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))
