"""A simulated member at the exercises: reads the card, does what it says, or goes wrong in a way of his own.

As in the story, nothing here reaches the core: every act is an activity, and what he knows is on his screen.
"""

import re
from enum import StrEnum

from bot.local.chats import Shown
from bot.simulation.actor import Actor, buttons_of
from bot.simulation.hall import Hall
from bot.simulation.looks import Button, words
from voting.domain.ids import PersonId

STEPS = 20
"""More acts than the exercises take."""
_NUMBER = re.compile(r"\d+")


class Behaviour(StrEnum):
    """What becomes of somebody who is asked to practise."""

    THOROUGH = "thorough"
    NEVER_COMES = "never_comes"
    LOSES_NETWORK = "loses_network"
    """Gone in the middle, and not back."""
    OLD_CARD = "old_card"
    """Keeps pressing the card of a vote that is over."""
    MISTYPES = "mistypes"
    """Writes sentences where a word is wanted."""
    CALLS_FOR_HELP = "calls_for_help"
    """Presses for help at the first vote, and waits."""


class Trainee:
    """One member and his 1:1 chat."""

    def __init__(self, hall: Hall, person: PersonId, behaviour: Behaviour = Behaviour.THOROUGH) -> None:
        """Does nothing before ``practise``."""
        self._actor = Actor(hall, person)
        self._behaviour = behaviour
        self._old: Button | None = None
        """An answer that he did not give, on the card of the first vote."""

    async def practise(self) -> None:
        """As far as that person comes."""
        if self._behaviour is Behaviour.NEVER_COMES:
            return
        await self._actor.type(self._actor.word("exercises"))
        for _ in range(STEPS):
            shown = next((s for s in self._actor.screen(self._actor.own) if buttons_of(s)), None)
            if shown is None or not await self._do(shown):
                return

    async def _do(self, shown: Shown) -> bool:
        """One act; False once there is nothing more to do."""
        verbs = [b.verb for b in buttons_of(shown)]
        step = self._step(shown)
        if step is None:
            return False
        if step >= 4 and self._behaviour is Behaviour.LOSES_NETWORK:
            return False
        if step == 3 and self._behaviour is Behaviour.CALLS_FOR_HELP:
            await self._press(shown, "need_help")
            return False
        if "exercises" in verbs:
            await self._press(shown, "exercises")
            return True
        return await (self._type() if step == self._steps(shown) - 1 else self._use_card(shown, step))

    async def _use_card(self, shown: Shown, step: int) -> bool:
        wanted = {1: ("present",), 2: ("withdraw", "floor"), 3: ("for",), 4: ("against", "change"), 5: ("for",)}[step]
        for verb in wanted:
            member = step == 5
            found = (b for b in buttons_of(shown) if b.verb == verb and (b.member is not None) is member)
            button = next(found, None)
            if button is not None:
                if step == 3:
                    self._old = next((b for b in buttons_of(shown) if b.verb == "abstention"), None)
                await self._actor.press(button)
                return True
        return False

    async def _type(self) -> bool:
        if self._behaviour is Behaviour.MISTYPES:
            await self._actor.type(self._actor.texts("simulation.mistyped"))
            return False
        if self._behaviour is Behaviour.OLD_CARD and self._old is not None:
            await self._actor.press(self._old)
            return False
        await self._actor.type(self._actor.word("for"))
        return True

    async def _press(self, shown: Shown, verb: str) -> None:
        await self._actor.press(next(b for b in buttons_of(shown) if b.verb == verb))

    def _step(self, shown: Shown) -> int | None:
        """Which exercise the card is about, by the number in its heading; None on any other card."""
        numbers = self._numbers(shown)
        return numbers[0] if numbers else None

    def _steps(self, shown: Shown) -> int:
        return self._numbers(shown)[1]

    def _numbers(self, shown: Shown) -> list[int]:
        start = self._actor.texts("exercise.title", number=0, total=0, name="").partition("0")[0]
        heading = next((w for w in words(shown.card) if w.startswith(start)), "")
        return [int(found) for found in _NUMBER.findall(heading)[:2]]
