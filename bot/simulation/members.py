"""A simulated member: hears that the vote is open, finds a card to vote on, answers for himself and for his proxy.

Everything else that he does is an act of the story, done when the story says so (``deeds``).
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from bot.local.chats import Shown
from bot.simulation.actor import Actor, buttons_of
from bot.simulation.dice import dice
from bot.simulation.hall import CALLS_TO_VOTE, Hall, Question
from bot.simulation.looks import Button
from bot.simulation.splits import other
from bot.simulation.staging import Choices, Staged, Staging
from bot.simulation.tempers import Temper, thinking
from voting.domain.ids import PersonId
from voting.domain.tally import Choice

CHOOSE = "choose"
"""The verb of the buttons of a choice among several."""
CHOICES = frozenset({CHOOSE, *(choice.value for choice in Choice)})
CARD_PATIENCE = 8.0
"""Seconds of the story that somebody waits for the card after the vote was called; then he asks for his own."""
TYPIST_SECONDS = 2.0
"""Real seconds that somebody who typed his vote looks out for the receipt."""
HESITATION = 3.0
HESITATES = 0.15
"""How often a hesitant member really changes his vote."""
ATTEMPTS = 3
"""Cards that somebody tries before he gives up."""
SCREENFUL = 15
"""Messages that one sees without scrolling back."""
VOICES = 4
"""More voices than anybody gives in one poll."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message on which one can vote in a poll."""

    chat: str
    message: str
    poll: str


