"""The console of those who run the sitting: what comes next as a button, the figures, who is awaited."""

from collections.abc import Iterator

from bot.cards.buttons import execute, press
from bot.cards.contests import closing_outcome
from bot.cards.elements import (
    NAME,
    SHORT,
    Card,
    Element,
    actions,
    card,
    clean,
    facts,
    group,
    heading,
    line,
    run,
    sentence,
)
from bot.cards.help_desk import report_lines
from bot.cards.lines import item_name, item_place, people_lines, quorum_text, subject, wording
from bot.cards.ways import call_buttons
from bot.texts import Catalogue
from voting.domain.assembly import ItemKind
from voting.domain.polls import PollState
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.statements import Statement
from voting.service.helping import HelpReport
from voting.service.views.board import BoardView, WaitingView
from voting.service.views.console import ConsoleView, Step
from voting.service.views.parts import ItemView, PollView
from voting.wording import sentences

PRIMARY = {
    Step.CALL_ROLL: "roll_call",
    Step.WAIT_FOR_QUORUM: "sitting",
    Step.START_BROADCAST: "statement",
    Step.OPEN_SITTING: "open",
    Step.JUDGE_URGENCY: "statement",
    Step.APPOINT_SECRETARY: "secretary",
    Step.CALL_ITEM: "next",
    Step.GIVE_FLOOR: "give",
    Step.OPEN_POLL: "vote",
    Step.OPEN_REQUEST_POLL: "vote",
    Step.OPEN_CAMERA_POLL: "vote",
    Step.OPEN_CLOSURE_POLL: "vote",
    Step.OPEN_EXCHANGE: "exchange",
    Step.FOLLOW_EXCHANGE: "exchange",
    Step.OPEN_CONTEST: "contest",
    Step.NEXT_ROUND: "next_round",
    Step.STATE_ELDER: "elder",
    Step.CALL_NAME: "next_name",
    Step.RECORD_HANDS: "hands",
    Step.RECORD_PAPERS: "papers",
    Step.CLOSE_POLL: "close",
    Step.PROCLAIM: "proclaim",
    Step.LEAVE_ITEM: "next",
    Step.RESUME: "resume",
    Step.CLOSE_SITTING: "lift",
    Step.RECONVENE: "reconvene",
    Step.NOTHING: "minutes",
}
RECORDED = {
    VotingMethod.ELECTRONIC: ("voice",),
    VotingMethod.ROLL_CALL: ("voice",),
    VotingMethod.SHOW_OF_HANDS: ("hands",),
    VotingMethod.SECRET: ("papers", "register"),
}
"""What the staff records of an open poll, by its way."""
OTHERS = 5
FOR_THE_CHAIR = ("close_debate", "decline_closure", "decline_recess")
"""Buttons that nobody else is shown: the police of the sitting (R34)."""


def console(view: ConsoleView, leads: bool, texts: Catalogue, *, connected: int = 0) -> Card:
    """The next step first. ``leads``: the reader chairs the sitting, and may proclaim.

    ``connected``: how many are connected to the call without being noted as here.
    """
    board = view.board
    said = _next(view, leads, texts)
    first = first_buttons(view, leads, texts)
    body = [
        heading(texts("card.console.title"), large=True),
        line(run(clean(board.title, SHORT), subtle=True), spacing="None"),
        group(line(run(said, bold=True)), *first, emphasis=True),
        *asked_lines(view, texts),
        *coming(view, texts),
        facts(state_figures(view, texts)),
        *([line(texts.plural("card.console.connected", connected, n=connected))] if connected else []),
        *awaited(view, texts),
        actions(*(_button(verb, view, texts) for verb in _offered(view, leads, connected))),
    ]
    return card(body, spoken=f"{texts('card.console.title')}. {said}", texts=texts)


def first_buttons(view: ConsoleView, leads: bool, texts: Catalogue) -> list[Element]:
    """What the next step is done with: one button, or in a vote by name who is called and his four answers."""
    poll = pending_poll(view.board)
    if poll is not None and poll.called is not None:
        return call_buttons(view.board, poll, texts)
    primary = primary_button(view, leads, texts)
    return [actions(primary)] if primary else []


def primary_button(view: ConsoleView, leads: bool, texts: Catalogue) -> Element | None:
    """The button of the next step; none for a clerk where the chair alone may act."""
    verb = PRIMARY[step_of(view)]
    of_the_chair = verb == "proclaim" or view.next_step is Step.JUDGE_URGENCY
    return None if of_the_chair and not leads else _button(verb, view, texts)


def step_of(view: ConsoleView) -> Step:
    """The next step; after the last item there is none to go to."""
    onwards = view.next_step in (Step.CALL_ITEM, Step.LEAVE_ITEM)
    return Step.CLOSE_SITTING if onwards and view.next_item is None else view.next_step


