"""Every paper that a sitting can be made into, by the name of its format: a pure function of its journal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from voting.domain.events import SittingEvent
from voting.domain.ids import PersonId
from voting.journal.merkle import Tree, leaf_hash
from voting.journal.receipt import Receipt
from voting.minutes.document import draw_up
from voting.minutes.exports.ctes import ctes
from voting.minutes.exports.decided import Resolution, resolutions
from voting.minutes.exports.docx import draft_document
from voting.minutes.exports.extracts import extracts
from voting.minutes.exports.invitation import invitation
from voting.minutes.exports.paper import ExportBlocked, Paper, must_be_public
from voting.minutes.exports.papers import attendance_sheet, named_votes, resolutions_list, speaking_notes
from voting.minutes.exports.popolo import popolo
from voting.minutes.exports.press import press_summary
from voting.minutes.exports.scdl import scdl
from voting.minutes.exports.tables import for_excel, open_data, own_votes
from voting.minutes.exports.workbook import workbook
from voting.minutes.official import require_official
from voting.minutes.scribe import Scribe, scribe
from voting.wording import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sitting as papers are made of it."""

    events: tuple[SittingEvent, ...]
    lines: tuple[bytes, ...]
    """The journal, a canonical line for each event."""
    checkpoint: str
    """Its newest signed head; empty when none is signed yet."""
    covered: int = 0
    """How many lines that head covers."""
    body_siret: str = ""
    """The installation's own, for a sitting that holds none."""
    department: str = ""
    """Whose prefect receives the acts."""


_PLAIN: Mapping[str, Callable[[Scribe], tuple[Paper, ...]]] = {
    "list": resolutions_list,
    "attendance": attendance_sheet,
    "votes": named_votes,
    "notes": speaking_notes,
    "press": press_summary,
    "csv": open_data,
    "csv-excel": for_excel,
    "xlsx": workbook,
    "popolo": popolo,
    "ics": invitation,
    "docx": draft_document,
}

FORMATS = (*_PLAIN, "extracts", "scdl", "ctes")
"""Besides ``json``, which is the sitting itself."""


def export(source: Source, format_: str, language: str = "fr") -> tuple[Paper, ...]:
    """The files of that format. ``ExportBlocked`` names what is missing; ``KeyError`` for a format that is none.

    Raises ``NotOfficial`` for a rehearsal.
    """
    minutes = draw_up(source.events)
    require_official(minutes.convened.sitting)
    writer = scribe(minutes, catalogue(language))
    match format_:
        case "extracts":
            return tuple(extracts(writer, partial(_proofs, source, _tree(source))))
        case "scdl":
            return scdl(writer, source.body_siret)
        case "ctes":
            return ctes(writer, source.body_siret, source.department)
        case _:
            return _PLAIN[format_](writer)


def obstacle(source: Source, format_: str, language: str = "fr") -> ExportBlocked | None:
    """What keeps that paper from being made, without drawing it; None when it can be. Raises as ``export`` does."""
    minutes = draw_up(source.events)
    require_official(minutes.convened.sitting)
    writer = scribe(minutes, catalogue(language))
    try:
        match format_:
            case "extracts":
                _must_have_extracts(source, writer)
            case "list" | "press":
                must_be_public(minutes)
            case "csv" | "popolo" | "scdl" | "ctes":
                export(source, format_, language)
    except ExportBlocked as blocked:
        return blocked
    return None


def own(source: Source, person: PersonId, language: str = "fr") -> Paper:
    """The voices of that person, and those he carried, in the proclaimed polls of a closed sitting.

    ``ExportBlocked`` for a tender committee, or when there is none. Raises ``NotOfficial`` for a rehearsal.
    """
    minutes = draw_up(source.events)
    require_official(minutes.convened.sitting)
    return own_votes(scribe(minutes, catalogue(language)), person)


def _must_have_extracts(source: Source, writer: Scribe) -> None:
    must_be_public(writer.minutes)
    adopted = [one for one in resolutions(writer.minutes, public=True) if one.is_adopted]
    if not adopted:
        raise ExportBlocked("none_adopted")
    tree = _tree(source)
    for one in adopted:
        _proofs(source, tree, one)


def _tree(source: Source) -> Tree:
    return Tree(leaf_hash(line) for line in source.lines)


def _proofs(source: Source, tree: Tree, one: Resolution) -> tuple[tuple[str, str], ...]:
    """The lines that settle it, those of the rounds before too, each with its inclusion under the signed head."""
    size = source.covered
    places = {name: source.events.index(event) for name, event in _proven(one)}
    if size <= max(places.values()):
        raise ExportBlocked("no_head")
    made: list[tuple[str, str]] = []
    for name, place in places.items():
        receipt = Receipt(index=place, path=tree.inclusion(place, size), checkpoint=source.checkpoint)
        made += [(f"{name}.json", source.lines[place].decode()), (f"{name}.tlog-proof", receipt.text())]
    return tuple(made)


def _proven(one: Resolution) -> Iterator[tuple[str, SittingEvent]]:
    """By name: the count and the proclamation, who was said to be the elder, the single candidacy read out."""
    for place, decided in enumerate(one.polls, 1):
        rank = "" if decided is one.last else f"round-{place}-"
        poll = decided.poll
        told = (("count", poll.closed), ("elder", poll.elder), ("result", poll.final))
        yield from ((f"{rank}{name}", event) for name, event in told if event is not None)
    if one.unopposed is not None:
        yield "result", one.unopposed
