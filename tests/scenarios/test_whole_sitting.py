"""The demonstration's sitting, held over the wire at full speed: what the journal says of it, and what Teams saw."""

from collections import Counter
from pathlib import Path

import pytest

from bot.simulation.looks import buttons
from bot.simulation.script import Script
from bot.texts import catalogue
from tests.scenarios.theatre import Played, convocation, play
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.attendance import Source
from voting.domain.ids import ItemId, PersonId
from voting.domain.polls import Poll, PollState, Purpose
from voting.domain.proxies import ProxyEnd
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice, Ground, Outcome

CHOICES = {choice.value for choice in Choice}
NOTICES = 3
"""Of a whole sitting, in one person's own chat: a proxy offered, the console of who leads."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("sitting"), convocation())


def _part(played: Played, name: str) -> PersonId:
    return played.staging.cast[name]


def _item(played: Played, chapter: str) -> ItemId:
    return next(item for item, staged in played.staging.items.items() if staged.chapter == chapter)


def _poll(played: Played, chapter: str) -> Poll:
    """The one that settled the item of that chapter."""
    return next(p for p in played.sitting.polls.of_item(_item(played, chapter)) if p.purpose is Purpose.ITEM)


def _all(played: Played, *kinds: type[e.SittingEvent]) -> list[e.SittingEvent]:
    return [event for event in played.events if isinstance(event, kinds)]


# --- the record -------------------------------------------------------------------------------------------------------


def test_the_sitting_is_held_to_its_end(played: Played) -> None:
    assert played.sitting.course.phase is Phase.CLOSED
    states = {played.sitting.items[item].kind: state for item, state in played.sitting.agenda.states.items()}
    assert states.pop(ItemKind.INFORMATION) is ItemState.CLOSED
    assert set(states.values()) <= {ItemState.ADOPTED, ItemState.REJECTED}
    assert all(poll.state is PollState.PROCLAIMED for poll in played.sitting.polls.all.values())


def test_every_vote_counts_as_it_was_meant_and_no_other(played: Played) -> None:
    for poll in played.sitting.polls.all.values():
        staged = played.staging.items[poll.item]
        meant = staged.choices if poll.purpose is Purpose.ITEM else staged.request_choices
        assert {member: ballot.choice for member, ballot in poll.ballots.items()} == meant, poll.number


def test_no_voice_is_written_twice_whoever_clicks_how_often(played: Played) -> None:
    written = Counter((v.poll, v.member, v.revision) for v in played.events if isinstance(v, e.VoteCast))
    assert set(written.values()) == {1}
    assert any(len(poll.ballots) == 25 for poll in played.sitting.polls.all.values())


def test_the_chair_breaks_the_tie(played: Played) -> None:
    poll = _poll(played, "tie")
    assert poll.tally is not None
    assert poll.decision is not None
    assert poll.tally.votes_for == poll.tally.against > 0
    assert poll.decision.ground is Ground.CASTING_VOTE
    own = poll.ballots[_part(played, "chair")].choice
    assert poll.decision.outcome is (Outcome.ADOPTED if own is Choice.FOR else Outcome.REJECTED)


def test_an_amendment_is_rejected_before_its_report_is_voted(played: Played) -> None:
    amendment, report = _item(played, "defeat"), played.sitting.items[_item(played, "defeat")].parent
    assert report is not None
    assert played.sitting.agenda.states[amendment] is ItemState.REJECTED
    called = [event.item for event in played.events if isinstance(event, e.ItemCalled)]
    assert called.index(amendment) < called.index(report)


def test_the_holder_votes_for_the_absent_member(played: Played) -> None:
    grantor, holder = _part(played, "absentee"), _part(played, "holder")
    polls = played.sitting.polls.all.values()
    assert all(poll.ballots[grantor].by == holder for poll in polls)
    assert all(poll.ballots[holder].by == holder for poll in polls)


def test_a_proxy_is_taken_back_and_its_member_votes_himself(played: Played) -> None:
    traveller, friend = _part(played, "traveller"), _part(played, "friend")
    [ended] = [event for event in played.events if isinstance(event, e.ProxyEnded)]
    assert (ended.grantor, ended.holder, ended.reason) == (traveller, friend, ProxyEnd.REVOKED)
    by = [poll.ballots[traveller].by for poll in played.sitting.polls.all.values()]
    assert by[0] == friend
    assert by[-1] == traveller
    assert len(_all(played, e.ProxyAccepted)) == 2


def test_late_members_vote_from_their_arrival_on(played: Played) -> None:
    opened = next(event.at for event in played.events if isinstance(event, e.SittingOpened))
    for part in ("latecomer", "late"):
        person = _part(played, part)
        [arrival] = [x.at for x in played.events if isinstance(x, e.AttendanceRecorded) and x.person == person]
        assert arrival > opened
        for poll in played.sitting.polls.all.values():
            assert (person in poll.electorate) == (poll.opened_at > arrival)


def test_who_withdraws_from_an_item_has_no_voice_on_it(played: Played) -> None:
    person = _part(played, "interested")
    [recusal] = [event for event in played.events if isinstance(event, e.RecusalDeclared)]
    assert (recusal.person, recusal.item) == (person, _item(played, "recusal"))
    without = [p.item for p in played.sitting.polls.all.values() if person not in p.electorate]
    assert without == [recusal.item]


def test_a_secret_ballot_is_asked_for_and_refused(played: Played) -> None:
    [request] = [p for p in played.sitting.polls.all.values() if p.purpose is Purpose.SECRET_BALLOT_REQUEST]
    assert request.item == _item(played, "secret")
    assert request.decision is not None
    assert request.decision.outcome is Outcome.REJECTED
    assert played.sitting.agenda.states[request.item] is ItemState.ADOPTED


def test_a_changed_vote_is_kept_and_the_last_one_counts(played: Played) -> None:
    person, poll = _part(played, "waverer"), _poll(played, "change")
    cast = [v for v in played.events if isinstance(v, e.VoteCast) and (v.poll, v.member) == (poll.id, person)]
    assert [vote.revision for vote in cast] == [0, 1]
    assert cast[0].choice is not cast[1].choice
    assert poll.ballots[person].choice is cast[1].choice


def test_the_clerk_takes_the_voice_of_who_lost_the_network(played: Played) -> None:
    spoken = [v for v in played.events if isinstance(v, e.VoteCast) and v.source is Source.VOICE]
    assert [(v.by, v.member) for v in spoken] == [(_part(played, "clerk"), _part(played, "offline"))]


def test_the_four_answers_and_silence_are_five_things(played: Played) -> None:
    tally = _poll(played, "divided").tally
    assert tally is not None
    assert min(tally.votes_for, tally.against, tally.abstention, tally.not_taking_part, tally.no_answer) > 0


def test_the_debate_is_on_record(played: Played) -> None:
    given = [event for event in played.events if isinstance(event, e.FloorGiven)]
    assert len({turn.person for turn in given}) >= 4
    assert [turn.person for turn in given if turn.kind is FloorKind.POINT_OF_ORDER] == [_part(played, "stickler")]
    [withdrawn] = [event for event in played.events if isinstance(event, e.FloorWithdrawn)]
    assert withdrawn.person == _part(played, "shy")


def test_the_sitting_pauses_once_and_has_its_secretary(played: Played) -> None:
    assert len(_all(played, e.SittingSuspended, e.SittingResumed)) == 2
    assert played.sitting.officers.secretary == _part(played, "secretary")


def test_people_vote_by_card_and_in_words(played: Played) -> None:
    sources = Counter(v.source for v in played.events if isinstance(v, e.VoteCast))
    assert set(sources) == {Source.CARD, Source.TEXT, Source.VOICE}


# --- Teams ------------------------------------------------------------------------------------------------------------


def test_nothing_is_lost_on_the_wire(played: Played) -> None:
    for kind in ("error", "retry", "lost", "closed_early"):
        assert played.answers.get(kind, 0) == 0, kind
    assert played.answers["card"] > 25 * len(played.sitting.polls.all)


def test_the_bot_stays_within_the_limits_of_teams(played: Played) -> None:
    assert {call.status for call in played.calls} <= {200, 201, 202}


def test_the_meeting_gets_few_messages_whatever_the_number_of_votes(played: Played) -> None:
    chat = played.meeting[0].chat_id
    spent = sum(call.conversation_id == chat for call in played.calls)
    edits = played.seconds / 3
    assert spent <= 6 * len(played.sitting.polls.all) + edits + 10


def test_own_chats_get_answers_and_a_notice_or_two_whatever_the_number_of_votes(played: Played) -> None:
    for person, messages in played.own.items():
        written = sum(shown.author_id is not None for shown in messages)
        assert sum(shown.author_id is None for shown in messages) <= written + NOTICES, person


def test_no_vote_is_left_open_on_the_screen(played: Played) -> None:
    pressable = [b for s in played.meeting for b in buttons(s.chat_id, s.id, s.card) if b.verb in CHOICES]
    assert pressable == []


def test_the_roll_call_is_over_on_the_screen_too(played: Played) -> None:
    title = catalogue("fr")("card.attendance.open")
    assert not [shown for shown in played.meeting if shown.summary.startswith(title)]


def test_the_last_card_closes_the_sitting_with_its_head(played: Played) -> None:
    [card] = [shown for shown in played.meeting if f"hemicycle/{played.sitting.facts.sitting}" in str(shown.card)][-1:]
    assert str(len(played.events)) in str(card.card)


def test_the_chapters_are_announced_in_order(played: Played) -> None:
    assert played.chapters[0] == "roll_call"
    assert played.chapters[-1] == "end"
    assert len(set(played.chapters)) == len(played.chapters) == 14


def test_a_poll_costs_few_calls_at_a_pace_that_leaves_room_for_all(tmp_path: Path) -> None:
    agenda = tmp_path / "agenda.csv"
    agenda.write_text("number;title\n1;Un\n2;Deux\n3;Trois\n", encoding="utf-8")
    played = play(tmp_path, convocation(agenda=agenda), Script(), speed=12)
    chat = played.meeting[0].chat_id
    spent = sum(call.conversation_id == chat for call in played.calls)
    polls, items = len(played.sitting.polls.all), len(played.sitting.items)
    around = 8  # the opening, the roll call and the end, with their edits
    assert spent <= 6 * polls + 2 * items + played.seconds / 3 + around
