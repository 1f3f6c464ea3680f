"""Turns a refusal or a fault into what the person sees. The one place for it, used by activity, web and CLI.

A refusal is a lawful no: a sentence, its article, what to do next. A fault gets an incident number, shown to the person
and logged once with its cause; what the person sent is never logged.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import ItemId, PersonId
from voting.domain.refusals import Refusal, RollIncomplete, WrongPhase
from voting.domain.refusals.block import BlockBar
from voting.domain.refusals.contests import OptionsUnclear
from voting.domain.refusals.minuting import ApprovalBar
from voting.domain.ruleset import Citation
from voting.domain.sitting import Sitting
from voting.domain.standing_orders import Asker
from voting.domain.tally import Choice
from voting.journal.faults import OutcomeUnknown, StoreFault, StoreLow
from voting.minutes.calendar import Calendar
from voting.service.law import TIME_ZONE
from voting.wording import Catalogue
from voting.wording.sentences import choice_word

_log = logging.getLogger("hemicycle.incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a person is told of a fault."""

    incident: str
    sentence: str


def refusal_sentence(refusal: Refusal, sitting: Sitting | None, texts: Catalogue, shared: Catalogue) -> str:
    """The refusal in words, with its article. ``shared`` holds the names of choices."""
    known = {f.name: getattr(refusal, f.name) for f in fields(refusal) if f.name != "citation"}
    said = {name: _said(name, value, sitting, (texts, shared)) for name, value in known.items()}
    if isinstance(refusal, WrongPhase):
        said["phase"] = texts(f"phase.{refusal.phase.value}")
    if isinstance(refusal, RollIncomplete):
        said["what"] = texts(f"what.{refusal.what}")
    if isinstance(refusal, OptionsUnclear):
        said["what"] = texts(f"what.options.{refusal.what}")
    sentence = texts(f"refusal.{refusal.code}", **said)
    return sentence if refusal.citation is None else f"{sentence} {article(refusal.citation, texts)}"


def article(citation: Citation, texts: Catalogue) -> str:
    """The article in brackets; says so when it was not read in a source."""
    code = "refusal.article" if citation.confirmed else "refusal.article_unconfirmed"
    return texts(code, article=citation.article)


def fault(error: BaseException, texts: Catalogue, context: Mapping[str, str]) -> Fault:
    """Log the fault once, under a number that the person can give to support. ``context``: ids only."""
    incident = secrets.token_hex(4)
    beside = {"incident": incident, "context": dict(context)}
    _log.error("incident %s %s", incident, dict(context), exc_info=error, extra=beside)
    code = "fault.bug"
    if isinstance(error, OutcomeUnknown):
        code = "fault.unknown_outcome"
    elif isinstance(error, StoreLow):
        code = "fault.store_low"
    elif isinstance(error, StoreFault):
        code = "fault.store"
    return Fault(incident=incident, sentence=texts(code, incident=incident))


_WORDS: Mapping[type, str] = {
    Mode: "board.mode",
    Presence: "card.presence",
    Asker: "asker",
    BlockBar: "block.bar",
    ApprovalBar: "approval.bar",
}


def _said(name: str, value: object, sitting: Sitting | None, catalogues: tuple[Catalogue, Catalogue]) -> str | int:
    texts, shared = catalogues
    match value:
        case Body():
            return shared(f"minutes.body.{value.value}")
        case Mode() | Presence() | Asker() | BlockBar() | ApprovalBar():
            return texts(f"{_WORDS[type(value)]}.{value.value}")
        case Choice():
            return choice_word(shared, value)
        case datetime():
            return _hour(value, sitting, shared)
        case date():
            return Calendar(shared, TIME_ZONE).day(value)
        case int():
            return value
        case _:
            return _named(name, str(value), sitting)


def _hour(at: datetime, sitting: Sitting | None, shared: Catalogue) -> str:
    """On the wall of the sitting; with its day where that is not the one of the sitting."""
    zone = ZoneInfo(sitting.facts.time_zone) if sitting is not None else ZoneInfo(TIME_ZONE)
    local = at.astimezone(zone)
    hour = local.strftime("%H:%M:%S")
    begun = (sitting.course.opened_at or sitting.facts.scheduled_for) if sitting is not None else at
    if local.date() == begun.astimezone(zone).date():
        return hour
    return shared("minutes.exchange.day", hour=hour, day=Calendar(shared, zone.key).day(local.date()))


def _named(name: str, value: str, sitting: Sitting | None) -> str:
    """Ids as people say them: a person's name, an item's number."""
    if sitting is None:
        return value
    if name == "item":
        item = sitting.items.get(ItemId(value))
        return item.number if item is not None else value
    person = sitting.roll.get(PersonId(value))
    return f"{person.civility.value} {person.full_name}" if person is not None else value
