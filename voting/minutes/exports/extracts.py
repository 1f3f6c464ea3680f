"""The extract of each adopted resolution, with the proof inside that its vote is in the journal."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from voting.domain.ids import PersonId
from voting.domain.quorum import QuorumCheck
from voting.minutes.ballots import poll_block
from voting.minutes.blocks import Block, Names, Paragraph, ResolutionBlock, Section
from voting.minutes.contests import remark
from voting.minutes.exports.decided import Resolution, day, resolutions
from voting.minutes.exports.leaflet import Attached, Leaflet, printed
from voting.minutes.exports.paper import Paper, must_be_public
from voting.minutes.presence import lists
from voting.minutes.scribe import Scribe, sentence
from voting.wording.contests import chosen_sentence

Proofs = Callable[[Resolution], tuple[tuple[str, str], ...]]
"""Name and content of the files that prove one result: lines of the journal, and where they stand under its head."""


def extracts(scribe: Scribe, proofs: Proofs) -> Iterator[Paper]:
    """One PDF for each adopted resolution, confidential ones left out."""
    must_be_public(scribe.minutes)
    for name, one in named_extracts(scribe):
        yield printed(scribe, _extract(scribe, name, one, proofs(one)))


def named_extracts(scribe: Scribe) -> Iterator[tuple[str, Resolution]]:
    """The resolutions that have an extract, each with the name of its file: no two are the same."""
    taken = Counter[str]()
    for one in resolutions(scribe.minutes, public=True):
        if one.is_adopted:
            stem = f"{scribe.texts('papers.file.extract')}-{_in_a_name(one.item.number)}"
            taken[stem] += 1
            yield (f"{stem}.pdf" if taken[stem] == 1 else f"{stem}-{taken[stem]}.pdf"), one


def _extract(scribe: Scribe, name: str, one: Resolution, proofs: tuple[tuple[str, str], ...]) -> Leaflet:
    texts = scribe.texts
    date = scribe.calendar.long_day(day(scribe))
    sections = (
        Section(level=1, title="", blocks=(*_figures(scribe, one), opening(scribe))),
        Section(level=1, title=texts("papers.extract.presence"), blocks=lists(scribe)),
        Section(level=1, title=texts("papers.extract.object", title=one.item.title), blocks=tuple(_act(scribe, one))),
        Section(level=1, title=texts("papers.extract.vote"), blocks=tuple(_vote(scribe, one))),
        Section(level=1, title=texts("papers.extract.end"), blocks=tuple(_end(scribe))),
    )
    return Leaflet(
        name=name,
        heading=scribe.body("papers.extract.title"),
        subtitle=texts("papers.extract.subtitle", date=date, number=one.item.number),
        sections=sections,
        attachments=tuple(
            Attached(
                name=inside,
                kind="application/json" if inside.endswith(".json") else "text/plain",
                description=texts(f"papers.extract.attached.{'proof' if inside.endswith('proof') else 'line'}"),
                content=content,
            )
            for inside, content in proofs
        ),
    )


def _figures(scribe: Scribe, one: Resolution) -> tuple[Names, ...]:
    """The situation when the vote that settled it was opened, or when the item was called where it took none."""
    convened, last = scribe.minutes.convened, one.last
    check = last.poll.opened.quorum if last is not None else _called(scribe, one)
    facts = (
        ("summons", scribe.calendar.day(convened.summoned_on) if convened.summoned_on else ""),
        ("in_office", str(check.in_office)),
        ("present", str(check.present)),
        ("represented", str(check.represented)),
        ("voters", str(last.tally.electors - last.tally.no_answer) if last is not None else ""),
    )
    return tuple(Names(label=scribe.texts(f"papers.extract.fact.{code}"), text=value) for code, value in facts if value)


def _called(scribe: Scribe, one: Resolution) -> QuorumCheck:
    return next(a.called.quorum for a in reversed(scribe.minutes.accounts) if a.item.id == one.item.id)


def _vote(scribe: Scribe, one: Resolution) -> Iterator[Block]:
    """Each round, or what was read out instead of a vote."""
    if one.unopposed is not None:
        yield remark(scribe, one.unopposed)
    for decided in one.polls:
        yield poll_block(scribe, decided.poll)


def opening(scribe: Scribe) -> Paragraph:
    """When, where and under whom it sat, in the formula of deeds."""
    opened = scribe.minutes.opened
    if opened is None:
        return Paragraph(text=scribe.texts("minutes.opening.not_yet"))
    local = scribe.calendar.local(opened.at)
    text = scribe.body(
        "minutes.opening",
        date=scribe.calendar.day_in_words(local.date()),
        hour=scribe.calendar.hour_in_words(opened.at),
        where=scribe.where,
        chair=scribe.people.with_office(opened.chair),
    )
    return Paragraph(text=text, style="lead")


def _act(scribe: Scribe, one: Resolution) -> Iterator[Block]:
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
    elif one.unopposed is None and not one.rounds:
        yield Paragraph(text=scribe.texts("papers.extract.no_text"), style="note")
    if one.rounds:
        last = one.rounds[-1]
        yield Paragraph(text=sentence(chosen_sentence(scribe.texts, last.contest, last.result)), style="verdict")


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
