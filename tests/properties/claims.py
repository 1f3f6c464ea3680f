"""What is true of every sitting at every instant, said a second time and as naively as possible."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from tests.properties import claims_floor as floor
from tests.properties import claims_votes as votes
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.attendance import Presence
from voting.domain.events.minuting import MinutingEvent
from voting.domain.evolve import evolve, fold
from voting.domain.ids import ItemId, PersonId
from voting.domain.polls import Poll, PollState, Purpose
from voting.domain.ruleset import QuorumBase, RuleSet, VotingMethod
from voting.domain.seats import quorum
from voting.domain.sitting import Phase, Sitting
from voting.domain.standing_orders import MajorityBase
from voting.domain.tally import Ground, Outcome

History = Sequence[e.SittingEvent]


def the_fold_is_the_state(sitting: Sitting, history: History) -> None:
    """Replayed from the first event, the record gives the state reached step by step."""
    assert fold(history) == sitting


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
            parts = 3 if state.facts.rule_set.startswith("emergency-2020") else 2
            reached = parts * event.quorum.counted - event.quorum.in_office
            assert again or reached > 0 or (parts == 3 and reached == 0)


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


def what_is_decided_in_writing_was_written_on(history: History, rules: RuleSet) -> None:
    """Every item of such a poll had its exchange, closed at its hour or later; half of the seats took part (R50)."""
    if rules.conduct.participation is None:
        assert not any(isinstance(x, e.ExchangeOpened | e.MessageWritten | e.ParticipationFound) for x in history)
        return
    until: dict[ItemId, datetime] = {}
    held: set[ItemId] = set()
    for place, event in enumerate(history):
        match event:
            case e.ExchangeOpened() | e.ExchangeProlonged():
                assert event.until > event.at
                until[event.item] = event.until
                held.discard(event.item)
            case e.ExchangeClosed():
                assert event.at >= until[event.item]
                held.add(event.item)
            case e.PollOpened() if event.purpose is Purpose.ITEM:
                assert {event.item, *event.also} <= held
            case e.ParticipationFound():
                assert len(set(event.members)) == len(event.members) >= event.needed
                closed = history[place + 1]
                assert isinstance(closed, e.PollClosed)
                assert closed.poll == event.poll
            case _:
                pass


def nothing_follows_the_end(history: History) -> None:
    """After the closing only the document is written."""
    ends = [place for place, x in enumerate(history) if isinstance(x, e.SittingClosed | e.SittingNotHeld)]
    assert len(ends) <= 1
    assert all(isinstance(x, MinutingEvent) for place in ends for x in history[place + 1 :])


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
    votes.one_voice_per_seat(sitting, rules)
    votes.every_ballot_has_its_mandate(sitting)
    votes.short_ways_lead_where_long_ones_do(sitting, rules)
    floor.the_list_holds_people_who_are_here_once_for_each_reason(sitting)
    floor.the_order_is_a_permutation_of_the_list(sitting)
    nobody_holds_too_many_proxies(sitting, rules)
    proxies_end_with_arrivals_and_departures(sitting)
    the_quorum_counts_the_right_people(sitting, rules)
    items_stand_where_their_votes_put_them(sitting, rules)


def check(sitting: Sitting, history: History, rules: RuleSet) -> None:
    """All of them."""
    check_state(sitting, rules)
    the_fold_is_the_state(sitting, history)
    votes.votes_counted_are_votes_recorded(sitting, history)
    votes.papers_counted_are_papers_recorded(sitting, history)
    votes.names_are_called_in_order(sitting, history)
    votes.revisions_follow_one_another(sitting, history)
    votes.votes_fall_between_opening_and_close(history)
    floor.at_most_one_speaker(sitting, history)
    floor.time_is_counted_once(sitting, history)
    items_are_called_with_their_own_quorum(history, rules)
    polls_open_in_good_order(history, rules)
    results_are_said_by_the_chair(history)
    items_voted_together_have_one_electorate(sitting, history)
    what_is_decided_in_writing_was_written_on(history, rules)
    nothing_follows_the_end(history)
