"""Fills the empty benches of a rehearsal: simulated members who answer, vote, hesitate and go wrong beside real people.

Answers for: what is due being done once, at somebody's own pace, until the rehearsal ends or he whose seat it is
comes. They enter by the ``StageDoor``; what they see is what it answers.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from contextvars import Context
from dataclasses import dataclass, field

from bot.ports import Leases, SeatBook, Seated
from bot.simulation import duties as due
from bot.simulation.dice import dice
from bot.simulation.duties import Duty, Kind, duties
from bot.simulation.looks import Button, buttons
from bot.simulation.pace import Pace
from bot.simulation.splits import other
from bot.simulation.stage_door import NotARehearsal, StageDoor
from bot.simulation.tempers import Temper, tempers
from bot.texts import Catalogue, catalogue
from bot.turn import CardReply, Reply
from voting.domain.assembly import Role
from voting.domain.ids import PersonId, SittingId
from voting.domain.polls import Poll
from voting.domain.refusals import SittingUnknown
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Choice
from voting.journal.faults import StoreFault
from voting.service.families import Shelf
from voting.service.feed import Feed

__all__ = ["Benches", "NotARehearsal"]
_log = logging.getLogger(__name__)

VOICES = 4
"""More voices than anybody gives in one poll."""


@dataclass(slots=True)
class _Company:
    """Those of one rehearsal."""

    seed: int
    tempers: Mapping[PersonId, Temper] = field(default_factory=dict)
    following: asyncio.Task[None] | None = None
    done: set[tuple[PersonId, Kind, str]] = field(default_factory=set)
    acts: set[asyncio.Task[None]] = field(default_factory=set)
    last: dict[PersonId, Button] = field(default_factory=dict)
    """The button that each pressed last: an old card, at the next vote."""


class Benches:
    """One per process. Who sits is kept in a book: a process that restarts goes on, and of several on one database the
    one that has the lease of a rehearsal plays it; when it dies, another does.
    """

    def __init__(
        self,
        rehearsals: Shelf,
        feed: Feed,
        door: StageDoor,
        *,
        book: SeatBook,
        leases: Leases,
        pace: Pace | None = None,
        seed: int = 2020,
    ) -> None:
        """``rehearsals`` is the only shelf that it knows."""
        self._writer, self._feed, self._door = rehearsals.writer, feed, door
        self._book, self._leases = book, leases
        self._texts: Catalogue = catalogue(door.language)
        self._pace = pace or Pace(1.0)
        self._seed = seed
        self._companies: dict[SittingId, _Company] = {}
        self._given_back: set[tuple[SittingId, PersonId]] = set()
        """Those whose seat is theirs again, as long as the book may still say otherwise."""
        self._writing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Go on where a process left off."""
        self._book.listen(self._taken_in)
        self._taken_in(await self._book.load())

    async def fill(self, sitting: SittingId, leaving: PersonId) -> int:
        """Simulate every voting member who is not there; how many. Raises ``NotARehearsal``, ``SittingUnknown``.

        ``leaving``: the seat of whoever asks. The chair's seat stays empty as well.
        """
        self._door.seats.fill(sitting, ())
        state = (await self._writer.snapshot(sitting)).sitting
        people = [m.id for m in state.facts.members if m.votes and _is_empty(state, m.id) and m.id != leaving]
        people = [p for p in people if state.roll[p].role is not Role.CHAIR]
        await self._book.fill(sitting, people)
        self._sit_down(sitting, people)
        return len(people)

    async def empty(self, sitting: SittingId) -> int:
        """Everybody simulated there stands up; how many they were."""
        count = len(self._door.seats.filled(sitting))
        self._stand_up(sitting)
        await self._book.free(sitting)
        return count

    def give_back(self, sitting: SittingId, person: PersonId) -> None:
        """He whose seat it is has come."""
        if person in self._door.seats.filled(sitting):
            self._door.seats.free(sitting, person)
            self._given_back.add((sitting, person))
            self._in_background(self._write_down(sitting, person))

    def filled(self, sitting: SittingId) -> frozenset[PersonId]:
        """Who is simulated there."""
        return self._door.seats.filled(sitting)

    def sittings(self) -> tuple[SittingId, ...]:
        """Where somebody is simulated."""
        return self._door.seats.sittings_with_seats()

    async def close(self) -> None:
        """Nobody plays any more; who sits stays written down, for the next process."""
        tasks = [task for company in self._companies.values() for task in (company.following, *company.acts) if task]
        for sitting in list(self._companies):
            self._stop(sitting)
            self._leases.leave(_lease(sitting))
        await asyncio.gather(*tasks, *self._writing, return_exceptions=True)

    # --- who sits, and who plays --------------------------------------------------------------------------------------

    def _taken_in(self, seated: Seated) -> None:
        """The book as it stands now, whoever wrote it."""
        for sitting, people in seated.items():
            present = people - {person for other, person in self._given_back if other == sitting}
            newcomers = present - self.filled(sitting)
            if newcomers or not self._leases.wants(_lease(sitting)):
                self._sit_down(sitting, present)
            else:
                self._door.seats.fill(sitting, present)
        for sitting in set(self.sittings()) - seated.keys():
            self._stand_up(sitting)

    def _sit_down(self, sitting: SittingId, people: Collection[PersonId]) -> None:
        self._door.seats.fill(sitting, people)
        if self._leases.holds(_lease(sitting)):
            self._play(sitting)
        else:
            self._leases.want(_lease(sitting), lambda: self._play(sitting))

    def _stand_up(self, sitting: SittingId) -> None:
        self._door.seats.free(sitting)
        self._stop(sitting)
        self._leases.leave(_lease(sitting))

    def _play(self, sitting: SittingId) -> None:
        """From now on, what is due there is done by this process."""
        self._stop(sitting)
        company = self._companies[sitting] = _Company(seed=self._seed)
        company.following = asyncio.get_running_loop().create_task(
            self._follow(sitting, company),
            name=f"benches of {sitting}",
            context=Context(),  # what is done there later is no part of the activity that filled them
        )

    def _stop(self, sitting: SittingId) -> None:
        company = self._companies.pop(sitting, None)
        if company is not None:
            _stop(company)

    def _in_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _write_down(self, sitting: SittingId, person: PersonId) -> None:
        try:
            await self._book.free(sitting, person)
            self._given_back.discard((sitting, person))
        except StoreFault as fault:  # the seat is his in this process; another may still play it
            _log.warning("the seat of %s in %s is not written down as given back: %s", person, sitting, fault)

    # --- what is due --------------------------------------------------------------------------------------------------

    async def _follow(self, sitting: SittingId, company: _Company) -> None:
        try:
            async for _ in self._feed.watch(sitting):
                snapshot = await self._writer.snapshot(sitting)
                state = snapshot.sitting
                if state.course.phase is Phase.CLOSED:
                    break
                company.tempers = company.tempers or _tempers(state, company.seed)
                for duty in duties(state, snapshot.rules, self.filled(sitting), company.tempers, company.seed):
                    self._take_up(sitting, company, duty)
        except SittingUnknown:
            _log.info("rehearsal %s was purged: its benches are empty", sitting)
        self._companies.pop(sitting, None)
        self._stand_up(sitting)
        try:
            await self._book.free(sitting)
        except StoreFault as fault:  # whoever starts next finds that it is over, and tries again
            _log.warning("the benches of %s are not written down as empty: %s", sitting, fault)

    def _take_up(self, sitting: SittingId, company: _Company, duty: Duty) -> None:
        key = (duty.person, duty.kind, duty.about)
        if key in company.done:
            return
        company.done.add(key)
        task = asyncio.get_running_loop().create_task(self._do(sitting, company, duty))
        company.acts.add(task)
        task.add_done_callback(company.acts.discard)

    async def _do(self, sitting: SittingId, company: _Company, duty: Duty) -> None:
        await self._pace.wait(duty.after)
        if duty.person not in self.filled(sitting) or not self._leases.holds(_lease(sitting)):
            return
        deeds: Mapping[Kind, Callable[[SittingId, _Company, Duty], Awaitable[None]]] = {
            Kind.ARRIVE: self._typed("present"),
            Kind.ACCEPT_PROXY: self._typed("accept"),
            Kind.GIVE_PROXY: self._give_proxy,
            Kind.ASK_HELP: self._typed("need_help"),
            Kind.ASK_FLOOR: self._typed("floor"),
            Kind.WITHDRAW: self._typed("withdraw"),
            Kind.VOTE: self._vote,
        }
        try:
            await deeds[duty.kind](sitting, company, duty)
        except SittingUnknown:
            _log.info("%s had something to do in a rehearsal that is gone", duty.person)

    def _typed(self, verb: str) -> Callable[[SittingId, _Company, Duty], Awaitable[None]]:
        async def deed(sitting: SittingId, company: _Company, duty: Duty) -> None:
            await self._door.say(sitting, duty.person, self._word(verb))

        return deed

    async def _give_proxy(self, sitting: SittingId, company: _Company, duty: Duty) -> None:
        await self._door.say(sitting, duty.person, f"{self._word('proxy')} {duty.about}")

    def _word(self, verb: str) -> str:
        return self._texts(f"words.{verb}").split("|")[0]

    # --- one vote -----------------------------------------------------------------------------------------------------

    async def _vote(self, sitting: SittingId, company: _Company, duty: Duty) -> None:
        state = (await self._writer.snapshot(sitting)).sitting
        poll = state.polls.open_poll()
        if poll is None or str(poll.id) != duty.about:
            return  # so late that the assembly is elsewhere
        wanted = due.choices(state, poll, company.seed)
        temper, chance = company.tempers[duty.person], dice(company.seed, "vote", poll.id, duty.person)
        if temper is Temper.CONFUSED and duty.person in company.last:
            await self._press(sitting, company, duty.person, company.last[duty.person])
        if temper is Temper.TYPIST and poll.contest is None and duty.person in wanted:
            await self._door.say(sitting, duty.person, self._word(wanted[duty.person].value))
        times = 2 if temper is Temper.CLICKER else 1
        await self._fill_in(sitting, company, duty.person, poll, wanted, times)
        if temper is Temper.HESITANT and poll.contest is None and chance.random() < due.HESITATES:
            await self._think_again(sitting, duty.person, poll, wanted)

    async def _fill_in(
        self,
        sitting: SittingId,
        company: _Company,
        person: PersonId,
        poll: Poll,
        wanted: Mapping[PersonId, Choice],
        times: int,
    ) -> None:
        """His own card, pressed for himself and then for whoever gave him a proxy, as the buttons come."""
        reply = await self._door.say(sitting, person, self._word("ballot"))
        for _ in range(VOICES):
            button = next((b for b in _buttons(reply) if _answers(b, person, poll, wanted)), None)
            if button is None:
                return
            company.last[person] = button
            presses = [self._press(sitting, company, person, button) for _ in range(times)]
            reply = (await asyncio.gather(*presses))[0]

    async def _think_again(
        self, sitting: SittingId, person: PersonId, poll: Poll, wanted: Mapping[PersonId, Choice]
    ) -> None:
        """He votes otherwise after a while, if it is not too late."""
        if person not in wanted:
            return
        await self._pace.wait(3.0)
        await self._door.say(sitting, person, self._word(other(wanted[person]).value))

    async def _press(self, sitting: SittingId, company: _Company, person: PersonId, button: Button) -> Reply:
        return await self._door.press(sitting, person, button.verb, button.data)


def _lease(sitting: SittingId) -> str:
    return f"benches/{sitting}"


def _tempers(sitting: Sitting, seed: int) -> Mapping[PersonId, Temper]:
    """Of everybody who votes, whoever plays him: the same after a restart, and when somebody has his seat back."""
    return tempers([m.id for m in sitting.facts.members if m.votes], seed)


def _is_empty(sitting: Sitting, person: PersonId) -> bool:
    return not sitting.is_here(person)


def _buttons(reply: Reply) -> list[Button]:
    return buttons("", "", reply.card) if isinstance(reply, CardReply) else []


def _answers(button: Button, person: PersonId, poll: Poll, wanted: Mapping[PersonId, Choice]) -> bool:
    """That button gives one of his voices as he means it; of several options, the first or nobody."""
    voice = PersonId(button.member) if button.member is not None else person
    if button.poll != poll.id or voice not in wanted:
        return False
    if button.verb == "choose":
        return button.option == ("o1" if wanted[voice] is Choice.FOR else "o2")
    return button.verb == wanted[voice].value


def _stop(company: _Company) -> None:
    for task in (company.following, *company.acts):
        if task is not None:
            task.cancel()
