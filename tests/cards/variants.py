"""The cards again for every value of every enumeration: no phase, kind, presence or step without its sentence."""

from collections.abc import Iterator
from dataclasses import replace

from bot.cards import (
    accounts,
    ballot,
    calling,
    connected,
    console,
    course,
    cue_sheet,
    home,
    item,
    lists,
    my_votes,
    people,
    poll,
    result,
)
from bot.cards.elements import Card
from bot.matching import Asked, Doubt
from bot.texts import Catalogue
from tests.cards import sitting as s
from tests.kit.journals import CLERK
from voting.domain import commands as c
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind, Mode
from voting.domain.attendance import Presence
from voting.domain.polls import PollState, Purpose
from voting.domain.remarks import Remark, RemarkCode
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.tally import Decision, Ground, Outcome
from voting.service.views.calling import calling_view
from voting.service.views.console import Step
from voting.service.views.member import PlannedView

Cards = Iterator[tuple[str, Card]]


def variants(texts: Catalogue) -> Cards:
    """Each variant with a name that says what varies."""
    yield from _sittings(texts)
    yield from _items(texts)
    yield from _polls(texts)
    yield from _steps(texts)
    yield from _persons(texts)
    yield from _accounts(texts)
    yield from _connected(texts)


def _sittings(texts: Catalogue) -> Cards:
    board = s.board(s.debating())
    for mode in Mode:
        yield f"opening_{mode.value}", course.opening(replace(board, mode=mode), None, texts)
    for phase in Phase:
        yield f"opening_{phase.value}", course.opening(replace(board, phase=phase), None, texts)
        yield f"members_{phase.value}", lists.members(replace(board, phase=phase), None, texts)
    for presence in Presence:
        seats = tuple(replace(seat, presence=presence) for seat in board.seats)
        yield f"members_{presence.value}", lists.members(replace(board, seats=seats), None, texts)
    yield "closing_not_held", course.closing(replace(board, is_held=False), "", texts)
    unlawful = replace(
        s.console(s.small()),
        remarks=tuple(Remark(code=code, article="L. 1", is_confirmed=False) for code in RemarkCode),
        heard_only=(board.chair,),
        next_step=Step.WAIT_FOR_QUORUM,
    )
    yield "console_remarks", console.console(unlawful, True, texts)
    two = replace(unlawful, heard_only=(board.chair, board.chair))
    yield "console_heard", console.console(two, True, texts)
    yield "quorum_advisory", lists.quorum(replace(board, advisory=7), texts)
    yield "quorum_single_reading", lists.quorum(replace(board, advisory=None), texts)


def _items(texts: Catalogue) -> Cards:
    board = s.board(s.debating())
    assert board.item is not None
    bare = replace(board.item, rapporteur="", commission="", opinion="")
    yield "item_bare", item.discussion(replace(board, item=bare, turn=None, waiting=()), texts)
    for kind in FloorKind:
        for seconds, person in ((0, "m009"), (400, "m009"), (400, "m005"), (30, "m005")):
            board_then = s.board(s.speaking(person, seconds))
            assert board_then.turn is not None
            turn = replace(board_then.turn, kind=kind, budget_seconds=90)
            yield f"floor_{kind.value}_{seconds}_{person}", item.discussion(replace(board_then, turn=turn), texts)
    paused = s.speaking("m005")
    paused.do(c.PauseFloor(by=CLERK), after=45)
    yield "floor_paused", item.discussion(s.board(paused), texts)
    for state in ItemState:
        shown = replace(board.item, state=state)
        yield f"settled_{state.value}", item.settled(board, shown, texts)
        yield f"closing_{state.value}", course.closing(replace(board, items=(shown,)), "", texts)


def _polls(texts: Catalogue) -> Cards:
    done = s.proclaimed()
    board, one, voices = s.board(done), s.poll(done), s.voices(done)
    for kind in ItemKind:
        of_kind = replace(one, item=replace(one.item, kind=kind))
        yield f"voting_{kind.value}", poll.voting(board, of_kind, None, texts)
        yield f"result_{kind.value}", result.result(board, of_kind, voices, "", texts)
    for ground in Ground:
        for outcome in Outcome:
            decided = Decision(outcome=outcome, ground=ground, chair_choice=s.FOR)
            request = replace(one, purpose=Purpose.SECRET_BALLOT_REQUEST, decision=decided)
            yield f"request_{ground.value}_{outcome.value}", result.result(board, request, (), "", texts)
            ended = replace(request, purpose=Purpose.CLOSURE)
            yield f"closure_{ground.value}_{outcome.value}", result.result(board, ended, (), "", texts)
            camera = replace(request, purpose=Purpose.IN_CAMERA)
            yield f"camera_{ground.value}_{outcome.value}", result.result(board, camera, (), "", texts)
    camera = replace(one, purpose=Purpose.IN_CAMERA)
    yield "voting_camera", poll.voting(board, camera, None, texts)
    yield "voting_closure", poll.voting(board, replace(one, purpose=Purpose.CLOSURE), None, texts)
    for state in PollState:
        past = my_votes.PastVote(poll=replace(one, state=state), voices=(), receipts={})
        yield f"my_votes_{state.value}", my_votes.my_votes(board, [past], None, texts)
        yield f"live_{state.value}", poll.live(board, replace(one, state=state, heard=one.electors), texts)
    yield "no_electors", poll.live(board, replace(one, state=PollState.OPEN, heard=0, electors=0), texts)


