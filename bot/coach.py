"""Leads each member through the exercises, in a rehearsal of his own, and notes who is ready.

Satisfies ``bot.witness.Witness``. What is tried in the common rehearsal counts as well.
"""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field

from bot import screens
from bot.cards import exercise as cards
from bot.commands.base import Act, Moment, Screen, Show
from bot.core import Core
from bot.ports import Accounts, Link
from bot.rehearsing import is_practice
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import CardReply, Turn
from voting.domain.commands import ConveneSitting
from voting.domain.events import SittingConvened
from voting.domain.ids import PRACTICE, PersonId, SittingId
from voting.domain.refusals import Refusal, SittingUnknown
from voting.service import exercises
from voting.service.handle import Done
from voting.service.live import Snapshot
from voting.service.ports import Attempt, Clock, Exercise, Ids, Rehearsal, Trial

_log = logging.getLogger(__name__)

SCREENS = {Exercise.VOTE: Screen.BALLOT, Exercise.CHANGE: Screen.BALLOT, Exercise.PROXY: Screen.BALLOT}
WISHES = 20
"""More than the simulated colleagues ever have in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coach:
    """One per process."""

    core: Core
    accounts: Accounts
    clock: Clock
    ids: Ids
    language: str = "fr"
    _turns: defaultdict[SittingId, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def begin(self, rehearsal: Rehearsal, turn: Turn, person: PersonId) -> CardReply:
        """The exercise where that member is; his own rehearsal is opened the first time."""
        async with self._turns[rehearsal.sitting]:
            sitting = await self._practice(rehearsal, turn, person)
        await self._put_before(rehearsal.sitting, person, turn)
        return await self._lesson(turn, sitting, person)

    async def understood(self, moment: Moment, turn: Turn) -> CardReply:
        """The last exercise is to have read what to do when the network drops."""
        await self._note(moment.snapshot.id, moment.person, Exercise.NETWORK, turn)
        return await self._lesson(turn, moment.snapshot.id, moment.person)

    async def acted(self, turn: Turn, moment: Moment, act: Act, done: Done) -> CardReply | None:
        """See ``Witness``."""
        if not done.repeated:
            for shown in exercises.exercises_of(done.snapshot.sitting, act.command):
                await self._note(moment.snapshot.id, moment.person, shown, turn)
        elif exercises.is_of_an_old_card(done.snapshot.sitting, act.command):
            await self.stumbled(turn, moment, act, "poll_not_open")
        if not is_practice(moment.snapshot.id):
            return None
        return await self._lesson(turn, moment.snapshot.id, moment.person)

    async def shown(self, turn: Turn, moment: Moment, reply: CardReply) -> CardReply:
        """See ``Witness``."""
        if not is_practice(moment.snapshot.id):
            return reply
        rehearsal = await self._rehearsal_of(moment.snapshot.id)
        at = await self._current(moment.snapshot, rehearsal, moment.person)
        if at is None:
            return reply
        all_ = exercises.required(exercises.has_proxies(moment.snapshot.rules))
        card = cards.led(reply.card, moment.snapshot.sitting.facts, at, all_, catalogue(language_of(turn.locale)))
        return CardReply(card, summary=str(card["speak"]), private=True)

    async def stumbled(self, turn: Turn, moment: Moment, act: Act | None, problem: str) -> None:
        """See ``Witness``."""
        rehearsal = await self._rehearsal_of(moment.snapshot.id)
        aimed = exercises.aimed_at(act.command) if act is not None else None
        is_behind = aimed is not None and aimed in await self._done(rehearsal, moment.person)
        if is_practice(moment.snapshot.id) and (aimed is None or is_behind):
            aimed = await self._current(moment.snapshot, rehearsal, moment.person)
        if aimed is None or not await self._is_trainee(rehearsal, moment.person):
            return
        before = await self._before(rehearsal, moment.person, aimed)
        now = self.clock.now()
        failed = exercises.stumbled(before, moment.person, aimed, now, turn.client or "", problem)
        await self._save(rehearsal, failed)

    # --- one member's own rehearsal -----------------------------------------------------------------------------------

    async def _practice(self, rehearsal: Rehearsal, turn: Turn, person: PersonId) -> SittingId:
        for known in reversed(await self.core.aside.rehearsals.all()):
            if (known.part_of, known.owner, known.purged_at) == (rehearsal.sitting, person, None):
                return known.sitting
        sitting = SittingId(f"{PRACTICE}{self.ids.new()}")
        facts = (await self.core.writer.snapshot(rehearsal.sitting)).sitting.facts
        await self.core.rehearsals.writer.submit(sitting, self._convocation(sitting, facts, person))
        tenant, account = turn.sender.identity or ("", "")
        await self.accounts.link([Link(sitting=sitting, person=person, tenant_id=tenant, account=account)])
        own = Rehearsal(
            sitting=sitting,
            number=0,
            title=rehearsal.title,
            opened_at=self.clock.now(),
            part_of=rehearsal.sitting,
            owner=person,
        )
        await self.core.aside.rehearsals.keep(own)
        return sitting

    def _convocation(self, sitting: SittingId, facts: SittingConvened, person: PersonId) -> ConveneSitting:
        texts = catalogue(self.language)
        owner = next(m for m in facts.members if m.id == person)
        names = tuple(texts(f"exercise.colleague.{n}").partition(" ")[::2] for n in ("chair", "here", "away"))
        chair, here, away = names
        return ConveneSitting(
            by=exercises.CHAIR,
            sitting=sitting,
            title=texts("exercise.sitting", name=owner.full_name).replace("\u00a0", " "),
            body=facts.body,
            mode=facts.mode,
            body_name=facts.body_name,
            standing_orders=facts.standing_orders,
            scheduled_for=self.clock.now(),
            summoned_on=None,
            summons_mentions_remote=True,
            place="",
            members=exercises.bench(owner, (chair, here, away)),
            items=exercises.agenda([texts("exercise.item.1"), texts("exercise.item.2")]),
        )

    async def _advance(self, sitting: SittingId, person: PersonId, done: set[Exercise]) -> Snapshot:
        """Let the simulated colleagues do what is theirs, until it is the member's turn."""
        async with self._turns[sitting]:
            for _ in range(WISHES):
                snapshot = await self.core.rehearsals.writer.snapshot(sitting)
                wish = exercises.next_wish(snapshot.sitting, snapshot.rules, person, done)
                if wish is None:
                    break
                try:
                    await self.core.rehearsals.writer.submit(sitting, wish)
                except Refusal as refusal:  # a law under which that cannot be tried: the member goes on with the rest
                    _log.warning("exercise of %s: %s refused (%s)", sitting, type(wish).__name__, refusal.code)
                    break
        return await self.core.rehearsals.writer.snapshot(sitting)

    async def _lesson(self, turn: Turn, sitting: SittingId, person: PersonId) -> CardReply:
        """The next exercise on its card; the last word after the last one."""
        texts: Catalogue = catalogue(language_of(turn.locale))
        rehearsal = await self._rehearsal_of(sitting)
        done = await self._done(rehearsal, person)
        snapshot = await self._advance(sitting, person, done)
        all_ = exercises.required(exercises.has_proxies(snapshot.rules))
        at = next((e for e in all_ if e not in done), None)
        facts = snapshot.sitting.facts
        if at is None:
            card = cards.finished(facts, texts)
            return CardReply(card, summary=str(card["speak"]), private=True)
        await self._put_before(rehearsal, person, turn, at)
        moment = Moment(person=person, snapshot=snapshot, personal=True, stamp="")
        shown = screens.draw(moment, Show(screen=SCREENS.get(at, Screen.HOME)), texts)
        card = cards.led(shown.card, facts, at, all_, texts)
        return CardReply(card, summary=str(card["speak"]), private=True)

    # --- who is where -------------------------------------------------------------------------------------------------

    async def _rehearsal_of(self, sitting: SittingId) -> SittingId:
        """The common rehearsal that these exercises are part of."""
        if not is_practice(sitting):
            return sitting
        known = await self.core.aside.rehearsals.all()
        return next((r.part_of for r in known if r.sitting == sitting and r.part_of is not None), sitting)

    async def _is_trainee(self, rehearsal: SittingId, person: PersonId) -> bool:
        return any(t.person == person for t in await self.core.aside.readiness.trainees(rehearsal))

    async def _attempts(self, rehearsal: SittingId, person: PersonId) -> dict[Exercise, Attempt]:
        found = await self.core.aside.readiness.attempts(rehearsal)
        return {a.exercise: a for a in found if a.person == person}

    async def _before(self, rehearsal: SittingId, person: PersonId, at: Exercise) -> Attempt | None:
        return (await self._attempts(rehearsal, person)).get(at)

    async def _done(self, rehearsal: SittingId, person: PersonId) -> set[Exercise]:
        attempts = await self._attempts(rehearsal, person)
        return {e for e, a in attempts.items() if a.trial is Trial.DONE}

    async def _current(self, snapshot: Snapshot, rehearsal: SittingId, person: PersonId) -> Exercise | None:
        done = await self._done(rehearsal, person)
        return next((e for e in exercises.required(exercises.has_proxies(snapshot.rules)) if e not in done), None)

    async def _put_before(
        self, rehearsal: SittingId, person: PersonId, turn: Turn, at: Exercise = Exercise.PRESENT
    ) -> None:
        """From now on that member knows what to do: the time runs."""
        if await self._before(rehearsal, person, at) is None:
            now, client = self.clock.now(), turn.client or ""
            started = Attempt(person=person, exercise=at, trial=Trial.STARTED, since=now, at=now, client=client)
            await self._save(rehearsal, started)

    async def _note(self, sitting: SittingId, person: PersonId, shown: Exercise, turn: Turn) -> None:
        rehearsal = await self._rehearsal_of(sitting)
        before = await self._before(rehearsal, person, shown)
        if not await self._is_trainee(rehearsal, person) or (before is not None and before.trial is Trial.DONE):
            return
        await self._save(rehearsal, exercises.stepped(before, person, shown, self.clock.now(), turn.client or ""))

    async def _save(self, rehearsal: SittingId, attempt: Attempt) -> None:
        await self.core.aside.readiness.note(rehearsal, attempt)


async def board(core: Core, rehearsal: Rehearsal) -> exercises.Readiness:
    """Who is ready, as far as that rehearsal and its exercises show. Works on when the votes are purged."""
    attempts = await core.aside.readiness.attempts(rehearsal.sitting)
    proxies = any(a.exercise is Exercise.PROXY for a in attempts)
    for sitting in (rehearsal.sitting, rehearsal.official):
        if sitting is not None:
            try:
                proxies = exercises.has_proxies((await core.writer.snapshot(sitting)).rules)
                break
            except SittingUnknown:
                continue
    people = await core.aside.readiness.trainees(rehearsal.sitting)
    return exercises.readiness(people, attempts, exercises.required(proxies))
