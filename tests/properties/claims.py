"""What is true of every sitting at every instant, said a second time and as naively as possible."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.attendance import Presence, Source
from voting.domain.evolve import evolve, fold
from voting.domain.ids import ItemId, PersonId, RequestId
from voting.domain.polls import Poll, PollState, Purpose
from voting.domain.queue import queue
from voting.domain.ruleset import QuorumBase, RuleSet, VotingMethod
from voting.domain.seats import occupants, quorum, sits
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import PRIORITY
from voting.domain.standing_orders import MajorityBase
from voting.domain.tally import Choice, Ground, Outcome

History = Sequence[e.SittingEvent]


def the_fold_is_the_state(sitting: Sitting, history: History) -> None:
    """Replayed from the first event, the record gives the state reached step by step."""
    assert fold(history) == sitting


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


def at_most_one_speaker(sitting: Sitting, history: History) -> None:
    """A turn begins when none runs and ends by a fact; the speaker is here and takes part."""
    running: PersonId | None = None
    for event in history:
        match event:
            case e.FloorGiven():
                assert running is None
                running = event.person
            case e.FloorEnded():
                assert running == event.person
                running = None
            case e.FloorUndone():
                before = _turns(history[: history.index(event)])
                running = before[event.restored] if event.restored is not None else None
            case _:
                pass
    turn = sitting.speakers.turn
    assert running == (turn.person if turn is not None else None)
    if turn is not None:
        assert sitting.is_here(turn.person)
        assert not sitting.agenda.is_recused(turn.person)


def the_order_is_a_permutation_of_the_list(sitting: Sitting) -> None:
    """Nobody is lost or doubled by the order; points of order come first, personal statements last."""
    ordered = queue(sitting)
    assert Counter(ordered) == Counter(sitting.speakers.waiting)
    places = [PRIORITY[r.kind] for r in ordered]
    assert places == sorted(places)


def time_is_counted_once(sitting: Sitting, history: History) -> None:
    """The turns that are over are those given, ended and not taken back; none lasted longer than it ran."""
    ran: dict[RequestId, datetime] = {}
    counted: list[RequestId] = []
    longest: dict[RequestId, timedelta] = {}
    for event in history:
        match event:
            case e.FloorGiven():
                ran[event.request] = event.at
            case e.FloorEnded():
                counted.append(event.request)
                longest[event.request] = event.at - ran[event.request]
            case e.FloorUndone():
                counted = [r for r in counted if r != event.restored]
            case _:
                pass
    heard = sitting.speakers.heard
    assert [h.request for h in heard] == counted
    assert all(timedelta() <= h.spoken <= longest[h.request] for h in heard)


def the_list_holds_people_who_are_here_once_for_each_reason(sitting: Sitting) -> None:
    """Nobody waits twice for the same reason, nor from outside."""
    waiting = [(r.person, r.kind) for r in sitting.speakers.waiting]
    assert len(set(waiting)) == len(waiting)
    assert all(sitting.is_here(person) for person, _ in waiting)


def nobody_holds_too_many_proxies(sitting: Sitting, rules: RuleSet) -> None:
    """At any instant; none is held by its grantor, none is chained, none goes to somebody without a vote."""
    held = Counter(p.holder for p in sitting.proxies.values())
    assert all(number <= rules.proxies.max_per_holder for number in held.values())
    assert not set(held) & set(sitting.proxies)
    assert all(sitting.roll[p].votes for p in (*held, *sitting.proxies))


def proxies_end_with_arrivals_and_departures(sitting: Sitting) -> None:
    """A living proxy began after the last arrival of its grantor and the last departure of its holder."""
    for proxy in sitting.proxies.values():
        here = _since(sitting, proxy.grantor, here=True)
        assert here is None or here <= proxy.begins
        gone = _since(sitting, proxy.holder, here=False)
        assert gone is None or gone <= proxy.begins


def the_quorum_counts_the_right_people(sitting: Sitting, rules: RuleSet) -> None:
    """Seat by seat: never somebody absent or recused, never a proxy where the law wants presence."""
    check = quorum(sitting, rules)
    present = represented = 0
    for seat in sitting.voting_members():
        if _takes_part(sitting, seat.id) or _replaced(sitting, rules, seat.id):
            present += 1
            continue
        proxy = sitting.proxies.get(seat.id)
        used = proxy is not None and proxy.accepted_at is not None and _takes_part(sitting, proxy.holder)
        represented += used and not sitting.is_here(seat.id) and not sitting.agenda.is_recused(seat.id)
    assert (check.present, check.represented, check.in_office) == (present, represented, len(sitting.voting_members()))
    with_proxies = rules.quorum(1, second_convocation=False).base is QuorumBase.PRESENT_OR_REPRESENTED
    assert check.counted == present + (represented if with_proxies else 0)


def items_are_called_with_their_own_quorum(history: History, rules: RuleSet) -> None:
    """The quorum on record is that of the item, reached: more than half, or none on a second convocation."""
    state: Sitting | None = None
    for event in history:
        state = evolve(state, event)
        if isinstance(event, e.ItemCalled | e.PollOpened | e.SittingOpened):
            assert event.quorum == quorum(state, rules)
            again = state.facts.second_convocation_of is not None
            assert again or 2 * event.quorum.counted > event.quorum.in_office


def polls_open_in_good_order(history: History, rules: RuleSet) -> None:
    """At each opening: quorum reached, a lawful method, voters here and not recused, somebody in the chair."""
    state: Sitting | None = None
    for event in history:
        if isinstance(event, e.PollOpened):
            assert state is not None
            assert state.course.phase is Phase.OPEN
            assert event.quorum.is_reached
            assert event.quorum == quorum(state, rules)
            assert event.method in rules.methods.allowed
            _opens_where_it_may(state, event)
            _needs_what_it_says(state, event)
            assert event.item == state.agenda.current
            people = {p for m in event.electorate for p in (m.voter, m.member)}
            assert not any(state.agenda.is_recused(p) for p in people)
            assert all(state.is_here(m.voter) for m in event.electorate)
            assert _takes_part(state, state.officers.chair)
        state = evolve(state, event)


def _opens_where_it_may(state: Sitting, event: e.PollOpened) -> None:
    if event.method in (VotingMethod.SHOW_OF_HANDS, VotingMethod.SECRET):
        assert all(state.presence(m.voter) is Presence.IN_ROOM for m in event.electorate)
    called = event.method is VotingMethod.ROLL_CALL
    assert sorted(event.call_order) == (sorted(m.member for m in event.electorate) if called else [])


def _needs_what_it_says(state: Sitting, event: e.PollOpened) -> None:
    if event.contest is not None:
        assert event.majority is None  # a choice among several has its own
        return
    assert event.majority is not None
    present = sum(1 for m in event.electorate if m.member == m.voter)
    whole = {
        MajorityBase.VOTES_CAST: None,
        MajorityBase.PRESENT: present,
        MajorityBase.PRESENT_OR_REPRESENTED: len(event.electorate),
        MajorityBase.IN_OFFICE: len(state.voting_members()),
    }[event.majority.base]
    assert event.majority.whole == whole
    assert (event.majority.required is None) == (whole is None)
    voters = {m.member for m in event.electorate}
    parts = [set(part.members) for part in event.colleges]
    assert not parts or (set.union(*parts) == voters and sum(map(len, parts)) == len(voters))


def results_are_said_by_the_chair(history: History) -> None:
    """Each proclamation is the chair's, present, on a closed poll; a tie is broken by his own voice only."""
    state: Sitting | None = None
    for event in history:
        if isinstance(event, e.ResultProclaimed | e.ContestProclaimed):
            assert state is not None
            poll = state.polls.all[event.poll]
            assert poll.state is PollState.CLOSED
            assert event.by == state.officers.chair
            assert state.is_here(event.by)
            if isinstance(event, e.ResultProclaimed) and event.decision.ground is Ground.CASTING_VOTE:
                assert not poll.electorate[event.by].is_proxy
                assert poll.method is not VotingMethod.SECRET
                assert poll.majority.is_simple
                assert not poll.colleges
                assert poll.ballots[event.by].choice is event.decision.chair_choice
        state = evolve(state, event)


