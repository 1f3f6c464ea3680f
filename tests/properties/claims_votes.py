"""What is true of every voice and every count, said a second time and as naively as possible."""

from collections import Counter
from collections.abc import Sequence

from voting.domain import events as e
from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.domain.polls import Poll
from voting.domain.ruleset import RuleSet, VotingMethod
from voting.domain.seats import occupants, sits
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice

History = Sequence[e.SittingEvent]


def votes_counted_are_votes_recorded(sitting: Sitting, history: History) -> None:
    """The figures of a closed poll are those of the last voices in the record, whatever path led there."""
    for poll in sitting.polls.all.values():
        last = _last_voices(history, poll)
        assert {member: b.choice for member, b in poll.ballots.items()} == last
        if poll.tally is None or poll.method is VotingMethod.SECRET:
            continue
        figures = Counter(last.values())
        said = poll.tally
        assert (said.votes_for, said.against) == (figures[Choice.FOR], figures[Choice.AGAINST])
        assert (said.abstention, said.not_taking_part) == (figures[Choice.ABSTENTION], figures[Choice.NOT_TAKING_PART])
        assert said.no_answer == len(poll.electorate) - len(last) >= 0
        assert said.electors == len(poll.electorate)
        assert (said.blank, said.invalid) == (0, 0)
        assert len(poll.college_tallies) == len(poll.colleges)
        for part, tally in zip(poll.colleges, poll.college_tallies, strict=True):
            assert tally.votes_for == sum(1 for m in part.members if last.get(m) is Choice.FOR)
            assert tally.electors == len(part.members)


def papers_counted_are_papers_recorded(sitting: Sitting, history: History) -> None:
    """A secret ballot has no name but in its register, and its figures are those of the last count."""
    for poll in sitting.polls.all.values():
        if poll.method is not VotingMethod.SECRET:
            assert poll.papers is None
            assert not poll.marked
            continue
        counts = [x for x in history if isinstance(x, e.PapersCounted) and x.poll == poll.id]
        if poll.tally is not None:
            last, said = counts[-1], poll.tally
            found = (said.votes_for, said.against, said.blank, said.invalid)
            assert found == (last.votes_for, last.against, last.blank, last.invalid)
            assert sum(found) == last.envelopes == len(poll.electorate) - said.no_answer
            assert (said.abstention, said.not_taking_part) == (0, 0)
        assert poll.marked <= set(poll.electorate)


def names_are_called_in_order(sitting: Sitting, history: History) -> None:
    """Every name once, then a second time those only who had not answered; all of it before the close."""
    for poll in sitting.polls.all.values():
        if poll.call is None:
            continue
        heard: set[PersonId] = set()
        calls: list[tuple[int, PersonId | None]] = []
        for event in history:
            if isinstance(event, e.VoteCast) and event.poll == poll.id:
                assert (1, event.member) in calls
                heard.add(event.member)
            if isinstance(event, e.NameCalled) and event.poll == poll.id:
                assert event.round == 1 or event.member is None or event.member not in heard
                calls.append((event.round, event.member))
        assert sorted(poll.call.order) == sorted(poll.electorate)
        first = [member for turn, member in calls if turn == 1 and member is not None]
        assert first == list(poll.call.order)[: len(first)]
        if poll.tally is not None:
            silent = [m for m in poll.electorate if m not in heard]
            assert all((2, m) in calls for m in silent)


def one_voice_per_seat(sitting: Sitting, rules: RuleSet) -> None:
    """No seat is heard twice: neither through a proxy nor through a substitute; nobody gives more than he may."""
    for poll in sitting.polls.all.values():
        seats = [_seat(sitting, m.member) for m in poll.electorate.values()]
        assert len(set(seats)) == len(seats) <= len(sitting.voting_members())
        assert all(member == mandate.member for member, mandate in poll.electorate.items())
        given = Counter(m.voter for m in poll.electorate.values() if m.is_proxy)
        assert all(number <= rules.proxies.max_per_holder for number in given.values())
        own = {m.member for m in poll.electorate.values() if not m.is_proxy}
        assert set(given) <= own


def every_ballot_has_its_mandate(sitting: Sitting) -> None:
    """A ballot belongs to a mandate, and was given by its voter, or spoken and recorded."""
    for poll in sitting.polls.all.values():
        for member, ballot in poll.ballots.items():
            mandate = poll.electorate[member]
            recorded = Source.CLERK if poll.method is VotingMethod.SHOW_OF_HANDS else Source.VOICE
            assert ballot.by == mandate.voter or ballot.source is recorded


def short_ways_lead_where_long_ones_do(sitting: Sitting, rules: RuleSet) -> None:
    """What is asked at every vote is not computed over all the seats, and says the same."""
    sitting_now = {occupant for _, occupant in occupants(sitting, rules)}
    for person in sitting.roll:
        assert sits(sitting, rules, person) == (person in sitting_now)
        for poll in sitting.polls.all.values():
            given = [m for m in poll.electorate.values() if m.voter == person]
            assert poll.mandates_of(person) == tuple(sorted(given, key=lambda m: (m.is_proxy, m.member)))


def revisions_follow_one_another(sitting: Sitting, history: History) -> None:
    """The voices of one mandate are numbered from 0 without a gap."""
    for poll in sitting.polls.all.values():
        if poll.method is VotingMethod.SHOW_OF_HANDS:
            shown = [x for x in history if isinstance(x, e.HandsCounted) and x.poll == poll.id]
            assert {b.revision for b in poll.ballots.values()} == ({len(shown) - 1} if shown else set())
            continue
        for member, ballot in poll.ballots.items():
            revisions = [x.revision for x in _votes(history, poll) if x.member == member]
            assert revisions == list(range(ballot.revision + 1))


def votes_fall_between_opening_and_close(history: History) -> None:
    """No voice before its poll opens nor after it closes or is struck; one poll at a time."""
    running = pending = None
    for event in history:
        match event:
            case e.PollOpened():
                assert pending is None
                running = pending = event.poll
            case (
                e.VoteCast()
                | e.NameCalled()
                | e.HandsCounted()
                | e.PapersCounted()
                | e.VotersMarked()
                | e.OptionPapersCounted()
            ):
                assert event.poll == running
            case e.PollClosed():
                assert event.poll == running
                running = None
            case e.ResultProclaimed() | e.ContestProclaimed() | e.PollAnnulled():
                assert event.poll == pending
                running = pending = None
            case _:
                pass


def _last_voices(history: History, poll: Poll) -> dict[PersonId, Choice]:
    """What each voice said last: one by one, or all at once by a show of hands."""
    last = {x.member: x.choice for x in _votes(history, poll)}
    for event in history:
        if isinstance(event, e.HandsCounted) and event.poll == poll.id:
            for mandate in poll.electorate.values():
                last[mandate.member] = Choice.FOR
                for who in (mandate.voter, mandate.member):
                    last[mandate.member] = _named(event, who) or last[mandate.member]
    return last


def _named(event: e.HandsCounted, who: PersonId) -> Choice | None:
    if who in event.against:
        return Choice.AGAINST
    if who in event.abstention:
        return Choice.ABSTENTION
    return Choice.NOT_TAKING_PART if who in event.not_taking_part else None


def _votes(history: History, poll: Poll) -> list[e.VoteCast]:
    return [x for x in history if isinstance(x, e.VoteCast) and x.poll == poll.id]


def _seat(sitting: Sitting, member: PersonId) -> PersonId:
    return sitting.roll[member].substitute_for or member
