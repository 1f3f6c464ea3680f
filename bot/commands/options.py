"""Finding the options of a choice among several in what a person typed, or in what a button carried."""

import re

from bot.commands.base import Misunderstood
from bot.commands.people import named
from bot.commands.words import fold
from voting.domain.contests import Nominee, Option
from voting.domain.polls import Poll
from voting.domain.sitting import Sitting

_APART = re.compile(r"[;\r\n]+")


def nominees(sitting: Sitting, text: str) -> tuple[Nominee, ...]:
    """One for each line or each part between semicolons: somebody of the roll by his name, else the words as typed."""
    parts = [part.strip() for part in _APART.split(text)]
    return tuple(_nominee(sitting, part) for part in parts if part)


def _nominee(sitting: Sitting, text: str) -> Nominee:
    try:
        return Nominee(label="", person=named(sitting, text).id)
    except Misunderstood as unclear:
        if unclear.code == "misunderstood.several":
            raise
        return Nominee(label=text)


def option(poll: Poll | None, text: str) -> Option:
    """The option with that number, or the one with those words in its name. Raises ``Misunderstood``."""
    stands = poll.contest.options if poll is not None and poll.contest is not None else ()
    wanted = fold(text)
    if wanted.isdecimal():
        found = [o for o in stands if o.id == f"o{int(wanted)}"]
    else:
        found = [o for o in stands if fold(o.label) == wanted]
        found = found or [o for o in stands if wanted and set(wanted.split()) <= set(fold(o.label).split())]
    if len(found) != 1:
        raise Misunderstood("misunderstood.option", text=text, options=" ; ".join(listed(stands)))
    return found[0]


def listed(stands: tuple[Option, ...]) -> list[str]:
    """Each option under its number."""
    return [f"{o.id.removeprefix('o')} {o.label}" for o in stands]
