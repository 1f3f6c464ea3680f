"""What the staff records of a vote given in the room: the next name, a show of hands, papers, their register."""

from collections import Counter
from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.counting import shown_hands
from voting.domain.decide import guards
from voting.domain.decide.votes import next_name, no_mandate
from voting.domain.ids import PersonId
from voting.domain.polls import Papers, Poll
from voting.domain.refusals import AlreadyRecorded, PollNotOpen
from voting.domain.refusals.ballots import (
    NamedTwice,
    NamesLeftToCall,
    NobodyLeftToCall,
    NotCountedYet,
    OtherMethod,
    PapersDoNotAddUp,
    TooManyPapers,
)
from voting.domain.ruleset import RuleSet, VotingMethod
from voting.domain.sitting import Phase, Sitting

Command = c.CallNextName | c.RecordHands | c.RecordPapers | c.MarkVoters

_METHODS = {
    c.CallNextName: VotingMethod.ROLL_CALL,
    c.RecordHands: VotingMethod.SHOW_OF_HANDS,
    c.RecordPapers: VotingMethod.SECRET,
    c.MarkVoters: VotingMethod.SECRET,
}


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """All of it is the staff's, while the poll is open and held in that way."""
    guards.phase(sitting, Phase.OPEN)
    guards.staff(sitting, command.by)
    poll = sitting.polls.open_poll()
    if poll is None:
        raise PollNotOpen()
    is_for_or_against = isinstance(command, c.RecordHands | c.RecordPapers)
    if poll.method is not _METHODS[type(command)] or (is_for_or_against and poll.contest is not None):
        raise OtherMethod()
    match command:
        case c.CallNextName():
            return _call(poll, command, now)
        case c.RecordHands():
            return _hands(sitting, poll, command, rules, now)
        case c.RecordPapers():
            return _papers(poll, command, now)
        case c.MarkVoters():
            _check_names(sitting, poll, command.members, rules)
            members = tuple(m for m in poll.electorate if m in command.members)
            if poll.marked == frozenset(members):
                raise AlreadyRecorded()
            return [e.VotersMarked(at=now, by=command.by, poll=poll.id, members=members)]
        case _:
            assert_never(command)


def check_complete(poll: Poll) -> None:
    """Refuses to close a poll whose names were not all called, or whose hands or papers were not recorded."""
    match poll.method:
        case VotingMethod.ROLL_CALL:
            left = poll.call.left(poll.ballots.__contains__) if poll.call is not None else 0
            if left:
                raise NamesLeftToCall(left=left)
        case VotingMethod.SHOW_OF_HANDS:
            if not poll.ballots:
                raise NotCountedYet()
        case VotingMethod.SECRET:
            if poll.papers is None:
                raise NotCountedYet()
        case VotingMethod.ELECTRONIC:
            pass
        case _:
            assert_never(poll.method)


def _call(poll: Poll, command: c.CallNextName, now: datetime) -> list[e.SittingEvent]:
    call = poll.call
    if call is None or call.is_over:
        raise NobodyLeftToCall()
    if command.called not in (None, call.called):
        raise AlreadyRecorded()
    return [next_name(poll, poll.ballots.__contains__, call, command.by, now)]


def _hands(sitting: Sitting, poll: Poll, command: c.RecordHands, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    named = (*command.against, *command.abstention, *command.not_taking_part)
    _check_names(sitting, poll, named, rules)
    shown = e.HandsCounted(
        at=now,
        by=command.by,
        poll=poll.id,
        against=command.against,
        abstention=command.abstention,
        not_taking_part=command.not_taking_part,
    )
    ballots = shown_hands(shown, poll.electorate, poll.ballots)
    if all(m in poll.ballots and poll.ballots[m].choice is b.choice for m, b in ballots.items()):
        raise AlreadyRecorded()
    return [shown]


def _check_names(sitting: Sitting, poll: Poll, named: tuple[PersonId, ...], rules: RuleSet) -> None:
    for member, times in Counter(named).items():
        if member not in poll.electorate:
            raise no_mandate(sitting, poll, member, rules)
        if times > 1:
            raise NamedTwice(member=member)


def _papers(poll: Poll, command: c.RecordPapers, now: datetime) -> list[e.SittingEvent]:
    counts = (command.votes_for, command.against, command.blank, command.invalid)
    if sum(counts) != command.envelopes or min(counts) < 0:
        raise PapersDoNotAddUp(envelopes=command.envelopes, papers=sum(counts))
    if command.envelopes > len(poll.electorate):
        raise TooManyPapers(envelopes=command.envelopes, electors=len(poll.electorate))
    if poll.papers == Papers(
        envelopes=command.envelopes,
        votes_for=command.votes_for,
        against=command.against,
        blank=command.blank,
        invalid=command.invalid,
    ):
        raise AlreadyRecorded()
    return [
        e.PapersCounted(
            at=now,
            by=command.by,
            poll=poll.id,
            envelopes=command.envelopes,
            votes_for=command.votes_for,
            against=command.against,
            blank=command.blank,
            invalid=command.invalid,
        )
    ]
