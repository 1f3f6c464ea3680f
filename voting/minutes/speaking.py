"""The annex on the time of speech: how often and how long each group and each person spoke, whatever for."""

from collections.abc import Callable
from datetime import timedelta

from voting.domain.groups import group_of
from voting.minutes.blocks import Paragraph, Section, TableBlock, TableRow
from voting.minutes.facts import Turn
from voting.minutes.scribe import Scribe

Spoken = tuple[str, int, timedelta]
"""A name, how many turns, how long together."""


def speaking(scribe: Scribe) -> tuple[Section, ...]:
    """Groups then people, longest first; nothing when nobody spoke."""
    turns = [t for t in scribe.minutes.turns if t.until is not None]
    if not turns:
        return ()
    roll = scribe.minutes.roll
    none = scribe.texts("minutes.speaking.unattached")
    people = _summed(turns, lambda t: scribe.people.full(t.person))
    blocks = [Paragraph(text=scribe.texts("minutes.speaking.legend"), style="legal")]
    tables = [_table(scribe, "person", people)]
    if any(group_of(m) for m in roll.values()):
        tables.insert(0, _table(scribe, "group", _summed(turns, lambda t: group_of(roll[t.person]) or none)))
    return (Section(level=1, title=scribe.texts("minutes.speaking.title"), blocks=(*blocks, *tables)),)


def _summed(turns: list[Turn], name: Callable[[Turn], str]) -> list[Spoken]:
    counts: dict[str, tuple[int, timedelta]] = {}
    for turn in turns:
        number, length = counts.get(name(turn), (0, timedelta()))
        counts[name(turn)] = number + 1, length + (turn.spoken or timedelta())
    spoken = [(who, number, length) for who, (number, length) in counts.items()]
    return sorted(spoken, key=lambda s: -s[2])


def _table(scribe: Scribe, who: str, spoken: list[Spoken]) -> TableBlock:
    header = (f"minutes.speaking.{who}", "minutes.speaking.turns", "minutes.speaking.time")
    rows = tuple(
        TableRow(cells=(name, str(number), scribe.calendar.duration(length))) for name, number, length in spoken
    )
    return TableBlock(header=tuple(scribe.texts(code) for code in header), rows=rows, numeric=1, dense=True)