def items_stand_where_their_votes_put_them(sitting: Sitting, rules: RuleSet) -> None:
    """One item under discussion at most; what is adopted or rejected is so by its one proclaimed poll."""
    discussed = [i for i, state in sitting.agenda.states.items() if state is ItemState.UNDER_DISCUSSION]
    assert discussed == ([sitting.agenda.current] if sitting.agenda.current is not None else [])
    for item, state in sitting.agenda.states.items():
        outcomes = _outcomes(sitting.polls.of_item(item), Purpose.ITEM)
        expected = {Outcome.ADOPTED: ItemState.ADOPTED, Outcome.REJECTED: ItemState.REJECTED}
        chosen = [p.id for p in sitting.polls.of_item(item) if p.result is not None and p.result.winner is not None]
        if state is ItemState.CHOSEN or chosen:
            assert (state is ItemState.CHOSEN, len(chosen) + (item in sitting.agenda.unopposed)) == (True, 1)
        if state in expected.values() or outcomes:
            assert [expected[x] for x in outcomes] == [state]
        secret = _outcomes(sitting.polls.of_item(item), Purpose.SECRET_BALLOT_REQUEST)
        assert len(secret) <= 1
        if Outcome.ADOPTED in secret:
            if rules.secrecy.postpones:
                assert state is ItemState.POSTPONED
            voted = [p.method for p in sitting.polls.of_item(item) if p.purpose is Purpose.ITEM and p.decision]
            assert not voted or voted == [VotingMethod.SECRET]
        assert not (outcomes and sitting.items[item].kind is ItemKind.INFORMATION)


