"""What the activity handler tells of each wish: for the readiness board, and for whoever is asked for help."""

from dataclasses import dataclass
from typing import Protocol

from bot.commands.base import Act, Moment
from bot.texts import Catalogue
from bot.turn import CardReply, Turn
from voting.domain.ids import PersonId, SittingId
from voting.service.handle import Done
from voting.wording.catalogue import TextFault

KEPT = 5_000
"""People remembered; the oldest make room."""


class Witness(Protocol):
    """Hears of wishes in rehearsals, and answers for the exercises of one member."""

    async def acted(self, turn: Turn, moment: Moment, act: Act, done: Done) -> CardReply | None:
        """A wish was recorded. The next exercise, where the person is at his own."""
        ...

    async def shown(self, turn: Turn, moment: Moment, reply: CardReply) -> CardReply:
        """A card was asked for: with what to do on it, where the person is at his own exercises."""
        ...

    async def stumbled(self, turn: Turn, moment: Moment, act: Act | None, problem: str) -> None:
        """It was refused, or not understood, or something broke."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The last thing that somebody did."""

    doing: str = ""
    """Name of the command."""
    problem: str = ""
    """Code of what went wrong then; empty when nothing did."""
    client: str = ""


class Traces:
    """The last thing that each person did in each sitting. In memory: it only helps to help."""

    def __init__(self) -> None:
        """Nobody did anything."""
        self._last: dict[tuple[SittingId, PersonId], Trace] = {}

    def did(self, turn: Turn, moment: Moment, name: str) -> None:
        """That person gave that command."""
        self._put(moment, Trace(doing=name, client=turn.client or ""))

    def failed(self, turn: Turn, moment: Moment, name: str, problem: str) -> None:
        """And it went wrong."""
        self._put(moment, Trace(doing=name, problem=problem, client=turn.client or ""))

    def of(self, moment: Moment) -> Trace:
        """What that person did last."""
        return self._last.get((moment.snapshot.id, moment.person), Trace())

    def _put(self, moment: Moment, trace: Trace) -> None:
        key = moment.snapshot.id, moment.person
        self._last.pop(key, None)
        if len(self._last) >= KEPT:
            del self._last[next(iter(self._last))]
        self._last[key] = trace


def problem_words(problem: str, texts: Catalogue) -> str:
    """What went wrong, in words; for what needs figures to be said, its code."""
    if not problem:
        return ""
    kind = problem.partition(".")[0]
    for code in (f"problem.{problem}", f"problem.{kind}", f"refusal.{problem}", problem):
        if code in texts:
            try:
                return texts(code)
            except TextFault:
                break
    return texts("problem.other", code=problem)
