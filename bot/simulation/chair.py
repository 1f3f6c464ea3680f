"""The simulated chair: looks at the console, does the next step that it names, speaks to the assembly meanwhile.

Whatever a real person does beside him (calls an item, closes a vote) he sees on the console, and goes on from there.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.cards.console import PRIMARY
from bot.cards.elements import clean, harmless
from bot.simulation import deeds
from bot.simulation.casting import CHAIR, CLERK, SECRETARY
from bot.simulation.company import Company
from bot.simulation.hall import Question, Said, the_item
from bot.simulation.looks import Button, Json, buttons, figures, words
from bot.simulation.staging import Staged
from voting.domain.ids import PersonId
from voting.service.views.console import Step

FOR_PEOPLE = 30.0
"""Real seconds more, where people sit among the simulated ones."""
PATIENCE = 20.0
"""Seconds, of the story and then on the wall, that the chair waits for voices that should come; then he closes."""
STUCK = 40
"""Times that the same step is tried in vain."""
BETWEEN, CALLING, RESULT, SPEECH, PAUSE, GLANCE = 1.0, 3.0, 3.0, 8.0, 12.0, 1.0
"""Seconds of the story: between two steps, after a call, after a result, a speech, a suspension, between two looks."""
SHORTEST_GLANCE = 0.03
"""Real seconds: nobody reads faster."""

_NUMBER = re.compile(r"\d+")
_STEPS: Mapping[str, Step] = {verb: step for step, verb in reversed(PRIMARY.items())}


class StoryStuck(Exception):
    """The story cannot go on: the same step is refused again and again. Carries the bot's last words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the console says."""

    step: Step
    button: Button | None
    """Of the next step."""
    heard: int
    """Voices in the open poll."""
    on_request: bool
    """The vote to open is on a request for a secret ballot."""