def items_voted_together_have_one_electorate(sitting: Sitting, history: History) -> None:
    """What one poll decides was put together before and not taken out since; nobody withdrew from any of it."""
    groups: list[list[ItemId]] = []
    state: Sitting | None = None
    for event in history:
        if isinstance(event, e.BlockFormed):
            groups.append(list(event.items))
        if isinstance(event, e.BlockItemRemoved):
            groups = [[i for i in group if i != event.item] for group in groups]
        if isinstance(event, e.PollOpened) and event.purpose is Purpose.ITEM:
            assert state is not None
            together = [event.item, *event.also]
            assert together in [*(g for g in groups if len(g) > 1), [event.item]]
            assert len(together) > 1 or not any(event.item in g and len(g) > 1 for g in groups)
            if event.also:
                groups = [[i for i in group if i not in together] for group in groups]
                assert event.method is not VotingMethod.SECRET
                assert not any(state.agenda.recused.get(i) for i in together)
                assert {sitting.items[i].kind for i in together} <= {ItemKind.REPORT, ItemKind.MOTION}
        state = evolve(state, event)
    assert list(map(list, sitting.agenda.blocks)) == [g for g in groups if len(g) > 1]
    for poll in sitting.polls.all.values():
        if poll.decision is not None and poll.also:
            assert len({sitting.agenda.states[i] for i in poll.items}) == 1


def nothing_follows_the_end(history: History) -> None:
    """The closing is the last event."""
    assert not any(isinstance(x, e.SittingClosed) for x in history[:-1])


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


def _turns(history: History) -> dict[RequestId, PersonId]:
    return {x.request: x.person for x in history if isinstance(x, e.FloorGiven)}


def _votes(history: History, poll: Poll) -> list[e.VoteCast]:
    return [x for x in history if isinstance(x, e.VoteCast) and x.poll == poll.id]


def _seat(sitting: Sitting, member: PersonId) -> PersonId:
    return sitting.roll[member].substitute_for or member


def _takes_part(sitting: Sitting, person: PersonId) -> bool:
    return sitting.is_here(person) and not sitting.agenda.is_recused(person)


def _replaced(sitting: Sitting, rules: RuleSet, seat: PersonId) -> bool:
    substitutes = [x.id for x in sitting.roll.values() if x.substitute_for == seat]
    return rules.substitutes is not None and any(_takes_part(sitting, x) for x in substitutes)


def _outcomes(polls: Iterable[Poll], purpose: Purpose) -> list[Outcome]:
    proclaimed = (p for p in polls if p.purpose is purpose and p.state is PollState.PROCLAIMED)
    return [p.decision.outcome for p in proclaimed if p.decision is not None]


def _since(sitting: Sitting, person: PersonId, *, here: bool) -> datetime | None:
    """When that person last came (or went), None if never."""
    intervals = sitting.register.get(person, ())
    before = [Presence.ABSENT, *(x.presence for x in intervals)]
    moves = [
        x.since for x, was in zip(intervals, before, strict=False) if x.presence.is_here is here is not was.is_here
    ]
    return moves[-1] if moves else None


def check_state(sitting: Sitting, rules: RuleSet) -> None:
    """The claims on the state alone: quick."""
    one_voice_per_seat(sitting, rules)
    every_ballot_has_its_mandate(sitting)
    short_ways_lead_where_long_ones_do(sitting, rules)
    the_list_holds_people_who_are_here_once_for_each_reason(sitting)
    the_order_is_a_permutation_of_the_list(sitting)
    nobody_holds_too_many_proxies(sitting, rules)
    proxies_end_with_arrivals_and_departures(sitting)
    the_quorum_counts_the_right_people(sitting, rules)
    items_stand_where_their_votes_put_them(sitting, rules)


def check(sitting: Sitting, history: History, rules: RuleSet) -> None:
    """All of them."""
    check_state(sitting, rules)
    the_fold_is_the_state(sitting, history)
    votes_counted_are_votes_recorded(sitting, history)
    papers_counted_are_papers_recorded(sitting, history)
    names_are_called_in_order(sitting, history)
    revisions_follow_one_another(sitting, history)
    votes_fall_between_opening_and_close(history)
    at_most_one_speaker(sitting, history)
    time_is_counted_once(sitting, history)
    items_are_called_with_their_own_quorum(history, rules)
    polls_open_in_good_order(history, rules)
    results_are_said_by_the_chair(history)
    items_voted_together_have_one_electorate(sitting, history)
    nothing_follows_the_end(history)
