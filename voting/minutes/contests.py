"""A choice among several on paper: its round, what it took, the names behind each option, the elder, the result."""

from collections.abc import Iterator

from voting.domain import events as e
from voting.domain.contests import Contest
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice
from voting.minutes.blocks import Names, Paragraph, PollBlock, listed
from voting.minutes.facts import PollRecord
from voting.minutes.scribe import Scribe, sentence
from voting.wording.contests import contest_sentence, option_label, round_title
from voting.wording.sentences import choice_word

_OTHERS = (Choice.ABSTENTION, Choice.NOT_TAKING_PART, None)


def contest_title(scribe: Scribe, poll: PollRecord, contest: Contest) -> str:
    """Its number, whether people are elected, and which round it is."""
    return scribe.texts(
        "minutes.contest.poll_title", number=poll.opened.number, round=round_title(scribe.texts, contest)
    )


def contest_block(scribe: Scribe, poll: PollRecord, contest: Contest, closed: e.PollClosed, course: str) -> PollBlock:
    """One round that was counted."""
    labels, figures = zip(*_figures(scribe, contest, closed), strict=True)
    return PollBlock(
        title=contest_title(scribe, poll, contest),
        course=course,
        labels=labels,
        figures=figures,
        names=tuple(_names(scribe, poll, contest, closed)),
        verdict=_verdict(scribe, poll, contest, closed),
    )


def _figures(scribe: Scribe, contest: Contest, closed: e.PollClosed) -> Iterator[tuple[str, str]]:
    tally = closed.tally
    yield scribe.texts("minutes.poll.electors"), str(tally.electors)
    yield scribe.texts("minutes.poll.votes_cast"), str(tally.votes_cast)
    needed = scribe.texts("minutes.contest.relative") if contest.relative else str(contest.needed(tally.votes_cast))
    yield scribe.texts("minutes.contest.majority"), needed
    if tally.blank or tally.invalid:
        yield scribe.texts("minutes.contest.blank"), str(tally.blank)
        yield scribe.texts("minutes.contest.invalid"), str(tally.invalid)
    counts = (tally.abstention, tally.not_taking_part, tally.no_answer)
    for choice, count in zip(_OTHERS, counts, strict=True):
        yield choice_word(scribe.texts, choice), str(count)


def _names(scribe: Scribe, poll: PollRecord, contest: Contest, closed: e.PollClosed) -> Iterator[Names]:
    if poll.opened.method is VotingMethod.SECRET:
        yield from _totals(scribe, contest, closed)
        return
    for count in closed.counts:
        name = option_label(contest, count.option)
        label = scribe.texts("minutes.contest.names", option=name, n=count.votes)
        mandates = poll.choosing(count.option)
        yield (
            listed(label, (scribe.spoken(poll, m) for m in mandates))
            if mandates
            else listed(label, (scribe.texts("minutes.contest.nobody"),))
        )
    for choice in _OTHERS:
        mandates = poll.mandates(choice)
        if mandates:
            label = scribe.texts("minutes.poll.names", choice=choice_word(scribe.texts, choice), n=len(mandates))
            yield listed(label, (scribe.spoken(poll, m) for m in mandates))
    if poll.recused:
        yield listed(scribe.texts("minutes.poll.recused", n=len(poll.recused)), scribe.names(poll.recused))


def _totals(scribe: Scribe, contest: Contest, closed: e.PollClosed) -> Iterator[Names]:
    """The papers of each option: figures, and never whose."""
    for count in closed.counts:
        label = scribe.texts("minutes.contest.option", option=option_label(contest, count.option))
        yield listed(label, (scribe.texts("minutes.contest.votes", n=count.votes),))


def _verdict(scribe: Scribe, poll: PollRecord, contest: Contest, closed: e.PollClosed) -> str:
    if poll.chosen is None:
        return scribe.texts("minutes.poll.pending")
    said = sentence(contest_sentence(scribe.texts, contest, closed.counts, closed.tally, poll.chosen.result))
    return said if poll.elder is None else f"{said} {_elder(scribe, contest, poll.elder)}"


def _elder(scribe: Scribe, contest: Contest, elder: e.ElderStated) -> str:
    return scribe.texts(
        "minutes.contest.elder",
        name=option_label(contest, elder.option),
        by=scribe.people.short(elder.by),
        hour=scribe.calendar.hour(elder.at),
    )


def remark(scribe: Scribe, entry: e.BallotUncovered | e.UnopposedDeclared) -> Paragraph:
    """What was settled without a vote."""
    if isinstance(entry, e.BallotUncovered):
        return Paragraph(text=scribe.texts("minutes.contest.uncovered"))
    text = scribe.texts(
        "minutes.contest.unopposed",
        name=entry.label,
        by=scribe.people.short(entry.by),
        hour=scribe.calendar.hour(entry.at),
        article=entry.article,
    )
    return Paragraph(text=text, style="verdict")


def options_legend(scribe: Scribe, polls: list[PollRecord]) -> Iterator[Paragraph]:
    """What the numbers of the annex stand for, poll by poll."""
    for poll in polls:
        contest = poll.opened.contest
        if contest is not None:
            options = " ; ".join(f"{o.id.removeprefix('o')} {o.label}" for o in contest.options)
            text = scribe.texts("minutes.contest.legend", number=poll.opened.number, options=options)
            yield Paragraph(text=text, style="legal")
