"""The whole document: cover, opening, items, close, annex, signature page. Pure: facts and words in, blocks out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.ids import PersonId
from voting.domain.remarks import FOR_THE_MINUTES
from voting.minutes.account import incident, item_section, stated, told
from voting.minutes.ballots import annex
from voting.minutes.blocks import Block, Cover, Paragraph, Section, Sheet, SignatureBox, SignaturePage, listed
from voting.minutes.facts import Minutes
from voting.minutes.life import life
from voting.minutes.overview import anchor, overview
from voting.minutes.presence import lists
from voting.minutes.scribe import Scribe, scribe, sentence
from voting.minutes.signatories import Signatory, signatories
from voting.minutes.speaking import speaking
from voting.wording import Catalogue
from voting.wording.sentences import remark_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the document says of the journal it carries."""

    origin: str
    size: int
    root: str


def compose(minutes: Minutes, texts: Catalogue, proof: Proof, *, watermark: str = "", made_with: str = "") -> Sheet:
    """The sheet of those minutes. ``watermark`` is a code (``draft``) or empty; ``made_with`` goes to the keywords."""
    s = scribe(minutes, texts)
    convened = minutes.convened
    date = s.calendar.day(s.calendar.local(convened.scheduled_for).date())
    return Sheet(
        language=texts.language,
        title=s.body("minutes.document.title", date=date),
        author=convened.body_name or s.body("minutes.body"),
        description=s.body("minutes.document.description", date=date, name=convened.body_name),
        keywords=tuple(filter(None, (str(convened.sitting), made_with))),
        running=s.body("minutes.document.running", date=date),
        watermark=texts(f"minutes.watermark.{watermark}") if watermark else "",
        contents=texts("minutes.document.contents"),
        attachments=(texts("minutes.attachment.journal"), texts("minutes.attachment.checkpoint")),
        cover=_cover(s),
        sections=tuple(_sections(s)),
        signature=_signature(s, proof),
    )


def compose_draft(s: Scribe) -> Sheet:
    """The sheet of a draft, whose journal is not closed yet: nothing is said of its head."""
    return compose(s.minutes, s.texts, Proof(origin="", size=0, root=""), watermark="draft")


def _cover(s: Scribe) -> Cover:
    convened = s.minutes.convened
    day = s.calendar.local(convened.scheduled_for).date()
    return Cover(
        body=convened.body_name,
        assembly=s.body("minutes.body"),
        title=s.texts("minutes.document.kind"),
        date=s.texts("minutes.cover.date", date=s.calendar.long_day(day)),
        subtitle=convened.title,
        facts=tuple((s.texts(f"minutes.cover.{code}"), value) for code, value in _facts(s) if value),
        notice=" ".join(_notices(s)),
    )


def _facts(s: Scribe) -> Iterator[tuple[str, str]]:
    minutes = s.minutes
    convened = minutes.convened
    yield "chair", s.people.with_office(minutes.chair) if minutes.chair else ""
    yield "secretary", s.people.full(minutes.secretary) if minutes.secretary else ""
    where = s.texts(f"minutes.mode.{convened.mode.value}")
    yield "place", " – ".join(filter(None, (sentence(where).rstrip("."), convened.place)))
    yield "summons", s.calendar.day(convened.summoned_on) if convened.summoned_on else ""
    yield "opened", s.calendar.hour(minutes.opened.at) if minutes.opened else ""
    yield "closed", s.calendar.hour(minutes.closed.at) if minutes.closed else ""
    yield "quorum", s.quorum(minutes.opened.quorum) if minutes.opened else ""
    items, polls = len(minutes.accounts), len(minutes.polls)
    said = (
        s.texts.plural("minutes.cover.items", items, n=items),
        s.texts.plural("minutes.cover.polls", polls, n=polls),
    )
    yield "work", ", ".join(said)


def _notices(s: Scribe) -> Iterator[str]:
    convened = s.minutes.convened
    if convened.body is Body.STANDING_COMMITTEE and convened.standing_orders.public_board:
        yield s.texts("minutes.notice.cpr.public")
    else:
        yield s.body("minutes.notice")


def _sections(s: Scribe) -> Iterator[Section]:
    minutes = s.minutes
    yield Section(level=1, title=s.texts("minutes.section.overview"), blocks=(overview(s),))
    yield Section(level=1, title=s.texts("minutes.section.opening"), blocks=tuple(_opening(s)))
    if minutes.accounts:
        yield Section(level=1, title=s.texts("minutes.section.items"))
        for place, account in enumerate(minutes.accounts):
            yield item_section(s, account, anchor(place))
    yield Section(level=1, title=s.texts("minutes.section.closing"), blocks=tuple(_closing(s)))
    yield from life(s)
    yield from speaking(s)
    yield from annex(s)


