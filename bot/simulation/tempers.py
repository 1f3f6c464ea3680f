"""How different people go about a vote: at once, late, twice, in words. What they vote is the story's."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.simulation.dice import dice
from voting.domain.ids import PersonId


class Temper(StrEnum):
    """One person's way with a card."""

    PROMPT = "prompt"
    SLOW = "slow"
    HESITANT = "hesitant"
    """Sometimes answers, thinks again and answers otherwise."""
    CLICKER = "clicker"
    """Presses two or three times."""
    TYPIST = "typist"
    """Writes words where others press."""
    CONFUSED = "confused"
    """Presses the card of the vote before, then finds the right one."""


_COMMON = (*[Temper.PROMPT] * 5, *[Temper.SLOW] * 3, Temper.HESITANT, Temper.CLICKER, Temper.TYPIST, Temper.CONFUSED)


def tempers(people: Iterable[PersonId], seed: int) -> Mapping[PersonId, Temper]:
    """One for each; among a dozen people every temper is met."""
    found: dict[PersonId, Temper] = {}
    shuffled = list(people)
    dice(seed, "tempers").shuffle(shuffled)
    for place, person in enumerate(shuffled):
        found[person] = _COMMON[-1 - place % len(_COMMON)]
    return found


def thinking(temper: Temper) -> tuple[float, float]:
    """Between how many seconds of the story that person takes to answer."""
    return (4.0, 7.0) if temper in (Temper.SLOW, Temper.HESITANT) else (0.8, 4.0)