def _next(view: ConsoleView, leads: bool, texts: Catalogue) -> str:
    if view.next_step is Step.PROCLAIM and not leads:
        return texts("card.step.proclaim_by_chair")
    if view.next_step is Step.GIVE_FLOOR and view.board.turn is not None:
        return texts("card.step.give_floor_next")
    coming = item_name(view.next_item, texts) if view.next_item is not None else ""
    return texts(f"card.step.{step_of(view).value}", name=coming)


def _order_moment(view: ConsoleView) -> Iterator[str]:
    """A point of order on the vote that is under way."""
    if view.board.turn is not None:
        yield "end"
    if waiting_order(view.board) is not None:
        yield "give"


def _asked_moment(view: ConsoleView) -> Iterator[str]:
    """What members asked for, with both answers."""
    if view.suspension_asked is not None:
        yield from ("suspend", "decline_recess")
    if view.closure_asked is not None and view.next_step is not Step.OPEN_CLOSURE_POLL:
        yield from ("close_debate", "decline_closure")


def _turn_moment(view: ConsoleView) -> Iterator[str]:
    turn = view.board.turn
    if turn is not None:
        yield from ("end", "pause" if turn.paused_at is None else "continue")
    if view.can_undo:
        yield "undo_floor"


def waiting_order(board: BoardView) -> WaitingView | None:
    """The point of order that waits first, or None."""
    return next((w for w in board.waiting if w.kind is FloorKind.POINT_OF_ORDER), None)


def asked_lines(view: ConsoleView, texts: Catalogue) -> list[Element]:
    """What members asked for and wait to hear of."""
    said = []
    suspension = view.suspension_asked
    if suspension is not None:
        code = "card.cue.suspension_for" if suspension.reason else "card.cue.suspension"
        reason = clean(suspension.reason, SHORT).rstrip(".")
        said.append(texts(code, name=clean(suspension.person.formal, NAME), reason=reason))
    if view.closure_asked is not None:
        said.append(texts("card.cue.closure", name=clean(view.closure_asked.person.formal, NAME)))
    return [line(run(text, bold=True)) for text in said]


def coming(view: ConsoleView, texts: Catalogue) -> list[Element]:
    """The result of a closed poll, before it is proclaimed, and a word of the law on the item."""
    lines = []
    poll = view.board.poll
    if poll is not None and view.closed_tally is not None and view.coming_decision is not None:
        outcome = sentences.outcome_sentence(
            wording(texts), view.closed_tally, view.coming_decision, subject(poll), view.closed_terms
        )
        lines.append(line(run(f"{texts('card.console.count')} ", bold=True), sentence(outcome)))
    if poll is not None and view.closing is not None:
        outcome = closing_outcome(poll, view.closing, view.closed_tally, texts)
        lines.append(line(run(f"{texts('card.console.count')} ", bold=True), sentence(outcome)))
    if view.warned_item:
        lines.append(line(run(texts("card.console.warned"), bold=True)))
    if view.heard_only:
        heard = len(view.heard_only)
        lines.append(line(run(texts.plural("card.console.heard_only", heard, n=heard), bold=True)))
    lines += [line(clean(sentences.remark_sentence(wording(texts), remark))) for remark in view.remarks]
    return lines


def awaited(view: ConsoleView, texts: Catalogue) -> list[Element]:
    """Who has not voted yet, or before the opening who has not come yet."""
    if view.board.phase is Phase.CONVENED:
        return people_lines("card.console.missing", view.missing, texts)
    return people_lines("card.console.silent", view.silent, texts)


def state_figures(view: ConsoleView, texts: Catalogue) -> list[tuple[str, str]]:
    """The sitting in figures."""
    board = view.board
    rows = [
        (
            texts("card.figure.quorum"),
            texts("card.figure.of_quorum", counted=board.quorum.counted, required=board.quorum.required),
        ),
        (texts("card.figure.not_here"), str(len(view.missing))),
    ]
    if board.item is not None:
        rows.append((item_name(board.item, texts), item_place(board.item, texts)))
    if board.turn is not None:
        rows.append((texts("card.figure.speaks"), clean(board.turn.person.formal, SHORT)))
    if board.waiting:
        rows.append((texts("card.figure.waiting"), str(len(board.waiting))))
    poll = pending_poll(board)
    if poll is not None:
        rows.append(
            (
                texts("card.figure.poll", number=poll.number),
                texts.plural("card.poll.heard", poll.heard, heard=poll.heard, electors=poll.electors),
            )
        )
    return rows


