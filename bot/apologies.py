"""What the endpoint answers to a press by itself, in the language of whoever pressed: nothing was decided yet."""

from bot.teams.endpoint import Apologies
from bot.texts import catalogue, language_of
from bot.turn import ErrorReply, Turn


def _late(turn: Turn) -> ErrorReply:
    return ErrorReply(code="late", message=_text(turn, "fault.timeout"))


def _failed(turn: Turn) -> ErrorReply:
    return ErrorReply(code="failed", message=_text(turn, "fault.failed"))


def _unreadable(turn: Turn) -> ErrorReply:
    return ErrorReply(code="unreadable", message=_text(turn, "misunderstood.stale"), status=400)


def _text(turn: Turn, code: str) -> str:
    return catalogue(language_of(turn.locale))(code)


APOLOGIES = Apologies(late=_late, failed=_failed, unreadable=_unreadable)
