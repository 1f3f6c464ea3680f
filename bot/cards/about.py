"""The sitting that a card speaks of, and the hours as its people read them."""

from datetime import datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.texts import Catalogue
from voting.domain.ids import SittingId

LOCALES = {"en": "en_GB"}
"""Day before month, for readers in Europe."""


class About(Protocol):
    """What every card needs to know of its sitting. ``BoardView`` is one, and so is ``Sitting.facts``."""

    @property
    def sitting(self) -> SittingId:
        """Which sitting: goes back with every button."""
        ...

    @property
    def title(self) -> str:
        """Its title, as the clerk typed it."""
        ...

    @property
    def time_zone(self) -> str:
        """The zone of the hours shown."""
        ...

    @property
    def scheduled_for(self) -> datetime:
        """When it was to begin: an hour of another day is told with its day."""
        ...


class Wall(Protocol):
    """Where a clock hangs."""

    @property
    def time_zone(self) -> str:
        """The zone of the hours shown."""
        ...


def local(about: About, at: datetime) -> datetime:
    """That instant on the wall of the assembly."""
    return at.astimezone(ZoneInfo(about.time_zone))


def clock(about: Wall, at: datetime) -> str:
    """Hours and minutes."""
    return exact(about, at)[:5]


def exact(about: Wall, at: datetime) -> str:
    """To the second, as on a receipt."""
    return _on_the_wall(about.time_zone, at)


def length(seconds: int, texts: Catalogue) -> str:
    """A stretch of time in minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    code = "both" if minutes and rest else "minutes" if minutes else "seconds"
    return texts(f"card.length.{code}", m=minutes, s=rest)


def day(about: About, at: datetime, texts: Catalogue) -> str:
    """The date in full."""
    return format_date(local(about, at), "full", locale=LOCALES.get(texts.language, texts.language))


@lru_cache(256)
def _on_the_wall(time_zone: str, at: datetime) -> str:
    # cached: a vote says its hour three times, and those of one batch have the same
    return f"{at.astimezone(ZoneInfo(time_zone)):%H:%M:%S}"