class SimulatedChair:
    """Leads one sitting from the roll call to its end."""

    def __init__(self, company: Company, arrive: Callable[[], Awaitable[None]], chapter: Callable[[str], None]) -> None:
        """``arrive`` lets everybody in; ``chapter`` hears the code of each scene as it begins, nothing's at its end."""
        self._company = company
        self._hall = company.hall
        self._pace = company.hall.pace
        self._actor = company.part(CHAIR)
        self._arrive = arrive
        self._chapter = chapter
        self._texts = company.texts
        self._by_name = {
            harmless(self._texts(f"card.item.name.{s.item.kind.value}", number=clean(s.item.number))): s
            for s in company.staging.items.values()
        }
        self._people = {f"{m.civility.value} {m.full_name}": m.id for m in company.staging.members}
        self._console = ""
        """The message in his own chat on which he has it."""
        self._is_roll_called = False
        self._out_of_order = False
        """An item was refused: from there on, items are called by their number."""
        self._played: set[tuple[str, str]] = set()
        self._refusal = ""

    async def lead(self) -> None:
        """Until the sitting is lifted. Raises ``StoryStuck``."""
        steps: Mapping[Step, Callable[[Reading], Awaitable[None]]] = {
            Step.CALL_ROLL: self._call_roll,
            Step.WAIT_FOR_QUORUM: self._call_roll,
            Step.START_BROADCAST: self._broadcast,
            Step.OPEN_SITTING: self._open,
            Step.APPOINT_SECRETARY: self._appoint,
            Step.CALL_ITEM: self._next,
            Step.GIVE_FLOOR: self._give_floor,
            Step.OPEN_POLL: self._vote,
            Step.OPEN_CONTEST: self._designate,
            Step.CLOSE_POLL: self._close,
            Step.PROCLAIM: self._proclaim,
            Step.RESUME: self._resume,
            Step.CLOSE_SITTING: self._lift,
        }
        tries, last = 0, None
        while (reading := await self._look()).step is not Step.NOTHING:
            now = reading.step, self._hall.question.item, len(self._played)
            tries = tries + 1 if now == last else 0
            if tries > STUCK:
                raise StoryStuck(self._refusal or reading.step.value)
            last = now
            await self._pace.wait(BETWEEN)
            await steps[reading.step](reading)

    # --- the console --------------------------------------------------------------------------------------------------

    async def _look(self) -> Reading:
        """The console as it stands now: asked for again by a button, else in words."""
        actor = self._actor
        for verb in ("sitting", "cues", "state"):
            button = actor.button(verb, actor.own)
            if button is not None and (await actor.press(button)).is_card:
                self._console = button.message
                return self._read() if verb == "sitting" else await self._turn_back()
        return await self._ask_for_console()

    async def _turn_back(self) -> Reading:
        """From another page of the console to its first one."""
        back = self._button("sitting")
        if back is None or not (await self._actor.press(back)).is_card:
            return await self._ask_for_console()
        return self._read()

    async def _ask_for_console(self) -> Reading:
        shown = await self._actor.type(self._actor.word("sitting"))
        self._console = shown.id if shown is not None else ""
        return self._read()

    def _card(self) -> Json | None:
        shown = self._actor.message(self._actor.own, self._console)
        return shown.card if shown is not None else None

    def _button(self, verb: str) -> Button | None:
        found = buttons(self._actor.own.id, self._console, self._card())
        return next((button for button in found if button.verb == verb), None)

    def _read(self) -> Reading:
        card = self._card()
        primary = next(iter(buttons(self._actor.own.id, self._console, card)), None)
        facts = figures(card)
        self._notice_item(facts)
        return Reading(
            step=_STEPS.get(primary.verb, Step.WAIT_FOR_QUORUM) if primary is not None else Step.WAIT_FOR_QUORUM,
            button=primary,
            heard=self._heard(primary, facts),
            on_request=self._texts("card.step.open_request_poll") in words(card),
        )

    def _notice_item(self, facts: Mapping[str, str]) -> None:
        staged = next((s for name, s in self._by_name.items() if name in facts), None)
        item = staged.item if staged is not None else None
        if item != self._hall.question.item:
            self._hall.question = Question(item=item, round=self._hall.question.round)

    def _heard(self, primary: Button | None, facts: Mapping[str, str]) -> int:
        if primary is None or primary.poll is None:
            return 0
        number = _NUMBER.search(primary.poll)
        row = facts.get(self._texts("card.figure.poll", number=int(number[0]))) if number is not None else None
        figure = _NUMBER.search(row or "")
        return int(figure[0]) if figure is not None else 0

    async def _do(self, reading: Reading) -> bool:
        """Press the button of the next step: whether the bot agreed."""
        if reading.button is None:
            return False
        answer = await self._actor.press(reading.button)
        self._refusal = answer.text or self._refusal
        return answer.is_card

    async def _clerk(self, verb: str, argument: str = "") -> None:
        """Have the clerk do it: he types."""
        clerk = self._company.part(CLERK)
        await clerk.type(f"{clerk.word(verb)} {argument}".strip())

    def _say(self, code: str, meaning: Said = Said.OTHER, **fields: str) -> None:
        self._company.speak(self._actor.id, f"demo.say.{code}", meaning, **fields)

    # --- the opening --------------------------------------------------------------------------------------------------

    async def _call_roll(self, reading: Reading) -> None:
        if self._is_roll_called:  # the quorum is missing: wait for people
            await self._pace.wait(GLANCE)
            return
        self._is_roll_called = True
        self._announce(self._company.staging.opening)
        await self._clerk("roll_call")
        await self._arrive()
        await self._clerk("close_roll_call")

    async def _open(self, reading: Reading) -> None:
        if not self._is_roll_called:  # somebody came before he was called
            await self._call_roll(reading)
        elif await self._do(reading):
            self._say("opening")

    async def _broadcast(self, reading: Reading) -> None:
        """The broadcast is on: he states it."""
        await self._do(reading)

    async def _appoint(self, reading: Reading) -> None:
        secretary = self._company.staging.cast[SECRETARY]
        self._say("secretary", name=self._company.name(secretary))
        await self._clerk("secretary", self._company.handle(secretary))

    # --- items --------------------------------------------------------------------------------------------------------

    async def _next(self, reading: Reading) -> None:
        """Leave what is only information, play what comes before the next item, call it."""
        current = self._company.staged()
        if current is not None and await self._play("debate", current):
            return
        coming = next((s for s in self._company.staging.items.values() if not self._was("called", s)), None)
        if coming is None:
            await self._lift(reading)
            return
        if await self._play("between", coming):
            return
        await self._call(reading, coming)

    async def _call(self, reading: Reading, coming: Staged) -> None:
        self._tell(coming)
        if self._out_of_order:
            await self._actor.type(f"{self._actor.word('item')} {coming.item.number}")
            await self._look()
        elif not await self._do(reading):
            self._out_of_order = True
        self._mark("called", coming)
        self._read()
        now = self._company.staged()
        if now is not None:
            self._mark("called", now)
            self._say("call", item=the_item(now.item, self._texts), title=now.item.title)
            await self._pace.wait(CALLING)

    async def _give_floor(self, reading: Reading) -> None:
        if not await self._do(reading):
            return
        named = figures(self._card()).get(self._texts("card.figure.speaks"), "")
        speaker = self._people.get(named)
        if speaker is not None:
            self._say("floor", Said.FLOOR, name=named)
            await self._pace.wait(BETWEEN)
            await self._noted(self._company.intervene(speaker))
        await self._pace.wait(SPEECH)
        if speaker is not None and speaker in self._company.too_long:
            await self._interrupt(speaker, named)
        end = self._button("end")
        if end is not None:
            await self._actor.press(end)

    async def _noted(self, words: str) -> None:
        """The clerk writes down what is said, for the minutes; one who is no simulated person does as he likes."""
        if words and self._company.staging.cast[CLERK] not in self._company.staging.real:
            await self._clerk("note", words)

    async def _interrupt(self, speaker: PersonId, named: str) -> None:
        """He is reminded of the time, goes on all the same, and the floor is taken from him."""
        self._company.too_long.discard(speaker)
        await self._pace.wait(SPEECH)
        self._say("too_long", name=named)
        await self._pace.wait(SPEECH)

    # --- votes --------------------------------------------------------------------------------------------------------

    async def _vote(self, reading: Reading) -> None:
        staged = self._company.staged()
        if staged is None or await self._play("debate", staged):
            return
        if not await self._open_poll(reading, staged):
            return
        called = self._hall.question.round + 1
        self._hall.question = Question(item=staged.item, on_request=reading.on_request, round=called)
        self._call_to_vote(reading, staged)
        if not reading.on_request:
            await self._play("during", staged)

    async def _open_poll(self, reading: Reading, staged: Staged) -> bool:
        """By its button; a choice among several by naming them."""
        if not staged.options or reading.on_request:
            return await self._do(reading)
        offers = " ; ".join(self._texts(code) for code in staged.options)
        shown = await self._actor.type(f"{self._actor.word('contest')} {offers}")
        self._refusal = shown.summary or shown.text if shown is not None else self._refusal
        return (await self._look()).step is Step.CLOSE_POLL

    def _call_to_vote(self, reading: Reading, staged: Staged) -> None:
        said = Said.VOTE_SECRET if reading.on_request else Said.VOTE
        several = staged.options and not reading.on_request
        code = "choice" if several else said.value
        self._say(code, said, item=the_item(staged.item, self._texts))

    async def _designate(self, reading: Reading) -> None:
        """Nobody stands in a demonstration: the designation is put to the vote as one question."""
        await self._vote(replace(reading, button=self._actor.button("vote", self._actor.own)))

    async def _close(self, reading: Reading) -> None:
        """Once every voice that should come has come and no hand is raised."""
        loop = asyncio.get_running_loop()
        patience = PATIENCE + (FOR_PEOPLE if self._company.staging.real else 0.0)
        deadline = loop.time() + self._pace.real(PATIENCE) + patience
        while reading.heard < self._expected() or self._hall.hands:
            if loop.time() > deadline:
                self._hall.answers["closed_early"] += 1
                break
            await asyncio.sleep(max(self._pace.real(GLANCE), SHORTEST_GLANCE))
            reading = await self._look()
            if reading.step is not Step.CLOSE_POLL:
                return  # somebody else did it
        self._say("close")
        await self._do(reading)

    def _expected(self) -> int:
        staged, question = self._company.staged(), self._hall.question
        if staged is None:
            return 0
        return len(staged.request_choices if question.on_request else staged.choices)

    async def _proclaim(self, reading: Reading) -> None:
        if await self._do(reading):
            await self._pace.wait(RESULT)

    # --- pauses and the end -------------------------------------------------------------------------------------------

    async def _resume(self, reading: Reading) -> None:
        await self._pace.wait(PAUSE)
        self._say("resume")
        await self._do(reading)

    async def _lift(self, reading: Reading) -> None:
        self._announce(self._company.staging.ending)
        self._say("lift")
        button = self._button("lift")
        if button is not None:
            await self._actor.press(button)
        else:
            await self._actor.type(self._actor.word("lift"))

    # --- scenes -------------------------------------------------------------------------------------------------------

    async def _play(self, moment: str, staged: Staged) -> bool:
        """Play these acts of the scene, once: whether there were any, so that the console must be looked at again."""
        acts = {"between": staged.between, "debate": staged.debate, "during": staged.during}[moment]
        if self._was(moment, staged):
            return False
        self._mark(moment, staged)
        if acts:
            self._tell(staged)
        await deeds.play(self._company, acts)
        return bool(acts)

    def _tell(self, staged: Staged) -> None:
        """Announce the chapter of that item, once."""
        if not self._was("told", staged):
            self._mark("told", staged)
            self._announce(staged.chapter)

    def _announce(self, chapter: str) -> None:
        """Of an item without a scene, the empty one: the chapter before it is over."""
        self._chapter(chapter)

    def _was(self, moment: str, staged: Staged) -> bool:
        return (moment, staged.item.id) in self._played

    def _mark(self, moment: str, staged: Staged) -> None:
        self._played.add((moment, staged.item.id))
