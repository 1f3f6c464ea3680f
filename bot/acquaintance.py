"""The errand that tells the clerk whom of the roll the bot recognises, and has it look for and reach the others.

Answers for: asking in time for the answer, and never waiting for an installation. Leaves matching to ``bot.matching``.
"""

import asyncio
import logging
from dataclasses import dataclass, field

from bot import screens
from bot.cards.accounts import INSTALL, AccountsView, Unknown
from bot.commands.base import Ask, Moment
from bot.directory import Directory
from bot.matching import Asked, Installed
from bot.ports import Accounts, Conversations, Link
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import Reply, TextReply, Turn
from voting.domain.ids import SittingId
from voting.service.views.parts import person_view

_log = logging.getLogger(__name__)

PATIENCE = 3.0
"""A press is answered within five seconds, whatever Entra does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """Runs it."""

    directory: Directory
    accounts: Accounts
    conversations: Conversations
    _installing: dict[SittingId, asyncio.Task[Installed]] = field(default_factory=dict)

    async def run(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The card, after a look into what may be asked."""
        texts = catalogue(language_of(turn.locale))
        if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        sitting = moment.snapshot.id
        if ask.payload.kind == INSTALL:
            self._install(sitting)
        asked = await self._searched(sitting)
        view = self._view(moment, asked, texts)
        return screens.accounts(moment, view, ask.payload.page, texts)

    async def close(self) -> None:
        """An installation under way is taken up again by the next press."""
        for task in self._installing.values():
            task.cancel()
        await asyncio.gather(*self._installing.values(), return_exceptions=True)

    def _install(self, sitting: SittingId) -> None:
        under_way = self._installing.get(sitting)
        if self.directory.has_entra and (under_way is None or under_way.done()):
            work = self.directory.install(sitting, self._has_chat)
            self._installing[sitting] = asyncio.get_running_loop().create_task(work)

    async def _searched(self, sitting: SittingId) -> Asked:
        search = self.directory.look_up(sitting)
        await asyncio.wait([search], timeout=PATIENCE)
        return search.result() if search.done() else Asked.SEARCHING

    def _view(self, moment: Moment, asked: Asked, texts: Catalogue) -> AccountsView:
        members = moment.snapshot.sitting.facts.members
        report = self.directory.report(moment.snapshot.id, members, asked)
        roll = moment.snapshot.sitting.roll
        links = self.accounts.links(moment.snapshot.id)
        return AccountsView(
            total=len(members),
            linked=report.linked,
            reached=report.reached,
            with_chat=sum(1 for link in links if link.account is not None and self._has_chat(link)),
            unknown=[
                Unknown(person=person_view(roll[one.person]), address=one.address, doubt=one.doubt.value)
                for one in report.unlinked
            ],
            asked=report.asked.value,
            can_install=self.directory.can_install,
            note=self._note(moment.snapshot.id, texts),
        )

    def _note(self, sitting: SittingId, texts: Catalogue) -> str:
        task = self._installing.get(sitting)
        if task is None or task.cancelled():
            return ""
        if not task.done():
            return texts("card.accounts.installing")
        if (error := task.exception()) is not None:
            _log.error("installation for %s failed", sitting, exc_info=error)
            return texts.plural("card.accounts.not_installed", 0, n=0)
        done = task.result()
        failed = len(done.refused) + len(done.left)
        code = "card.accounts.installed" if not failed else "card.accounts.not_installed"
        return texts.plural(code, done.done, n=done.done)

    def _has_chat(self, link: Link) -> bool:
        return link.account is not None and self.conversations.personal(link.tenant_id, link.account) is not None
