"""What a page says when Teams does not answer, and when it is back: where to vote, and that nothing is lost."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from bot.silence import Outage
from bot.web.words import Words

Outages: TypeAlias = Callable[[], Outage | None]


class Where(StrEnum):
    """Who reads it: each is told what he can do."""

    BOARD = "board"
    MEMBER = "member"
    CONSOLE = "console"


def no_outage() -> None:
    """Where nobody listens to Teams."""


def outage_sentence(outage: Outage | None, where: Where, said: Words, zone: str) -> str:
    """That sentence, with the hours of where the sitting is held; empty when there is nothing to say."""
    if outage is None:
        return ""
    since = said.time(outage.since, zone)
    if outage.until is not None:
        return said.texts("outage.back", since=since, until=said.time(outage.until, zone))
    return said.texts(f"outage.{where.value}", since=since)
