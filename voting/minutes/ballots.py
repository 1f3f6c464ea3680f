"""Polls on paper: the block of each one with its names by choice, and the nominative annex."""

from collections.abc import Iterator

from voting.domain.ids import PersonId
from voting.domain.tally import Choice, Tally
from voting.minutes.blocks import Names, Paragraph, PollBlock, Section, TableBlock, TableRow, listed
from voting.minutes.contests import contest_block, contest_title, options_legend
from voting.minutes.facts import PollRecord
from voting.minutes.grouping import named
from voting.minutes.scribe import Scribe, sentence
from voting.wording.blocks import of_block
from voting.wording.sentences import Subject, choice_word, outcome_sentence, subject_of

ANNEX_WIDTH = 20
"""Polls side by side in one block of the annex: more would not be legible."""

_CHOICES = (Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART, None)


def subject(scribe: Scribe, poll: PollRecord) -> Subject:
    """What the poll decides on: the request it answers, or the item by its kind."""
    return subject_of(poll.opened.purpose, [scribe.minutes.items[i].kind for i in poll.items])


def poll_block(scribe: Scribe, poll: PollRecord) -> PollBlock:
    """One poll. A void one keeps its title, its course and the reason, and shows no voice."""
    contest = poll.opened.contest
    if contest is not None and poll.annulled is None and poll.closed is not None:
        return contest_block(scribe, poll, contest, poll.closed, _course(scribe, poll))
    title = _title(scribe, poll)
    verdict = _verdict(scribe, poll)
    if poll.annulled is not None or poll.closed is None:
        return PollBlock(
            title=title, course=_course(scribe, poll), labels=(), figures=(), names=(), verdict=verdict, void=True
        )
    rows = _paper_figures(scribe, poll, poll.closed.tally) if poll.is_secret else _figures(scribe, poll.closed.tally)
    labels, figures = zip(*rows, strict=True)
    return PollBlock(
        title=title,
        course=_course(scribe, poll),
        labels=labels,
        figures=figures,
        names=tuple(_register(scribe, poll) if poll.is_secret else _names(scribe, poll)),
        verdict=verdict,
    )


def _title(scribe: Scribe, poll: PollRecord) -> str:
    if poll.opened.contest is not None:
        return contest_title(scribe, poll, poll.opened.contest)
    return scribe.texts(f"minutes.poll.title.{poll.opened.purpose.value}", number=poll.opened.number)


def _course(scribe: Scribe, poll: PollRecord) -> str:
    hour = scribe.calendar.hour
    parts = [scribe.texts(f"minutes.method.{poll.opened.method.value}")]
    struck = _redone(scribe, poll)
    if struck is not None:
        parts.append(scribe.texts("minutes.poll.redoes", number=struck.opened.number))
    parts.append(scribe.texts("minutes.poll.opened", hour=hour(poll.opened.at)))
    if poll.opened.ends_at is not None:
        parts.append(scribe.texts("minutes.poll.announced", hour=hour(poll.opened.ends_at)))
    if poll.closed is not None:
        parts.append(scribe.texts("minutes.poll.closed", hour=hour(poll.closed.at)))
    if poll.final is not None:
        by = poll.final.by
        parts.append(
            scribe.people.word("minutes.poll.proclaimed", by, hour=hour(poll.final.at))
            if by == scribe.minutes.chair
            else scribe.texts("minutes.poll.proclaimed.by", hour=hour(poll.final.at), name=scribe.people.short(by))
        )
    return sentence(", ".join(parts))


def _redone(scribe: Scribe, poll: PollRecord) -> PollRecord | None:
    """The poll that was struck and that this one holds again: the one before, on the same question."""
    before = [p for p in scribe.minutes.polls if p.opened.number == poll.opened.number - 1]
    same = [p for p in before if (p.opened.item, p.opened.purpose) == (poll.opened.item, poll.opened.purpose)]
    return next((p for p in same if p.annulled is not None), None)


def _figures(scribe: Scribe, tally: Tally) -> Iterator[tuple[str, str]]:
    yield scribe.texts("minutes.poll.electors"), str(tally.electors)
    yield scribe.texts("minutes.poll.votes_cast"), str(tally.votes_cast)
    counts = (tally.votes_for, tally.against, tally.abstention, tally.not_taking_part, tally.no_answer)
    for choice, count in zip(_CHOICES, counts, strict=True):
        yield choice_word(scribe.texts, choice), str(count)