def _opening(s: Scribe) -> Iterator[Block]:
    minutes = s.minutes
    if minutes.not_held is not None:
        yield from _not_held(s, minutes.not_held)
    elif minutes.opened is None:
        yield Paragraph(text=s.texts("minutes.opening.not_yet"))
    else:
        local = s.calendar.local(minutes.opened.at)
        yield Paragraph(
            text=s.body(
                "minutes.opening",
                date=s.calendar.day_in_words(local.date()),
                hour=s.calendar.hour_in_words(minutes.opened.at),
                where=s.where,
                chair=s.people.with_office(minutes.opened.chair),
            ),
            style="lead",
        )
    yield from _summons(s)
    yield from _remarks(s)
    yield from (Paragraph(text=stated(s, one), style="note") for one in minutes.stated)
    yield from (incident(s, one) for one in minutes.early)
    yield from lists(s)
    yield from _roll_call(s)
    if minutes.opened is not None:
        yield Paragraph(text=s.texts("minutes.opening.quorum", quorum=s.quorum(minutes.opened.quorum)))
    yield from told(s, minutes.preamble)


def _summons(s: Scribe) -> Iterator[Block]:
    convened = s.minutes.convened
    said = []
    if convened.summoned_on:
        said.append(s.texts("minutes.summons", date=s.calendar.day(convened.summoned_on)))
    if convened.mode is not Mode.ROOM and convened.summons_mentions_remote:
        said.append(s.texts("minutes.summons.remote"))
    if convened.second_convocation_of is not None:
        said.append(_second(s))
    if said:
        yield Paragraph(text=" ".join(said))


def _second(s: Scribe) -> str:
    first = s.minutes.convened.first_convocation
    if first is None:
        return s.texts("minutes.summons.second")
    day = s.calendar.day(date.fromisoformat(first.scheduled_on))
    return s.texts("minutes.summons.second_of", date=day, sitting=first.sitting, lines=first.lines, root=first.root)


def _not_held(s: Scribe, fact: e.SittingNotHeld) -> Iterator[Block]:
    """The record of a sitting without quorum: the figure, its article, who was missing."""
    said = s.texts("minutes.not_held", hour=s.calendar.hour(fact.at), quorum=s.quorum(fact.quorum))
    yield Paragraph(text=said, style="lead")
    if fact.missing:
        yield listed(s.texts("minutes.not_held.missing"), s.names(fact.missing))


def _remarks(s: Scribe) -> Iterator[Block]:
    """What the law wants the assembly to answer for, with its article."""
    for remark in s.minutes.convened.remarks:
        if remark.code in FOR_THE_MINUTES:
            yield Paragraph(text=remark_sentence(s.texts, remark), style="note")


def _roll_call(s: Scribe) -> Iterator[Block]:
    call = s.minutes.roll_call
    if call is None:
        return
    hour = s.calendar.hour
    if call.closed is None:
        yield Paragraph(text=s.texts("minutes.roll_call.running", opened=hour(call.opened_at)))
        return
    yield Paragraph(text=s.texts("minutes.roll_call", opened=hour(call.opened_at), closed=hour(call.closed.at)))
    represented = {t.grantor for t in s.minutes.terms if t.since <= call.closed.at}
    silent = tuple(person for person in call.closed.missing if person not in represented)
    if silent:
        yield listed(s.texts.plural("minutes.roll_call.missing", len(silent)), s.names(silent))


def _closing(s: Scribe) -> Iterator[Block]:
    minutes = s.minutes
    if minutes.not_taken:
        items = minutes.items
        names = tuple(
            s.texts("minutes.closing.item", number=items[i].number, title=items[i].title) for i in minutes.not_taken
        )
        yield listed(s.texts("minutes.closing.not_taken"), names)
    if minutes.closed is None:
        code = "not_yet" if minutes.not_held is None else "not_held"
        yield Paragraph(text=s.texts(f"minutes.closing.{code}"))
        return
    hour = s.calendar.hour_in_words(minutes.closed.at)
    yield Paragraph(text=s.texts(f"minutes.closing.{'some_left' if minutes.not_taken else 'all_done'}", hour=hour))


def _signature(s: Scribe, proof: Proof) -> SignaturePage:
    lines = (
        s.texts("minutes.proof.journal", size=proof.size, origin=proof.origin),
        s.texts("minutes.proof.root"),
        s.texts("minutes.proof.verify"),
    )
    return SignaturePage(
        title=s.texts("minutes.section.signatures"),
        text=s.body("minutes.signature.text"),
        proof=lines,
        root=proof.root,
        boxes=tuple(_box(s, signatory) for signatory in signatories(s.minutes)),
        seal=s.texts("minutes.signature.seal"),
    )


def _box(s: Scribe, signatory: Signatory) -> SignatureBox:
    person: PersonId = signatory.person
    capacity = s.people.word(f"minutes.signature.{signatory.capacity.value}", person)
    name = s.people.full(person)
    return SignatureBox(
        field=signatory.field,
        capacity=sentence(capacity).rstrip("."),
        name=name,
        label=s.texts("minutes.signature.label", capacity=capacity, name=name),
    )
