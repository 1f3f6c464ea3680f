"""What the chair says next, word for word, and what he needs to know while he says it."""

from bot.cards.buttons import execute, press, staying
from bot.cards.console import asked_lines, awaited, first_buttons, pending_poll, step_of, waiting_order
from bot.cards.contests import closing_outcome
from bot.cards.elements import (
    NAME,
    SHORT,
    TITLE,
    Card,
    Element,
    actions,
    card,
    clean,
    group,
    heading,
    line,
    run,
    sentence,
)
from bot.cards.item import floor_lines
from bot.cards.lines import item_name, quorum_text, subject, wording
from bot.texts import Catalogue
from voting.domain.polls import Purpose
from voting.service.views.board import WaitingView
from voting.service.views.console import ConsoleView, Step
from voting.service.views.parts import ItemView
from voting.wording import sentences


def cue_sheet(view: ConsoleView, texts: Catalogue) -> Card:
    """The words of this moment, the button that goes with them, then speakers and missing voices."""
    spoken = words(view, texts)
    order = _order_on_vote(view)
    buttons = first_buttons(view, True, texts)
    if order is not None:
        buttons = [actions(press("give", view.board, texts, request=order.request))]
    body: list[Element] = [
        heading(texts("card.cue.title"), large=True),
        line(run(clean(view.board.title, SHORT), subtle=True), spacing="None"),
        *_introduction(view, texts),
        group(line(run(spoken, size="Medium")), emphasis=True),
    ]
    if buttons:
        body += [line(run(texts("card.cue.then"), subtle=True)), *(staying("cues", one) for one in buttons)]
    if view.board.item is not None and pending_poll(view.board) is None:
        body += [heading(texts("card.floor.title")), *floor_lines(view.board, texts)]
    body += asked_lines(view, texts)
    body += awaited(view, texts)
    calls = view.next_step is Step.CALL_NAME
    again = execute("cues", texts("card.button.refresh"), sitting=view.board.sitting)
    aside = [press(verb, view.board, texts) for verb in (("sitting",) if calls else ("sitting", "need_help"))]
    body.append(actions(*aside if calls else (again, *aside)))
    return card(body, spoken=spoken, texts=texts)


def words(view: ConsoleView, texts: Catalogue) -> str:
    """What to say now."""
    turn = view.board.turn
    said = _say(view, texts)
    order = _order_on_vote(view)
    if order is not None:
        return texts("card.cue.order_on_vote", name=clean(order.person.formal, NAME))
    if turn is None or view.next_step not in (Step.GIVE_FLOOR, Step.OPEN_POLL, Step.OPEN_REQUEST_POLL):
        return said
    return f"{texts('card.cue.thanks', name=clean(turn.person.formal, NAME))} {said}"


def _order_on_vote(view: ConsoleView) -> WaitingView | None:
    """A point of order that waits while a vote is under way: it goes before the vote (R59)."""
    return waiting_order(view.board) if pending_poll(view.board) is not None else None


def _introduction(view: ConsoleView, texts: Catalogue) -> list[Element]:
    """How to announce the item, before anybody has spoken."""
    board = view.board
    if board.item is None or board.turn is not None or view.next_step not in (Step.OPEN_POLL, Step.LEAVE_ITEM):
        return []
    return [
        line(run(texts("card.cue.first"), subtle=True)),
        group(line(run(_announcement(board.item, texts), size="Medium")), emphasis=True),
        line(run(texts("card.cue.after_debate"), subtle=True)),
    ]


def _announcement(item: ItemView, texts: Catalogue) -> str:
    fields = {"name": item_name(item, texts), "title": clean(item.title, TITLE)}
    if not item.rapporteur:
        return texts("card.cue.item", **fields)
    return texts("card.cue.item_rapporteur", **fields, rapporteur=clean(item.rapporteur, NAME))


def _say(view: ConsoleView, texts: Catalogue) -> str:
    step = step_of(view)
    match step:
        case Step.OPEN_SITTING | Step.WAIT_FOR_QUORUM | Step.RESUME:
            return texts(f"card.cue.{step.value}", quorum=quorum_text(view.board.quorum, texts))
        case Step.GIVE_FLOOR:
            return _give_floor(view, texts)
        case Step.OPEN_POLL:
            return texts("card.cue.open_poll", motion=_motion(view, texts))
        case Step.CLOSE_POLL:
            left = len(view.silent)
            return texts.plural("card.cue.close_poll", left, n=left) if left else texts("card.cue.close_poll_all")
        case Step.PROCLAIM:
            return _proclaim(view, texts)
        case Step.CALL_NAME:
            return _call(view, texts)
        case _:
            return _plain(view, step, texts)


def _call(view: ConsoleView, texts: Catalogue) -> str:
    poll = view.board.poll
    called = poll.called if poll is not None else None
    name = clean(called.formal, NAME) if called is not None else ""
    return texts("card.cue.call_name", name=name)


def _plain(view: ConsoleView, step: Step, texts: Catalogue) -> str:
    if step is Step.CALL_ITEM and view.next_item is not None:
        return _announcement(view.next_item, texts)
    return texts(f"card.cue.{step.value}")


def _give_floor(view: ConsoleView, texts: Catalogue) -> str:
    following = view.board.waiting[0]
    return texts(f"card.cue.give_floor.{following.kind.value}", name=clean(following.person.formal, NAME))


def _motion(view: ConsoleView, texts: Catalogue) -> str:
    item = view.board.item
    return texts(f"card.item.the.{item.kind.value}", number=clean(item.number, 30)) if item is not None else ""


def _proclaim(view: ConsoleView, texts: Catalogue) -> str:
    poll = view.board.poll
    if poll is not None and view.closing is not None:
        outcome = closing_outcome(poll, view.closing, view.closed_tally, texts)
        return texts("card.cue.proclaim", number=poll.number, outcome=sentence(outcome))
    if poll is None or view.closed_tally is None or view.coming_decision is None:
        raise ValueError("nothing to proclaim")
    outcome = sentences.outcome_sentence(
        wording(texts), view.closed_tally, view.coming_decision, subject(poll), view.closed_terms, aloud=True
    )
    said = texts("card.cue.proclaim", number=poll.number, outcome=sentence(outcome))
    if poll.purpose is Purpose.SECRET_BALLOT_REQUEST:
        said += " " + texts(f"card.result.secret.{view.coming_decision.outcome.value}")
    return said
