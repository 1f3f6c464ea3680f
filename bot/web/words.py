"""The languages of the pages: which one a request gets, and its sentences, dates and times.

Leaves every sentence to the catalogues and the outcome of a poll to `voting.wording.sentences`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from aiohttp import web
from babel.dates import format_date, format_time

import bot.texts
import voting.wording
from voting.wording.catalogue import LANGUAGES, Catalogue

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
HIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control, bidirectional and zero-width characters: in a name or a title they can only disguise it."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    language: str
    texts: Catalogue
    """What only the bot says."""
    wording: Catalogue
    """What cards, minutes and pages share."""

    def day(self, at: datetime, zone: str) -> str:
        """The date in full, where the sitting is held."""
        return str(format_date(at.astimezone(ZoneInfo(zone)).date(), format="full", locale=LOCALES[self.language]))

    def time(self, at: datetime, zone: str) -> str:
        """Hours and minutes, where the sitting is held."""
        return str(format_time(at.astimezone(ZoneInfo(zone)).time(), format="HH:mm", locale=LOCALES[self.language]))

    def instant(self, at: datetime, zone: str) -> str:
        """Hours, minutes and seconds, where the sitting is held."""
        return str(format_time(at.astimezone(ZoneInfo(zone)).time(), format="HH:mm:ss", locale=LOCALES[self.language]))

    def sentence(self, clause: str) -> str:
        """A clause with its capital and its full stop."""
        return f"{clause[:1].upper()}{clause[1:]}."


@cache
def words(language: str) -> Words:
    """Everything said in that language, read once."""
    return Words(language, bot.texts.catalogue(language), voting.wording.catalogue(language))


def visible(text: str) -> str:
    """The text without the characters that nobody sees."""
    return HIDDEN.sub("", text)


def wanted(request: web.Request) -> Words:
    """What `?lang=` says, else what the browser prefers, else French."""
    asked = request.query.get("lang", "")
    if asked in LANGUAGES:
        return words(asked)
    return words(_preferred(request.headers.get("Accept-Language", "")))


def _preferred(header: str) -> str:
    """Our language with the highest weight; the first named wins a tie."""
    best, weight = LANGUAGES[0], 0.0
    for part in header[:512].split(","):
        tag, _, parameter = part.partition(";")
        language = tag.strip().partition("-")[0].lower()
        weighs = _weight(parameter)
        if language in LANGUAGES and weighs > weight:
            best, weight = language, weighs
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    return float(value) if re.fullmatch(r"[01](\.\d{1,3})?", value) else 0.0
