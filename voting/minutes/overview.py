"""The agenda and what became of each item, in one table: what a reader looks for first, and where to find the rest."""

from collections.abc import Iterator

from voting.domain import events as e
from voting.domain.ids import ItemId
from voting.minutes.ballots import subject
from voting.minutes.blocks import TableBlock, TableRow
from voting.minutes.facts import ItemAccount, PollRecord
from voting.minutes.scribe import Scribe, sentence
from voting.wording.contests import chosen_words
from voting.wording.sentences import Subject, verdict_word

_FIGURES = ("for", "against", "abstention", "nppv", "no_answer")


def overview(scribe: Scribe) -> TableBlock:
    """A line for each poll, for each item that had none, and for each item of the summons that was not taken."""
    columns = ("poll", "item", *_FIGURES, "outcome", "page")
    return TableBlock(
        header=tuple(scribe.texts(f"minutes.table.{code}") for code in columns),
        rows=(*_taken(scribe), *_not_taken(scribe)),
        numeric=2,
    )


def anchor(place: int) -> str:
    """The name of the place of the n-th account in the document."""
    return f"item-{place}"


def _taken(scribe: Scribe) -> Iterator[TableRow]:
    accounts = scribe.minutes.accounts
    for place, account in enumerate(accounts):
        polls = [entry for entry in account.entries if isinstance(entry, PollRecord)]
        for poll in polls:
            for item in poll.items:
                yield _poll(scribe, poll, item, anchor(place))
        together = {i for poll in scribe.minutes.polls if poll.final is not None for i in poll.opened.also}
        later = account.item.id in together or any(other.item.id == account.item.id for other in accounts[place + 1 :])
        state = _state(account, polls, later=later)
        if state:
            yield _plain(scribe, _title(scribe, account.item.number, account.item.title), state, anchor(place))


def _state(account: ItemAccount, polls: list[PollRecord], *, later: bool) -> str:
    """The code of what is said of an item apart from its polls; empty when they, or a later account, say it all."""
    if any(isinstance(entry, e.ItemPostponed) for entry in account.entries):
        return "postponed"
    if any(isinstance(entry, e.UnopposedDeclared) for entry in account.entries):
        return "unopposed"
    return "" if polls or later else "no_vote"


def _not_taken(scribe: Scribe) -> Iterator[TableRow]:
    items = scribe.minutes.items
    for item in scribe.minutes.not_taken:
        state = "moot" if item in scribe.minutes.moot else "not_taken"
        yield _plain(scribe, _title(scribe, items[item].number, items[item].title), state, "")


def _poll(scribe: Scribe, poll: PollRecord, decided: ItemId, target: str) -> TableRow:
    item = scribe.minutes.items[decided]
    code = f"minutes.table.title.{poll.opened.purpose.value}"
    title = scribe.texts(code, number=item.number, title=item.title)
    number = str(poll.opened.number)
    if poll.annulled is not None:
        return _row(scribe, number, title, "annulled", target)
    about = item.kind if poll.decides_item else subject(scribe, poll)
    outcome = _outcome(scribe, poll, about)
    if poll.closed is None or not outcome:
        return _row(scribe, number, title, "pending", target)
    tally = poll.closed.tally
    void = scribe.texts("minutes.table.void")
    others = (str(tally.abstention), str(tally.not_taking_part)) if not poll.is_secret else (void, void)
    counts = (str(tally.votes_for), str(tally.against), *others, str(tally.no_answer))
    return TableRow(cells=(number, title, *counts, outcome), target=target)


def _outcome(scribe: Scribe, poll: PollRecord, about: Subject) -> str:
    """The proclaimed result in a few words; empty before."""
    if poll.proclaimed is not None:
        said = verdict_word(scribe.texts, poll.proclaimed.decision, about)
    elif poll.chosen is not None and poll.opened.contest is not None:
        said = chosen_words(scribe.texts, poll.opened.contest, poll.chosen.result)
    else:
        return ""
    return sentence(said).rstrip(".")


def _plain(scribe: Scribe, title: str, state: str, target: str) -> TableRow:
    return _row(scribe, scribe.texts("minutes.table.void"), title, state, target)


def _row(scribe: Scribe, number: str, title: str, state: str, target: str) -> TableRow:
    void = scribe.texts("minutes.table.void")
    return TableRow(
        cells=(number, title, *[void] * len(_FIGURES), scribe.texts(f"minutes.table.{state}")), target=target
    )


def _title(scribe: Scribe, number: str, title: str) -> str:
    return scribe.texts("minutes.table.title.item", number=number, title=title)
