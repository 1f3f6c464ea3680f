"""An exchange of writings as the minutes tell it: its hours, each message whole, who took part (R50)."""

from datetime import datetime
from typing import assert_never

from voting.domain import events as e
from voting.domain.events.exchange import ExchangeEvent
from voting.minutes.blocks import Paragraph, Speech
from voting.minutes.scribe import Scribe


def told(scribe: Scribe, entry: ExchangeEvent) -> Paragraph | Speech:
    """One line of it."""
    hour = _when(scribe, entry.at)
    match entry:
        case e.ExchangeOpened() | e.ExchangeProlonged():
            code = "opened" if isinstance(entry, e.ExchangeOpened) else "prolonged"
            until = _when(scribe, entry.until)
            return _note(scribe.texts(f"minutes.exchange.{code}", hour=hour, until=until))
        case e.MessageWritten():
            speaker = scribe.texts("minutes.turn.speaker", name=scribe.people.short(entry.person))
            return Speech(speaker=speaker, text=scribe.texts("minutes.exchange.message", hour=hour, text=entry.text))
        case e.ExchangeClosed():
            return _note(scribe.texts("minutes.exchange.closed", hour=hour))
        case e.ParticipationFound():
            return _note(_participation(scribe, entry))
        case _:
            assert_never(entry)


def _participation(scribe: Scribe, entry: e.ParticipationFound) -> str:
    names = ", ".join(scribe.people.short(member) for member in entry.members)
    law = scribe.texts(
        "outcome.article" if entry.law.is_confirmed else "outcome.article.unconfirmed", article=entry.law.article
    )
    return scribe.texts.plural(
        "minutes.exchange.participation",
        len(entry.members),
        n=len(entry.members),
        names=names,
        needed=entry.needed,
        law=law,
    )


def _when(scribe: Scribe, at: datetime) -> str:
    """The hour; with its day where the exchange goes on after that of the opening."""
    day, opened, hour = scribe.calendar.local(at).date(), scribe.minutes.opened, scribe.calendar.hour(at)
    if opened is None or day == scribe.calendar.local(opened.at).date():
        return hour
    return scribe.texts("minutes.exchange.day", day=scribe.calendar.day(day), hour=hour)


def _note(text: str) -> Paragraph:
    return Paragraph(text=text, style="note")
