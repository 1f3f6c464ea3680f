"""How an assembly divides: the choice of every voice, so that the outcome is the one that the story wants."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.simulation.script import Split
from voting.domain.ids import PersonId
from voting.domain.tally import Choice

AGREEMENT, OPPOSED = 0.6, 0.85
"""Of all ordinary items, those adopted by everybody, and up to where the opposition is against; it abstains beyond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Whose voices are heard, and where they come from."""

    voices: Sequence[PersonId]
    opposition: Collection[PersonId]
    chair: PersonId
    is_amendment: bool


def divide(split: Split, sides: Sides, chance: random.Random) -> Mapping[PersonId, Choice]:
    """A choice for every voice."""
    match split:
        case Split.ORDINARY:
            return _ordinary(sides, chance)
        case Split.AGREED:
            return dict.fromkeys(sides.voices, Choice.FOR)
        case Split.DIVIDED:
            return _against(sides, Choice.FOR, Choice.AGAINST)
        case Split.DEFEATED:
            return _against(sides, Choice.AGAINST, Choice.FOR)
        case Split.TIED:
            return _tied(sides)
        case _:
            assert_never(split)


def on_request(sides: Sides, asking: Collection[PersonId]) -> Mapping[PersonId, Choice]:
    """A request for a secret ballot, refused: only those who ask and the opposition want it."""
    return _against(sides, Choice.AGAINST, Choice.FOR) | {p: Choice.FOR for p in asking if p in sides.voices}


def other(choice: Choice) -> Choice:
    """What somebody answers who will think again."""
    return Choice.AGAINST if choice is not Choice.AGAINST else Choice.FOR


def _against(sides: Sides, most: Choice, few: Choice) -> dict[PersonId, Choice]:
    return {voice: few if voice in sides.opposition else most for voice in sides.voices}


def _ordinary(sides: Sides, chance: random.Random) -> Mapping[PersonId, Choice]:
    fallen = chance.random()
    if fallen < AGREEMENT:
        choices = dict.fromkeys(sides.voices, Choice.FOR)
    elif fallen < OPPOSED:
        choices = _against(sides, Choice.FOR, Choice.AGAINST)
    else:
        choices = _against(sides, Choice.FOR, Choice.ABSTENTION)
    apart = [voice for voice in sides.voices if voice != sides.chair and chance.random() < 0.02]
    return choices | {voice: chance.choice((Choice.ABSTENTION, Choice.NOT_TAKING_PART)) for voice in apart}


def _tied(sides: Sides) -> Mapping[PersonId, Choice]:
    """Half on the chair's side, half against it; the one voice too many abstains."""
    own = Choice.AGAINST if sides.is_amendment else Choice.FOR
    rest = sorted((v for v in sides.voices if v != sides.chair), key=lambda v: v not in sides.opposition)
    half = len(sides.voices) // 2
    choices = {voice: other(own) if n < half else own for n, voice in enumerate(rest)}
    if len(sides.voices) % 2 and rest:
        choices[rest[-1]] = Choice.ABSTENTION
    return choices | ({sides.chair: own} if sides.chair in sides.voices else {})
