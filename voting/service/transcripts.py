"""Lays a transcript over the speaking turns: by its times, or by the names of those who speak. Writes nothing.

What falls into no turn is handed back with its line: whoever keeps the minutes decides what becomes of it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from voting.domain.assembly import Member
from voting.domain.ids import PersonId, RequestId
from voting.imports.spoken import Speech
from voting.imports.vtt import Cue
from voting.minutes.facts import Minutes, Turn

PAUSE = timedelta(seconds=3)
"""Silence that begins a new paragraph."""
_CIVILITY = re.compile(r"^(?:m|mm|mme|mmes|monsieur|madame|mr|mrs|ms)\b\.? *")
_CHAIR = re.compile(r"^(?:l[ea] )?(?:vice-)?(?:president|presidente|chair|chairman|chairwoman)\b(?! du groupe)")


class Why(StrEnum):
    """Why a passage is in no turn."""

    NO_TURN = "no_turn"
    """Nobody had the floor then, or that person had it no further time."""
    OTHER_SPEAKER = "other_speaker"
    """Said by somebody else than who had the floor."""
    UNKNOWN_SPEAKER = "unknown_speaker"
    """Nobody of the roll, or several, bear that name."""
    NO_SPEAKER = "no_speaker"
    """No name stands over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A passage that is in no turn."""

    line: int
    why: Why
    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """What would be written, and what would not."""

    notes: Mapping[RequestId, str]
    strays: tuple[Stray, ...]


def align_times(cues: Sequence[Cue], minutes: Minutes, began: datetime) -> Aligned:
    """Each cue goes to the turn that runs in its middle, unless the file says that somebody else speaks."""
    told = _Told()
    known = Names(minutes).find
    ended: dict[RequestId, timedelta] = {}
    for cue in cues:
        turn = _running(minutes.turns, began + (cue.begins + cue.ends) / 2)
        speaker = known(cue.voice) if cue.voice else None
        if turn is None:
            told.stray(cue.line, Why.NO_TURN, cue.voice, cue.text)
        elif speaker is not None and speaker != turn.person:
            told.stray(cue.line, Why.OTHER_SPEAKER, cue.voice, cue.text)
        else:
            goes_on = turn.request in ended and cue.begins - ended[turn.request] < PAUSE
            told.write(turn.request, cue.text, goes_on=goes_on)
            ended[turn.request] = cue.ends
    return told.aligned()


def align_names(speeches: Sequence[Speech], minutes: Minutes) -> Aligned:
    """Speeches and turns keep their order: the longest common run of speakers decides which is which.

    A speech that is left over goes on the turn before it when the same person goes on after an interruption.
    """
    told, known = _Told(), Names(minutes).find
    speakers = [known(speech.speaker) if speech.speaker else None for speech in speeches]
    matched = _longest_run(speakers, [turn.person for turn in minutes.turns])
    latest: Turn | None = None
    for place, speech in enumerate(speeches):
        speaker = speakers[place]
        text = "\n".join(speech.paragraphs)
        if place in matched:
            latest = minutes.turns[matched[place]]
        if speaker is None:
            why = Why.UNKNOWN_SPEAKER if speech.speaker else Why.NO_SPEAKER
            told.stray(speech.line, why, speech.speaker, text)
        elif latest is not None and latest.person == speaker:
            told.write(latest.request, text)
        else:
            told.stray(speech.line, Why.NO_TURN, speech.speaker, text)
    return told.aligned()


class _Told:
    """What is found while a transcript is read."""

    def __init__(self) -> None:
        self._notes: dict[RequestId, str] = {}
        self._strays: list[Stray] = []

    def write(self, turn: RequestId, text: str, *, goes_on: bool = False) -> None:
        before = self._notes.get(turn, "")
        self._notes[turn] = before + ((" " if goes_on else "\n") if before else "") + text

    def stray(self, line: int, why: Why, speaker: str, text: str) -> None:
        """One after the other for the same reason and by the same voice, they are one passage."""
        last = self._strays[-1] if self._strays else None
        if last is not None and (last.why, last.speaker) == (why, speaker):
            self._strays[-1] = Stray(line=last.line, why=why, speaker=speaker, text=f"{last.text} {text}")
        else:
            self._strays.append(Stray(line=line, why=why, speaker=speaker, text=text))

    def aligned(self) -> Aligned:
        return Aligned(notes=dict(self._notes), strays=tuple(self._strays))


def _running(turns: Sequence[Turn], at: datetime) -> Turn | None:
    return next((t for t in turns if t.at <= at and (t.until is None or at < t.until)), None)


def _longest_run(said: Sequence[PersonId | None], spoke: Sequence[PersonId]) -> dict[int, int]:
    """The places of a longest common subsequence, the earliest turns first."""
    length = [[0] * (len(spoke) + 1) for _ in range(len(said) + 1)]
    for i in reversed(range(len(said))):
        for j in reversed(range(len(spoke))):
            same = said[i] is not None and said[i] == spoke[j]
            length[i][j] = length[i + 1][j + 1] + 1 if same else max(length[i + 1][j], length[i][j + 1])
    found: dict[int, int] = {}
    i = j = 0
    while i < len(said) and j < len(spoke):
        if said[i] is not None and said[i] == spoke[j] and length[i][j] == length[i + 1][j + 1] + 1:
            found[i] = j
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


class Names:
    """The names that the roll may be called by in a transcript."""

    def __init__(self, minutes: Minutes) -> None:
        """Last names, and first and last names in either order; the chair by that office too."""
        self._chair = minutes.chair
        self._written: dict[str, set[PersonId]] = {}
        for member in minutes.convened.members:
            for form in _forms(member):
                self._written.setdefault(form, set()).add(member.id)

    def is_one(self, name: str) -> bool:
        """Somebody of the roll bears it."""
        plain = _CIVILITY.sub("", _plain(name))
        return bool(_CHAIR.match(plain)) or plain in self._written

    def find(self, name: str) -> PersonId | None:
        """Who is meant; None for nobody, or for more than one."""
        plain = _CIVILITY.sub("", _plain(name))
        if _CHAIR.match(plain):
            return self._chair
        found = self._written.get(plain, set())
        return next(iter(found)) if len(found) == 1 else None


def _forms(member: Member) -> Iterator[str]:
    last, first = _plain(member.last_name), _plain(member.first_name)
    if last:
        yield last
        yield f"{first} {last}".strip()
        yield f"{last} {first}".strip()


def _plain(text: str) -> str:
    """Small letters without accents, apostrophes straight, single blanks."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(x for x in decomposed if not unicodedata.combining(x)).casefold().replace(",", " ").split())