class SimulatedMember:
    """One member at his screen."""

    def __init__(self, hall: Hall, person: PersonId, staging: Staging) -> None:
        """Does nothing before ``listen`` runs."""
        self.actor = Actor(hall, person)
        self.is_offline = False
        """His network is gone: he hears the vote being called and can press nothing."""
        self._hall = hall
        self._staging = staging
        self._temper = staging.tempers.get(person, Temper.PROMPT)
        self._chance = dice(staging.seed, person)
        self._done: set[str] = set()
        self._called = asyncio.Event()
        self._answered: defaultdict[Question, asyncio.Event] = defaultdict(asyncio.Event)
        self._sheet: Sheet | None = None
        self._last: Button | None = None

    async def listen(self) -> None:
        """Watch the meeting's chat and vote whenever a vote is called, for ever."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._watch())
            both.create_task(self._vote_when_called())

    async def change_vote(self, question: Question) -> None:
        """Once he has answered, answer otherwise: as the story has it in the end."""
        await self._answered[question].wait()
        sheet, choice = self._sheet, self._choices(question).get(self.actor.id)
        if sheet is None or choice is None:
            return
        change = self._own_button(sheet, "change")
        if change is None or not (await self.actor.press(change)).is_card:
            return
        again = self._own_button(sheet, choice.value)
        if again is not None:
            await self.actor.press(again)

    async def _watch(self) -> None:
        async for shown in self._hall.chats.changes(self.actor.person):
            if shown.chat_id != self._hall.meeting.id:
                continue
            said = self._hall.meaning(shown)
            if said in CALLS_TO_VOTE or (said is None and self._sheet_on(shown) is not None):
                self._called.set()

    async def _vote_when_called(self) -> None:
        while True:
            await self._called.wait()
            self._called.clear()
            question = self._hall.question
            if self._answered[question].is_set() and self._sheet_in_meeting() is None:
                continue  # called by the voice of the chair, then by the card
            if self._has_a_say(question):
                await self._hall.pace.wait(self._chance.uniform(*thinking(self._temper)))
                await self._answer(question)
            self._answered[question].set()

    # --- what he wants ------------------------------------------------------------------------------------------------

    def _has_a_say(self, question: Question) -> bool:
        staged, own = self._staged(question), self.actor.id
        if staged is None or self.is_offline or own in staged.represented:
            return False
        return own in self._choices(question)

    def _choices(self, question: Question) -> Choices:
        """What the story has the assembly answer in the end. Who is not in it says nothing."""
        staged = self._staged(question)
        if staged is None:
            return {}
        return staged.request_choices if question.on_request else staged.choices

    def _first(self, question: Question) -> Choices:
        """What he answers before he changes his mind; empty for those who do not."""
        staged, own = self._staged(question), self.actor.id
        if staged is None or question.on_request:
            return {}
        if own in staged.first_choices:
            return {own: staged.first_choices[own]}
        hesitates = self._temper is Temper.HESITANT and self._chance.random() < HESITATES
        return {own: other(staged.choices[own])} if hesitates and not staged.is_told else {}

    def _staged(self, question: Question) -> Staged | None:
        return self._staging.items[question.item.id] if question.item is not None else None

    # --- one vote -----------------------------------------------------------------------------------------------------

    async def _answer(self, question: Question) -> None:
        """Vote, on another card when the one found turns out to be of a vote that is over."""
        choices, first = self._choices(question), self._first(question)
        types = self._temper is Temper.TYPIST and not first
        for _ in range(ATTEMPTS):
            self._sheet = sheet = await (self._type_vote(question, choices[self.actor.id]) if types else self._find())
            if sheet is None or self._hall.question != question:  # so late that the assembly is elsewhere
                return
            self._done.add(sheet.poll)
            if await self._vote_on(sheet, question, {**choices, **first}, wavers=bool(first)) or types:
                return

    async def _vote_on(self, sheet: Sheet, question: Question, choices: Choices, *, wavers: bool) -> bool:
        """Whether that card took his vote."""
        if self._temper is Temper.CONFUSED and self._last is not None:
            await self.actor.press(self._last)
        with self._hand_raised(is_raised=wavers):
            if not await self._fill_in(sheet, question, choices):
                return False
            if wavers and self._temper is Temper.HESITANT:
                self._answered[question].set()
                await self._hall.pace.wait(HESITATION)
                await self.change_vote(question)
            return True

    async def _type_vote(self, question: Question, choice: Choice) -> Sheet | None:
        """One's own voice in words: the answer is a card, with buttons for a proxy's."""
        pick = self._pick(question, self.actor.id) if choice is Choice.FOR else None
        said = self.actor.word(choice.value) if pick is None else f"{self.actor.word(CHOOSE)} {pick}"
        shown = await self.actor.type(said, TYPIST_SECONDS)
        found = buttons_of(shown) if shown is not None else []
        return next((Sheet(b.chat, b.message, b.poll) for b in found if b.poll is not None), None)

    async def _fill_in(self, sheet: Sheet, question: Question, choices: Choices) -> bool:
        """Press for one's own voice, then for a proxy's as its buttons appear; whether any was taken."""
        taken = False
        for _ in range(VOICES):
            wanted = (b for b in self._buttons_on(sheet) if self._is_wanted(b, sheet, question, choices))
            button = next(wanted, None)
            if button is None or not await self._press(button):
                break
            taken = True
        return taken

    def _is_wanted(self, button: Button, sheet: Sheet, question: Question, choices: Choices) -> bool:
        voice = PersonId(button.member) if button.member is not None else self.actor.id
        if button.poll != sheet.poll or voice not in choices:
            return False
        if button.verb != CHOOSE:
            return button.verb == choices[voice].value
        is_for = choices[voice] is Choice.FOR
        return button.option == (f"o{self._pick(question, voice)}" if is_for else choices[voice].value)

    def _pick(self, question: Question, voice: PersonId) -> int | None:
        """The number of the one that this voice is for, where the assembly chooses among several."""
        staged = self._staged(question)
        if staged is None or not staged.options or question.on_request:
            return None
        return staged.picks.get(voice, 1)

    async def _press(self, button: Button) -> bool:
        """Whether a card came back, on which another voice may wait."""
        self._last = button
        times = self._chance.randint(2, 3) if self._temper is Temper.CLICKER else 1
        answers = await asyncio.gather(*(self.actor.press(button) for _ in range(times)))
        return any(answer.is_card for answer in answers)

    @contextmanager
    def _hand_raised(self, *, is_raised: bool) -> Iterator[None]:
        """The chair waits for those who are not done."""
        if is_raised:
            self._hall.hands.add(self.actor.id)
        try:
            yield
        finally:
            self._hall.hands.discard(self.actor.id)

    # --- finding a card -----------------------------------------------------------------------------------------------

    async def _find(self) -> Sheet | None:
        """The card of the poll in the meeting's chat, else one's own, asked for."""
        sheet = await self.actor.until(self._sheet_in_meeting, self._hall.pace.real(CARD_PATIENCE))
        if sheet is None:
            return await self._own_sheet()
        shown = self._message(sheet)
        if shown is not None and shown.wants_refresh:
            await self.actor.refresh(shown)
        return sheet

    def _sheet_in_meeting(self) -> Sheet | None:
        recent = islice(self.actor.screen(self._hall.meeting), SCREENFUL)
        return next((sheet for shown in recent if (sheet := self._sheet_on(shown))), None)

    async def _own_sheet(self) -> Sheet | None:
        """One's own card brought up to date by its buttons; without one, asked for in words."""
        for verb in ("ballot", "change"):
            button = self.actor.button(verb, self.actor.own)
            if button is not None and (await self.actor.press(button)).is_card:
                shown = self.actor.message(self.actor.own, button.message)
                if shown is not None and (sheet := self._sheet_on(shown)) is not None:
                    return sheet
        shown = await self.actor.type(self.actor.word("ballot"))
        return self._sheet_on(shown) if shown is not None else None

    def _sheet_on(self, shown: Shown) -> Sheet | None:
        """A poll on that message on which he has not voted yet."""
        for button in buttons_of(shown):
            if button.verb in CHOICES and button.poll is not None and button.poll not in self._done:
                return Sheet(button.chat, button.message, button.poll)
        return None

    def _own_button(self, sheet: Sheet, verb: str) -> Button | None:
        return next((b for b in self._buttons_on(sheet) if b.verb == verb and b.member is None), None)

    def _buttons_on(self, sheet: Sheet) -> list[Button]:
        shown = self._message(sheet)
        return buttons_of(shown) if shown is not None else []

    def _message(self, sheet: Sheet) -> Shown | None:
        chat = self.actor.own if sheet.chat == self.actor.own.id else self._hall.meeting
        return self.actor.message(chat, sheet.message)