def state(view: ConsoleView, texts: Catalogue, *, helped: HelpReport | None = None) -> Card:
    """Where everything stands, in words and figures; of a lifted sitting, how it was ``helped`` too."""
    board = view.board
    phase = texts(f"card.phase.{board.phase.value}")
    officers = [(texts("card.figure.chair"), clean(board.chair.formal, SHORT))]
    if board.secretary is not None:
        officers.append((texts("card.figure.secretary"), clean(board.secretary.formal, SHORT)))
    body = [
        heading(texts("card.state.title"), large=True),
        line(run(clean(board.title, SHORT), subtle=True), spacing="None"),
        line(run(phase, bold=True)),
        line(quorum_text(board.quorum, texts), spacing="Small"),
        facts([*officers, *state_figures(view, texts), *_results(board, texts)]),
        *(report_lines(helped, texts) if helped is not None else []),
        *awaited(view, texts),
        actions(*(press(verb, board, texts) for verb in ("sitting", "agenda", "members", "quorum", "incidents"))),
    ]
    return card(body, spoken=f"{phase} {quorum_text(board.quorum, texts)}", texts=texts)


def pending_poll(board: BoardView) -> PollView | None:
    """The poll that runs or waits for its proclamation; a settled one may still be on the board."""
    poll = board.poll
    return poll if poll is not None and poll.state in (PollState.OPEN, PollState.CLOSED) else None


def _button(verb: str, view: ConsoleView, texts: Catalogue) -> Element:
    """A button of the console. It names what it acts on as the reader sees it, so that a second press does no more."""
    board, poll = view.board, pending_poll(view.board)
    match verb:
        case "sitting":  # asks for this very card, brought up to date
            return execute(verb, texts("card.button.refresh"), sitting=board.sitting)
        case "next":
            return press(verb, board, texts, item=view.next_item.id if view.next_item is not None else None)
        case "give":
            return press(verb, board, texts, request=board.waiting[0].request)
        case "statement":
            urgent = view.next_step is Step.JUDGE_URGENCY
            stated = Statement.URGENCY_ADMITTED if urgent else Statement.BROADCAST_STARTED
            title = texts("card.button.urgency" if urgent else "card.button.statement")
            return execute(verb, title, sitting=board.sitting, kind=stated.value)
        case "roll_call" if board.roll_call_open:
            return execute(verb, texts("card.button.call_names"), sitting=board.sitting)
        case "lift" if board.phase is Phase.CONVENED:
            return execute(verb, texts("card.button.no_quorum"), sitting=board.sitting)
        case "close" | "proclaim" | "annul" | "voice" | "hands" | "papers" | "register" | "next_name":
            return press(verb, board, texts, poll=poll.id if poll is not None else None)
        case _:
            return press(verb, board, texts)


def _results(board: BoardView, texts: Catalogue) -> list[tuple[str, str]]:
    return [(texts("card.figure.results"), str(len(board.results)))] if board.results else []


def _others(view: ConsoleView, leads: bool) -> list[str]:
    """The other buttons of this moment, without the one that is already first."""
    if view.next_step is Step.CALL_NAME:
        return ["annul"]  # five buttons are there already, for the one who is called
    verbs = [verb for verb in dict.fromkeys(_moment(view)) if verb != PRIMARY[step_of(view)]]
    if leads:
        return ["cues", *verbs][:OTHERS]
    return [verb for verb in verbs if verb not in FOR_THE_CHAIR][:OTHERS]


def _offered(view: ConsoleView, leads: bool, connected: int) -> list[str]:
    """The same, the last one giving way to those who are connected and do not answer."""
    verbs = _others(view, leads)
    return [*verbs[: OTHERS - 1], "connected"] if connected else verbs


def _moment(view: ConsoleView) -> Iterator[str]:
    match view.board.phase:
        case Phase.CONVENED:
            if view.board.roll_call_open:
                yield "roll_call"
                yield "close_roll_call"
            elif not view.board.quorum.is_reached and view.next_step is Step.WAIT_FOR_QUORUM:
                yield "lift"
            yield from ("sitting", "members", "quorum", "agenda")
        case Phase.OPEN:
            yield from _open_moment(view)
        case Phase.SUSPENDED:
            yield from ("quorum", "members", "lift", "state")
        case Phase.CLOSED:
            yield from ("notes", "minutes_state", "exports", "state", "agenda")


def _choosing(item: ItemView) -> tuple[str, ...]:
    """Where one usually chooses among several."""
    return ("contest",) if item.kind in (ItemKind.AWARD, ItemKind.ELECTION) else ()


def _open_moment(view: ConsoleView) -> Iterator[str]:
    board = view.board
    poll = pending_poll(board)
    if poll is not None:
        yield from _order_moment(view)
        if poll.state is PollState.OPEN:
            yield from ("sitting", *(RECORDED[poll.method] if poll.contest is None or poll.is_pressed else ()))
        yield from ("annul", "state")
        return
    yield from _asked_moment(view)
    yield from _turn_moment(view)
    if board.item is not None:
        if board.waiting and not board.list_closed:
            yield "close_list"
        yield from ("vote", *_choosing(board.item), "next" if view.next_item is not None else "lift", "otherwise")
        yield from ("postpone", "suspend", "agenda", "state")
    else:
        yield from ("agenda", "suspend", "lift", "state")
