"""The papers of a few pages: list of resolutions, attendance sheet, votes by name, the chair's speaking notes."""

from collections.abc import Iterator

from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.ids import PersonId
from voting.minutes.ballots import annex, poll_block
from voting.minutes.blocks import Block, Paragraph, Section, TableBlock, TableRow
from voting.minutes.exports.attendance import presence, represented
from voting.minutes.exports.decided import Decided, Resolution, Round, day, decided, resolutions
from voting.minutes.exports.leaflet import Leaflet, printed
from voting.minutes.exports.paper import Paper, must_be_public
from voting.minutes.presence import lists
from voting.minutes.scribe import Scribe, sentence
from voting.wording.contests import chosen_sentence, contest_sentence, round_title
from voting.wording.sentences import verdict_word


def resolutions_list(scribe: Scribe) -> tuple[Paper, ...]:
    """Every resolution put to the vote, approved or not, to be posted within a week."""
    must_be_public(scribe.minutes)
    header = ("number", "title", "for", "against", "abstention", "outcome")
    made = resolutions(scribe.minutes, public=True)
    table = TableBlock(
        header=tuple(scribe.texts(f"papers.list.{column}") for column in header),
        rows=tuple(TableRow(cells=_resolution_cells(scribe, one)) for one in made),
        numeric=2,
    )
    opening = Paragraph(text=scribe.texts.plural("papers.list.opening", len(made), n=len(made)))
    sections = [Section(level=1, title="", blocks=(opening, table) if made else (opening,))]
    rounds = tuple(line for one in made for line in _rounds(scribe, one))
    if rounds:
        sections.append(Section(level=1, title=scribe.texts("papers.list.rounds"), blocks=rounds))
    return (paper(scribe, "list", tuple(sections)),)


def attendance_sheet(scribe: Scribe) -> tuple[Paper, ...]:
    """Who came, when, and who was represented."""
    header = ("order", "name", "presence", "represented")
    rows = tuple(
        TableRow(
            cells=(
                str(place),
                scribe.people.with_office(member.id),
                presence(scribe, member),
                represented(scribe, member),
            )
        )
        for place, member in enumerate(scribe.minutes.convened.members, 1)
    )
    table = TableBlock(
        header=tuple(scribe.texts(f"papers.attendance.{column}") for column in header), rows=rows, numeric=9
    )
    opened = scribe.minutes.opened
    quorum = [Paragraph(text=scribe.quorum(opened.quorum))] if opened else []
    sections = (
        Section(level=1, title=scribe.texts("papers.attendance.summary"), blocks=(*quorum, *lists(scribe))),
        Section(level=1, title=scribe.texts("papers.attendance.detail"), blocks=(table,)),
    )
    return (paper(scribe, "attendance", sections),)


def named_votes(scribe: Scribe) -> tuple[Paper, ...]:
    """Each proclaimed poll with its names, then the table of all of them."""
    polls = [
        Section(level=1, title=_title(scribe, one), blocks=(poll_block(scribe, one.poll),))
        for one in decided(scribe.minutes)
    ]
    nothing = Section(level=1, title="", blocks=(Paragraph(text=scribe.texts("papers.votes.none")),))
    return (paper(scribe, "votes", (*polls, *annex(scribe)) if polls else (nothing,)),)


def speaking_notes(scribe: Scribe) -> tuple[Paper, ...]:
    """What the chair says, from the opening to the close, item by item; it can be printed before the sitting."""
    items = scribe.minutes.convened.items
    sections = [
        Section(level=1, title=scribe.texts("papers.notes.opening"), blocks=_say(scribe, "opening", *_OPENING)),
        *(Section(level=2, title=_item_title(item), blocks=tuple(_item_notes(scribe, item))) for item in items),
        Section(level=1, title=scribe.texts("papers.notes.closing"), blocks=_say(scribe, "closing", "close")),
    ]
    return (paper(scribe, "notes", tuple(sections)),)


_OPENING = ("welcome", "roll_call", "quorum", "secretary", "minutes")


def _say(scribe: Scribe, part: str, *lines: str) -> tuple[Block, ...]:
    return tuple(Paragraph(text=scribe.texts(f"papers.notes.{part}.{line}")) for line in lines)


def _item_notes(scribe: Scribe, item: AgendaItem) -> Iterator[Block]:
    texts = scribe.texts
    if item.rapporteur:
        name = scribe.people.full(PersonId(item.rapporteur))
        yield Paragraph(text=texts("papers.notes.rapporteur", name=name))
    if item.commission and item.opinion:
        yield Paragraph(text=texts("papers.notes.opinion", commission=item.commission, opinion=item.opinion))
    yield Paragraph(text=texts("papers.notes.floor"))
    if item.kind is not ItemKind.INFORMATION:
        yield Paragraph(text=texts(f"papers.notes.vote.{item.kind.value}", number=item.number), style="lead")
        yield Paragraph(text=texts("papers.notes.result"))
    if item.confidential:
        yield Paragraph(text=texts("papers.notes.confidential"), style="note")


def _item_title(item: AgendaItem) -> str:
    return f"{item.number} – {item.title}"


def _title(scribe: Scribe, one: Decided) -> str:
    return scribe.texts("papers.votes.poll", number=one.poll.opened.number, item=_item_title(one.item))


def _resolution_cells(scribe: Scribe, one: Resolution) -> tuple[str, ...]:
    """Number, title, figures and outcome; figures only where one is for or against."""
    last = one.last
    if last is None or isinstance(last.verdict, Round):
        return (one.item.number, one.item.title, *["–"] * 3, sentence(chosen_words(scribe, one)))
    outcome = sentence(verdict_word(scribe.texts, last.verdict, one.item.kind)).rstrip(".")
    figures = (last.tally.votes_for, last.tally.against, last.tally.abstention)
    return (one.item.number, one.item.title, *map(str, figures), outcome)


def chosen_words(scribe: Scribe, one: Resolution) -> str:
    """Who or what is chosen, on which ground, in which round."""
    if one.unopposed is not None:
        return scribe.texts("papers.list.unopposed", name=one.unopposed.label, article=one.unopposed.article)
    last = one.rounds[-1]
    said = chosen_sentence(scribe.texts, last.contest, last.result)
    return scribe.texts("papers.list.chosen", chosen=said, round=round_title(scribe.texts, last.contest))


def _rounds(scribe: Scribe, one: Resolution) -> Iterator[Paragraph]:
    """Each round of a choice with its figures, under the number of its item."""
    for poll in one.polls:
        if isinstance(poll.verdict, Round):
            contest, result = poll.verdict.contest, poll.verdict.result
            said = contest_sentence(scribe.texts, contest, poll.verdict.votes, poll.tally, result)
            round_ = round_title(scribe.texts, contest)
            text = scribe.texts("papers.list.round", number=one.item.number, round=round_, said=said)
            yield Paragraph(text=sentence(text))


def paper(scribe: Scribe, code: str, sections: tuple[Section, ...]) -> Paper:
    """Those sections under the heading and the file name of that paper."""
    convened = scribe.minutes.convened
    subtitle = scribe.texts("papers.subtitle", title=convened.title, date=scribe.calendar.long_day(day(scribe)))
    leaflet = Leaflet(
        name=f"{scribe.texts(f'papers.file.{code}')}-{convened.sitting}.pdf",
        heading=scribe.texts(f"papers.title.{code}"),
        subtitle=subtitle,
        sections=sections,
    )
    return printed(scribe, leaflet)