def _paper_figures(scribe: Scribe, poll: PollRecord, tally: Tally) -> Iterator[tuple[str, str]]:
    """What came out of the box. Nothing is said of the abstentions: a paper has none."""
    yield scribe.texts("minutes.poll.electors"), str(tally.electors)
    yield scribe.texts("minutes.poll.envelopes"), str(tally.electors - tally.no_answer)
    yield scribe.texts("minutes.poll.blank"), str(tally.blank)
    yield scribe.texts("minutes.poll.invalid"), str(tally.invalid)
    yield scribe.texts("minutes.poll.votes_cast"), str(tally.votes_cast)
    yield choice_word(scribe.texts, Choice.FOR), str(tally.votes_for)
    yield choice_word(scribe.texts, Choice.AGAINST), str(tally.against)


def _register(scribe: Scribe, poll: PollRecord) -> Iterator[Names]:
    """Who put a paper into the box, where a register was kept; never how."""
    if poll.marked:
        label = scribe.texts("minutes.poll.register", n=len(poll.marked))
        yield listed(label, tuple(scribe.people.voice(m) for m in poll.opened.electorate if m.member in poll.marked))
    yield from _recused(scribe, poll)


def _recused(scribe: Scribe, poll: PollRecord) -> Iterator[Names]:
    if poll.recused:
        label = scribe.texts("minutes.poll.recused", n=len(poll.recused))
        yield listed(label, scribe.names(poll.recused))


def _names(scribe: Scribe, poll: PollRecord) -> Iterator[Names]:
    for choice in _CHOICES:
        mandates = poll.mandates(choice)
        if mandates:
            label = scribe.texts("minutes.poll.names", choice=choice_word(scribe.texts, choice), n=len(mandates))
            voices = tuple(scribe.spoken(poll, m) for m in mandates)
            yield listed(label, voices)
    yield from _recused(scribe, poll)


def _verdict(scribe: Scribe, poll: PollRecord) -> str:
    if poll.annulled is not None:
        return sentence(scribe.texts("minutes.poll.annulled", reason=poll.annulled.reason))
    if poll.closed is None or poll.proclaimed is None:
        return scribe.texts("minutes.poll.pending")
    about = subject(scribe, poll)
    said = outcome_sentence(scribe.texts, poll.closed.tally, poll.proclaimed.decision, about, poll.terms)
    return sentence(of_block(scribe.texts, said, named(scribe, poll)))


def annex(scribe: Scribe) -> tuple[Section, ...]:
    """Who voted what, members down and polls across, in blocks of twenty polls; then what the letters mean.

    A secret ballot is not in it.
    """
    polls = [p for p in scribe.minutes.polls if p.annulled is None and p.closed is not None and not p.is_secret]
    if not polls:
        return ()
    legend = Paragraph(text=scribe.texts("minutes.annex.legend"), style="legal")
    blocks = [polls[n : n + ANNEX_WIDTH] for n in range(0, len(polls), ANNEX_WIDTH)]
    opening = Section(
        level=1, title=scribe.texts("minutes.annex.title"), blocks=(legend, *options_legend(scribe, polls)), wide=True
    )
    return (opening, *(_annex_block(scribe, block) for block in blocks))


def _annex_block(scribe: Scribe, polls: list[PollRecord]) -> Section:
    first, last = polls[0].opened.number, polls[-1].opened.number
    code = "minutes.annex.block" if first != last else "minutes.annex.block.one"
    heard = {m.member for p in polls for m in p.opened.electorate}
    members = [m.id for m in scribe.minutes.convened.members if m.votes or m.id in heard]
    rows = tuple(TableRow(cells=(scribe.people.short(m), *(_letter(scribe, p, m) for p in polls))) for m in members)
    header = (scribe.texts("minutes.annex.member"), *(str(p.opened.number) for p in polls))
    table = TableBlock(header=header, rows=rows, numeric=1, dense=True)
    return Section(level=2, title=scribe.texts(code, first=first, last=last), blocks=(table,), wide=True)


def _letter(scribe: Scribe, poll: PollRecord, member: PersonId) -> str:
    choice, option = poll.choice_of(member), poll.option_of(member)
    if option is not None:
        return option.removeprefix("o")
    if choice is not None:
        return scribe.texts(f"minutes.annex.letter.{choice.value}")
    if member in poll.recused:
        return scribe.texts("minutes.annex.letter.recused")
    elector = any(m.member == member for m in poll.opened.electorate)
    return scribe.texts(f"minutes.annex.letter.{'no_answer' if elector else 'absent'}")