def _steps(texts: Catalogue) -> Cards:
    views = {step: s.console(s.debating()) for step in Step} | {Step.PROCLAIM: s.console(s.counted())}
    for step, view in views.items():
        for name, board in (("turn", view.board), ("silence", replace(view.board, turn=None))):
            moment = replace(view, next_step=step, board=board, warned_item=True, silent=())
            yield f"console_{step.value}_{name}", console.console(moment, True, texts)
            yield f"cue_{step.value}_{name}", cue_sheet.cue_sheet(moment, texts)
    for kind in ItemKind:
        view = views[Step.OPEN_POLL]
        assert view.board.item is not None
        shown = replace(view.board.item, kind=kind, rapporteur="")
        moment = replace(view, next_step=Step.OPEN_POLL, board=replace(view.board, item=shown, turn=None))
        yield f"cue_{kind.value}", cue_sheet.cue_sheet(moment, texts)
    for floor in FloorKind:
        view = views[Step.GIVE_FLOOR]
        waiting = tuple(replace(w, kind=floor) for w in view.board.waiting)
        yield (
            f"cue_{floor.value}",
            cue_sheet.cue_sheet(replace(view, board=replace(view.board, waiting=waiting)), texts),
        )
    for reason in ("", "dix minutes"):
        asked = s.sharing()
        asked.do(c.DeclineSuspension(by=s.CHAIR))
        asked.do(c.RequestSuspension(by=s.CHAIR, person=s.CHAIR, reason=reason))
        yield f"cue_suspension_{reason}", cue_sheet.cue_sheet(s.console(asked), texts)
    yield "state_results", console.state(s.console(s.proclaimed()), texts)


def _persons(texts: Catalogue) -> Cards:
    story = s.voting()
    about, view = story.state.facts, s.member(story, "m001")
    late = replace(calling_view(story.state), called=None)
    yield "calling_name", calling.calling(about, replace(late, called=view.person), texts)
    for unanswered in ((), (view.person,), (view.person, view.person)):
        yield f"calling_{len(unanswered)}", calling.calling(about, replace(late, unanswered=unanswered), texts)
    for is_given in (True, False):
        for accepted in (True, False):
            planned = PlannedView(
                other=view.person,
                is_given=is_given,
                is_accepted=accepted,
                since=story.now,
                until=story.now if accepted else None,
                time_zone="Europe/Paris",
            )
            yield f"home_planned_{is_given}_{accepted}", home.home(about, replace(view, planned=(planned,)), texts)
    for presence in Presence:
        yield f"home_{presence.value}", home.home(about, replace(view, presence=presence), texts)
    for phase in Phase:
        yield f"home_{phase.value}", home.help_(about, replace(view, phase=phase), None, texts)
    yield "home_recused", home.home(about, s.member(story, "m006"), texts)
    yield "ballot_clerk", ballot.ballot(about, s.member(story, "c1"), {}, None, texts)
    yield "home_given", home.home(about, s.member(story, "m008"), texts)
    s.cast(story, s.HOLDER, s.GRANTOR, s.FOR)
    yield "home_voted", home.home(about, s.member(story, "m004"), texts)
    counted = s.counted()
    yield "home_counted", home.home(about, s.member(counted, "m004"), texts)
    persons = [seat.person for seat in s.board(story).seats]
    for verb in ("proxy", "give", "secretary", "chair", "present", "absent", "excused"):
        yield f"choose_{verb}", people.choose(about, verb, persons, None, texts)
    yield "spoken_vote_nobody", people.voice(about, s.poll(story), [], texts)


def _accounts(texts: Catalogue) -> Cards:
    board = s.board(s.debating())
    view = accounts.AccountsView(
        total=9, linked=9, reached=1, with_chat=8, unknown=(), asked="entra", can_install=True, note=""
    )
    for asked in Asked:
        yield f"accounts_{asked.value}", accounts.accounts(board, replace(view, asked=asked.value), None, texts)
    for doubt in Doubt:
        one = accounts.Unknown(person=board.seats[0].person, address="", doubt=doubt.value)
        yield f"accounts_{doubt.value}", accounts.accounts(board, replace(view, unknown=[one]), None, texts)
    notes = [
        texts("card.accounts.installing"),
        texts.plural("card.accounts.installed", 1, n=1),
        texts.plural("card.accounts.not_installed", 0, n=0),
        texts.plural("card.accounts.not_installed", 2, n=2),
    ]
    for number, note in enumerate(notes):
        yield f"accounts_note_{number}", accounts.accounts(board, replace(view, linked=1, note=note), None, texts)


def _connected(texts: Catalogue) -> Cards:
    board = s.board(s.debating())
    persons = [seat.person for seat in board.seats]
    silent = connected.ConnectedView(unanswered=(), left=(), strangers=0, connected=0, is_heard=False)
    for name, view in (
        ("silent", silent),
        ("agree", replace(silent, is_heard=True, connected=1)),
        ("agree_all", replace(silent, is_heard=True, connected=9, strangers=1)),
        ("one", replace(silent, is_heard=True, unanswered=persons[:1], left=persons[1:3])),
        ("left", replace(silent, is_heard=True, left=persons[1:2])),
    ):
        yield f"connected_{name}", connected.connected(board, view, None, texts)
    for number in (1, 2):
        yield f"console_connected_{number}", console.console(s.console(s.calling()), True, texts, connected=number)
