"""How a poll is to be held, from a few typed words: its way, its majority, where a call by name begins.

``vote appel M``, ``vote 2/3 exercice statuts, art. 12``: the way first, then the majority and its base, then the
article that asks for it. The words are in ``bot/texts`` (``ways.<kind>.<name>``).
"""

import re
import secrets
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.commands.base import Misunderstood
from bot.commands.words import fold
from bot.texts import catalogue
from voting.domain.majorities import WantedMajority
from voting.domain.ruleset import VotingMethod
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase, Threshold

_LANGUAGES = ("fr", "en")
_FRACTION = re.compile(r"(>?)(\d{1,3})/(\d{1,3})")
_LENGTH = re.compile(
    r"(?:(?P<minutes>\d{1,3}) ?(?:min|mn|minutes?)(?: ?(?P<rest>\d{1,2})(?: ?(?:s|sec|secondes?|seconds?))?)?)"
    r"|(?:(?P<seconds>\d{1,4}) ?(?:s|sec|secondes?|seconds?))"
)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 5
"""Words in the longest of those forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """How somebody wants a poll to be held; what he left out is None."""

    method: VotingMethod | None = None
    majority: WantedMajority | None = None
    is_joint: bool = False
    letter: str = ""
    seconds: int | None = None
    """How long it is to last; 0: no hour is announced."""


def wished(text: str) -> Wished:
    """What those words ask for. Raises ``Misunderstood``: a word left over is never ignored."""
    words = text.split()
    method = _take(words, forms("method", VotingMethod))
    letter = _letter(words) if method == VotingMethod.ROLL_CALL.value else ""
    seconds = _length(words)
    is_joint = _take(words, forms("all", ("joint",))) is not None
    majority = _majority(words)
    if words:
        raise Misunderstood("misunderstood.poll", text=" ".join(words))
    return Wished(
        method=VotingMethod(method) if method is not None else None,
        majority=majority,
        is_joint=is_joint,
        letter=letter,
        seconds=seconds,
    )


def forms(kind: str, names: Iterable[str]) -> Mapping[str, str]:
    """Every way of writing each of those names, in every language, with the name."""
    return {
        fold(form): str(name)
        for name in names
        for language in _LANGUAGES
        for form in catalogue(language)(f"ways.{kind}.{name}").split("|")
    }


def _take(words: list[str], known: Mapping[str, str]) -> str | None:
    """What the longest of those forms that comes next stands for; its words are taken."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        found = known.get(fold(" ".join(words[:length])))
        if found is not None:
            del words[:length]
            return found
    return None


def _letter(words: list[str]) -> str:
    """The letter at which the call begins: typed, or drawn by lot."""
    if _take(words, forms("letter", ("draw",))) is not None:
        return secrets.choice(string.ascii_uppercase)
    return words.pop(0).upper() if words and _LETTER.fullmatch(words[0]) else ""


def _length(words: list[str]) -> int | None:
    """``2 min``, ``90s``, ``1 min 30``; ``sans durée``: none is announced. None: nothing was said of it."""
    if _take(words, forms("length", ("none",))) is not None:
        return 0
    for taken in range(min(len(words), 4), 0, -1):
        said = _LENGTH.fullmatch(fold(" ".join(words[:taken])))
        if said is not None:
            del words[:taken]
            return 60 * int(said["minutes"] or 0) + int(said["rest"] or said["seconds"] or 0)
    return None


def _majority(words: list[str]) -> WantedMajority | None:
    """A part, its base (the votes cast when it is left out), and the article that asks for it."""
    part = _FRACTION.fullmatch(words[0]) if words else None
    if part is not None:
        del words[0]
        threshold = Threshold(numerator=int(part[2]), denominator=int(part[3]), is_strict=bool(part[1]))
    elif _take(words, forms("part", ("absolute",))) is not None:
        threshold = MORE_THAN_HALF
    else:
        return None
    base = _take(words, forms("base", MajorityBase)) or MajorityBase.VOTES_CAST.value
    article = " ".join(words)
    words.clear()
    return WantedMajority(base=MajorityBase(base), threshold=threshold, article=article)
