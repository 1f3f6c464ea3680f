"""The part of ``evolve`` that only a choice among several has."""

from dataclasses import replace
from typing import assert_never

from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.ids import ItemId
from voting.domain.polls import Papers, Poll, PollState
from voting.domain.sitting import Polls, Sitting

ContestEvent = e.BallotUncovered | e.OptionPapersCounted | e.ElderStated | e.ContestProclaimed | e.UnopposedDeclared


def evolve_contest(sitting: Sitting, event: ContestEvent) -> Sitting:
    """The sitting after that event."""
    match event:
        case e.BallotUncovered():
            agenda = replace(sitting.agenda, uncovered=sitting.agenda.uncovered | {event.item})
            return replace(sitting, agenda=agenda)
        case e.OptionPapersCounted():
            poll = replace(sitting.polls.all[event.poll], papers=papers_of(event), counts=event.counts)
            return _with_poll(sitting, poll, is_pending=True)
        case e.ElderStated():
            poll = replace(sitting.polls.all[event.poll], elder=event.option)
            return _with_poll(sitting, poll, is_pending=True)
        case e.ContestProclaimed():
            return _proclaimed(sitting, event)
        case e.UnopposedDeclared():
            agenda = replace(sitting.agenda, unopposed={**sitting.agenda.unopposed, event.item: event.label})
            return _chosen(replace(sitting, agenda=agenda), event.item)
        case _:
            assert_never(event)


def papers_of(event: e.OptionPapersCounted) -> Papers:
    """The box as figures: those for somebody together, blank and invalid ones."""
    return Papers(
        envelopes=event.envelopes,
        votes_for=sum(x.votes for x in event.counts),
        against=0,
        blank=event.blank,
        invalid=event.invalid,
    )


def _proclaimed(sitting: Sitting, event: e.ContestProclaimed) -> Sitting:
    """A round that chose nobody leaves the item on the floor, for the next one."""
    poll = replace(sitting.polls.all[event.poll], state=PollState.PROCLAIMED, result=event.result)
    settled = _with_poll(sitting, poll, is_pending=False)
    return settled if event.result.winner is None else _chosen(settled, poll.item)


def _chosen(sitting: Sitting, item: ItemId) -> Sitting:
    return replace(sitting, agenda=sitting.agenda.moved(item, ItemState.CHOSEN), speakers=sitting.speakers.renewed())


def _with_poll(sitting: Sitting, poll: Poll, *, is_pending: bool) -> Sitting:
    polls = Polls(all={**sitting.polls.all, poll.id: poll}, pending=poll.id if is_pending else None)
    return replace(sitting, polls=polls)
