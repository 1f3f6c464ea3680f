"""The summary for the press: what was adopted, rejected, put off, with the result in words and how each group voted."""

from collections import Counter
from collections.abc import Iterator

from voting.domain import events as e
from voting.domain.groups import group_of
from voting.domain.tally import Choice
from voting.minutes.ballots import subject
from voting.minutes.blocks import Block, Names, Paragraph, Section
from voting.minutes.exports.decided import Decided, Resolution, Round, resolutions
from voting.minutes.exports.extracts import opening
from voting.minutes.exports.paper import Paper, must_be_public
from voting.minutes.exports.papers import chosen_words, paper
from voting.minutes.scribe import Scribe, sentence
from voting.wording.sentences import outcome_sentence

_CHOICES = (Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART, None)


def press_summary(scribe: Scribe) -> tuple[Paper, ...]:
    """One PDF of what may be told; a confidential item is not in it."""
    must_be_public(scribe.minutes)
    made = resolutions(scribe.minutes, public=True)
    adopted = [one for one in made if one.is_adopted]
    rejected = [one for one in made if not one.is_adopted]
    postponed = list(_postponed(scribe))
    parts = (
        ("adopted", tuple(_told(scribe, one) for one in adopted)),
        ("rejected", tuple(_told(scribe, one) for one in rejected)),
        ("postponed", tuple(Paragraph(text=title) for title in postponed)),
    )
    counts = {"adopted": len(adopted), "rejected": len(rejected), "postponed": len(postponed)}
    sections = [
        Section(level=1, title=scribe.texts("papers.press.sitting"), blocks=tuple(_sitting(scribe, counts))),
        *(Section(level=1, title=scribe.texts(f"papers.press.{code}"), blocks=told) for code, told in parts if told),
        Section(level=1, title="", blocks=(Paragraph(text=scribe.texts("papers.press.standing"), style="legal"),)),
    ]
    return (paper(scribe, "press", tuple(sections)),)


def _sitting(scribe: Scribe, counts: dict[str, int]) -> Iterator[Block]:
    opened = scribe.minutes.opened
    yield opening(scribe)
    if opened is not None:
        yield Paragraph(text=scribe.quorum(opened.quorum))
    figures = [scribe.texts.plural(f"papers.press.count.{code}", n, n=n) for code, n in counts.items() if n]
    yield Paragraph(text=sentence(", ".join(figures) or scribe.texts("papers.press.count.none")))


def _told(scribe: Scribe, one: Resolution) -> Names:
    last = one.last
    if last is None or isinstance(last.verdict, Round):
        said = [sentence(chosen_words(scribe, one))]
    else:
        about = subject(scribe, last.poll)
        said = [sentence(outcome_sentence(scribe.texts, last.tally, last.verdict, about, last.poll.terms, aloud=True))]
        said += [sentence(scribe.texts("papers.press.groups", groups=groups)) for groups in _groups(scribe, last)]
    label = scribe.texts("papers.press.item", number=one.item.number, title=one.item.title)
    return Names(label=label, text=" ".join(said))


def _groups(scribe: Scribe, one: Decided) -> Iterator[str]:
    """What the voices of each group were, in the order of the roll; nothing where voices have no names."""
    if not one.poll.ballots:
        return
    roll, nobody = scribe.minutes.roll, scribe.texts("papers.press.no_group")
    voices: dict[str, Counter[Choice | None]] = {group_of(member) or nobody: Counter() for member in roll.values()}
    for choice in _CHOICES:
        for mandate in one.poll.mandates(choice):
            voices[group_of(roll[mandate.member]) or nobody][choice] += 1
    yield " ; ".join(_group(scribe, name, counted) for name, counted in voices.items() if counted)


def _group(scribe: Scribe, name: str, voices: Counter[Choice | None]) -> str:
    texts = scribe.texts
    counts = [
        texts(f"outcome.figure.{choice.value}", n=voices[choice])
        if choice in (Choice.FOR, Choice.AGAINST)
        else texts.plural(f"outcome.figure.{choice.value if choice else 'no_answer'}", voices[choice], n=voices[choice])
        for choice in _CHOICES
        if voices[choice]
    ]
    return texts("papers.press.group", name=name, counts=", ".join(counts))


def _postponed(scribe: Scribe) -> Iterator[str]:
    for account in scribe.minutes.accounts:
        if not account.item.confidential and any(isinstance(entry, e.ItemPostponed) for entry in account.entries):
            yield scribe.texts("papers.press.later", number=account.item.number, title=account.item.title)
