"""The extract of each adopted resolution, with the proof inside that its vote is in the journal."""

import re
from collections.abc import Callable, Iterator

from voting.domain.ids import PersonId
from voting.minutes.ballots import poll_block
from voting.minutes.blocks import Block, Names, Paragraph, ResolutionBlock, Section
from voting.minutes.exports.decided import Decided, day, resolutions
from voting.minutes.exports.leaflet import Attached, Leaflet, printed
from voting.minutes.exports.paper import Paper, must_be_public
from voting.minutes.presence import lists
from voting.minutes.scribe import Scribe, sentence

Proofs = Callable[[Decided], tuple[tuple[str, str], ...]]
"""Name and content of the files that prove one result: lines of the journal, and where they stand under its head."""


def extracts(scribe: Scribe, proofs: Proofs) -> Iterator[Paper]:
    """One PDF for each adopted resolution, confidential ones left out."""
    must_be_public(scribe.minutes)
    for one in resolutions(scribe.minutes, public=True):
        if one.is_adopted:
            yield printed(scribe, _extract(scribe, one, proofs(one)))


def _extract(scribe: Scribe, one: Decided, proofs: tuple[tuple[str, str], ...]) -> Leaflet:
    texts = scribe.texts
    date = scribe.calendar.long_day(day(scribe))
    sections = (
        Section(level=1, title="", blocks=(*_figures(scribe, one), _opening(scribe))),
        Section(level=1, title=texts("papers.extract.presence"), blocks=lists(scribe)),
        Section(level=1, title=texts("papers.extract.object", title=one.item.title), blocks=tuple(_act(scribe, one))),
        Section(level=1, title=texts("papers.extract.vote"), blocks=(poll_block(scribe, one.poll),)),
        Section(level=1, title=texts("papers.extract.end"), blocks=tuple(_end(scribe))),
    )
    return Leaflet(
        name=f"{texts('papers.file.extract')}-{_in_a_name(one.item.number)}.pdf",
        heading=scribe.body("papers.extract.title"),
        subtitle=texts("papers.extract.subtitle", date=date, number=one.item.number),
        sections=sections,
        attachments=tuple(
            Attached(
                name=name,
                kind="application/json" if name.endswith(".json") else "text/plain",
                description=texts(f"papers.extract.attached.{'proof' if name.endswith('proof') else 'line'}"),
                content=content,
            )
            for name, content in proofs
        ),
    )


def _figures(scribe: Scribe, one: Decided) -> tuple[Names, ...]:
    """The situation when the vote was opened."""
    convened, check = scribe.minutes.convened, one.poll.opened.quorum
    facts = (
        ("summons", scribe.calendar.day(convened.summoned_on) if convened.summoned_on else ""),
        ("in_office", str(check.in_office)),
        ("present", str(check.present)),
        ("represented", str(check.represented)),
        ("voters", str(one.tally.electors - one.tally.no_answer)),
    )
    return tuple(Names(label=scribe.texts(f"papers.extract.fact.{code}"), text=value) for code, value in facts if value)


def _opening(scribe: Scribe) -> Paragraph:
    opened = scribe.minutes.opened
    if opened is None:
        return Paragraph(text=scribe.texts("minutes.opening.not_yet"))
    local = scribe.calendar.local(opened.at)
    text = scribe.body(
        "minutes.opening",
        date=scribe.calendar.day_in_words(local.date()),
        hour=scribe.calendar.hour_in_words(opened.at),
        where=scribe.texts(f"minutes.mode.{scribe.minutes.convened.mode.value}"),
        chair=scribe.people.with_office(opened.chair),
    )
    return Paragraph(text=text, style="lead")


def _act(scribe: Scribe, one: Decided) -> Iterator[Block]:
    item = one.item
    if item.rapporteur:
        name = scribe.people.full(PersonId(item.rapporteur))
        yield Paragraph(text=scribe.texts("minutes.item.rapporteur", text=name), style="about")
    if item.articles:
        yield ResolutionBlock(
            title=scribe.texts("minutes.resolution.title", number=item.number),
            grounds=(*item.visas, *item.reasons),
            decides=scribe.body("minutes.resolution.decides"),
            articles=item.articles,
        )
    else:
        yield Paragraph(text=scribe.texts("papers.extract.no_text"), style="note")


def _end(scribe: Scribe) -> Iterator[Block]:
    """Who certifies it, by name and office (CRPA L. 212-1), and what the clerk fills in."""
    texts, minutes = scribe.texts, scribe.minutes
    if minutes.chair is not None:
        chair = scribe.people.with_office(minutes.chair)
        yield Paragraph(text=sentence(texts("papers.extract.certified", name=chair)), style="verdict")
    if minutes.secretary is not None:
        yield Paragraph(text=sentence(texts("papers.extract.secretary", name=scribe.people.full(minutes.secretary))))
    yield Paragraph(text=texts("papers.extract.transmitted"))
    yield Paragraph(text=texts("papers.extract.appeal"), style="legal")
    yield Paragraph(text=texts("papers.extract.proof"), style="legal")


def _in_a_name(number: str) -> str:
    return re.sub(r"[^\w.-]+", "-", number).strip("-.") or "0"
