"""What the staff records of a poll that is not pressed: the name called, a show of hands, papers and their register."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from voting.domain import events as e
from voting.domain.attendance import Source
from voting.domain.contests import OptionCount, count_options
from voting.domain.ids import PersonId
from voting.domain.nominal import NominalCall
from voting.domain.polls import Ballot, Mandate, Papers, Poll
from voting.domain.tally import Choice, Tally, count

CountEvent = e.NameCalled | e.HandsCounted | e.PapersCounted | e.VotersMarked


def counted(poll: Poll, event: CountEvent) -> Poll:
    """The poll after that event."""
    match event:
        case e.NameCalled():
            call = poll.call or NominalCall(order=())
            is_over = event.member is None
            return replace(poll, call=replace(call, called=event.member, round=event.round, is_over=is_over))
        case e.HandsCounted():
            return replace(poll, ballots=shown_hands(event, poll.electorate, poll.ballots))
        case e.PapersCounted():
            papers = Papers(
                envelopes=event.envelopes,
                votes_for=event.votes_for,
                against=event.against,
                blank=event.blank,
                invalid=event.invalid,
            )
            return replace(poll, papers=papers)
        case e.VotersMarked():
            return replace(poll, marked=frozenset(event.members))
        case _:
            assert_never(event)


def shown_hands(
    event: e.HandsCounted, electorate: Mapping[PersonId, Mandate], before: Mapping[PersonId, Ballot]
) -> Mapping[PersonId, Ballot]:
    """Every voice of a show of hands: as named; else, by proxy, as its holder's; else for.

    In the form of votes, so that a voice has one form; none of them is in the journal, the count is.
    """
    named = dict.fromkeys(event.against, Choice.AGAINST)
    named |= dict.fromkeys(event.abstention, Choice.ABSTENTION)
    named |= dict.fromkeys(event.not_taking_part, Choice.NOT_TAKING_PART)
    ballots: dict[PersonId, Ballot] = {}
    for member, mandate in electorate.items():
        choice = named.get(member, named.get(mandate.voter, Choice.FOR))
        revision = before[member].revision + 1 if member in before else 0
        ballots[member] = e.VoteCast(
            at=event.at,
            by=event.by,
            poll=event.poll,
            member=member,
            choice=choice,
            source=Source.CLERK,
            revision=revision,
        )
    return ballots


def tally_of(poll: Poll) -> Tally:
    """The count of that poll as it stands: of its ballots, or of its papers."""
    papers = poll.papers
    if papers is None:
        return count((b.choice for b in poll.ballots.values()), len(poll.electorate))
    return Tally(
        votes_for=papers.votes_for,
        against=papers.against,
        abstention=0,
        not_taking_part=0,
        no_answer=len(poll.electorate) - papers.envelopes,
        blank=papers.blank,
        invalid=papers.invalid,
    )


def counts_of(poll: Poll) -> tuple[OptionCount, ...]:
    """How many chose each option, by its ballots or by its papers; nothing where the question is for or against."""
    if poll.contest is None:
        return ()
    if poll.papers is not None:
        return poll.counts
    chosen = (b.option for b in poll.ballots.values() if b.option is not None)
    return count_options(poll.contest.options, chosen)


def college_tallies(poll: Poll) -> tuple[Tally, ...]:
    """The count of each college of that poll, in their order."""
    return tuple(
        count((poll.ballots[m].choice for m in part.members if m in poll.ballots), len(part.members))
        for part in poll.colleges
    )
