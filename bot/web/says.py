"""The sentences of the board: from the view and its figures to words. Pure.

Leaves the outcome of a poll to `voting.wording.sentences` and the words themselves to the catalogues.
"""

from bot.web.drawing import figures, group_name, look_word
from bot.web.seating import Look, Seating
from bot.web.words import Words
from voting.domain.agenda import ItemState
from voting.domain.polls import PollState, Purpose
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import QuorumBase, VotingMethod
from voting.domain.sitting import Phase
from voting.service.views.board import BoardView
from voting.service.views.parts import ItemView, PollView
from voting.service.views.speaking import TurnView
from voting.wording.blocks import Named, block_words, of_block
from voting.wording.contests import chosen_words, contest_sentence, option_label
from voting.wording.sentences import Subject, outcome_sentence, subject_of, verdict_word

SUMMED_UP = (Look.FOR, Look.AGAINST, Look.ABSTENTION, Look.NOT_TAKING_PART, Look.NO_ANSWER)
MOST_NAMED = 12
"""Items voted together that the board names by their numbers; beyond, it says how many they are."""
ON_PAPER = (Look.FOR, Look.AGAINST, Look.BLANK, Look.INVALID, Look.NO_ANSWER)


def phase(said: Words, view: BoardView) -> str:
    """Where the sitting stands."""
    return said.texts(f"board.phase.{view.phase.value}")


def waiting_line(said: Words, view: BoardView) -> str:
    """What the place of the item says while there is none."""
    at = {"day": said.day(view.scheduled_for, view.time_zone), "time": said.time(view.scheduled_for, view.time_zone)}
    if view.phase is Phase.OPEN and all(item.state is ItemState.PENDING for item in view.items):
        return said.texts("board.item.none_yet")
    return said.texts(f"board.item.none.{view.phase.value}", **at)


def shown_item(view: BoardView) -> ItemView | None:
    """The item under discussion, else the one whose result is still on screen."""
    if view.item is not None:
        return view.item
    return view.poll.item if view.poll is not None and view.phase is not Phase.CLOSED else None


def item_label(said: Words, item: ItemView) -> str:
    """`Rapport 12`, with the number that the summons gives."""
    return said.texts(f"board.kind.{item.kind.value}", number=item.number)


def quorum(said: Words, check: QuorumCheck) -> str:
    """Who is there, of how many, and whether that is enough: the words that stand beside the gauge."""
    present = said.texts.plural("board.quorum.present", check.present, n=check.present)
    counts_proxies = check.base is QuorumBase.PRESENT_OR_REPRESENTED
    who = present
    if counts_proxies and check.represented:
        represented = said.texts.plural("board.quorum.represented", check.represented, n=check.represented)
        who = said.texts("board.quorum.both", present=present, represented=represented)
    return said.texts("board.quorum", who=who, in_office=check.in_office, verdict=quorum_verdict(said, check))


def quorum_verdict(said: Words, check: QuorumCheck) -> str:
    """Whether enough are there."""
    if check.required == 0:
        return said.texts("board.quorum.none_required")
    if check.is_reached:
        return said.texts("board.quorum.reached", required=check.required)
    return said.texts.plural("board.quorum.missing", check.missing, missing=check.missing, required=check.required)


def poll_title(said: Words, poll: PollView) -> str:
    """Which poll this is and on what."""
    if poll.purpose is Purpose.IN_CAMERA:
        return said.texts("board.poll.in_camera", number=poll.number)
    if poll.purpose is Purpose.CLOSURE:
        return said.texts("board.poll.closure", number=poll.number)
    if poll.purpose is Purpose.SECRET_BALLOT_REQUEST:
        return said.texts("board.poll.secret_request", number=poll.number)
    if poll.also:
        named = block_words(said.wording, _named(poll), MOST_NAMED)
        return said.texts("board.block.title", number=poll.number, items=named)
    return said.texts("board.poll.title", number=poll.number, item=item_label(said, poll.item))


def poll_line(said: Words, poll: PollView) -> str:
    """How far the poll has come; the whole result once it is proclaimed."""
    if poll.state is PollState.PROCLAIMED:
        return outcome(said, poll)
    code = f"board.poll.{poll.state.value}"
    if poll.state is PollState.ANNULLED:
        return said.texts(code)
    if poll.called is not None:
        code = "board.poll.calling"
        return said.texts(code, name=poll.called.formal, heard=poll.heard, electors=poll.electors)
    if poll.state is PollState.OPEN and not poll.is_pressed and not poll.heard:
        return said.texts(f"board.poll.in_the_room.{poll.method.value}")
    return said.texts.plural(code, poll.heard, heard=poll.heard, electors=poll.electors)


def outcome(said: Words, poll: PollView) -> str:
    """The proclaimed result, as the minutes say it."""
    if poll.tally is not None and poll.contest is not None and poll.result is not None:
        return said.sentence(contest_sentence(said.wording, poll.contest, poll.counts, poll.tally, poll.result))
    if poll.tally is None or poll.decision is None:
        return ""
    result = outcome_sentence(said.wording, poll.tally, poll.decision, subject(poll), poll.terms)
    return said.sentence(of_block(said.wording, result, _named(poll), MOST_NAMED))


def _named(poll: PollView) -> list[Named]:
    return [(item.kind, item.number) for item in poll.items]


def verdict(said: Words, poll: PollView) -> str:
    """Adopted or rejected, in one word."""
    if poll.contest is not None and poll.result is not None:
        chosen = chosen_words(said.wording, poll.contest, poll.result)
        return chosen[:1].upper() + chosen[1:]
    if poll.decision is None:
        return ""
    word = verdict_word(said.wording, poll.decision, subject(poll))
    return word[:1].upper() + word[1:]


def outcome_mark(poll: PollView) -> str:
    """The word that the style sheet knows a proclaimed result by."""
    if poll.decision is not None:
        return poll.decision.outcome.value
    return "adopted" if poll.result is not None and poll.result.winner is not None else "postponed"


def options(poll: PollView) -> tuple[tuple[str, int], ...]:
    """The options of a choice among several with their proclaimed figures; none where the question is another."""
    if poll.contest is None:
        return ()
    return tuple((option_label(poll.contest, c.option), c.votes) for c in poll.counts)


def subject(poll: PollView) -> Subject:
    """What the verdict agrees with."""
    return subject_of(poll.purpose, [item.kind for item in poll.items])


def tally(poll: PollView) -> tuple[tuple[Look, int], ...]:
    """The proclaimed figures, in the order in which they are said."""
    found = poll.tally
    if found is None or poll.contest is not None:
        return ()
    if poll.method is VotingMethod.SECRET:
        papers = (found.votes_for, found.against, found.blank, found.invalid, found.no_answer)
        return tuple(zip(ON_PAPER, papers, strict=True))
    counts = (found.votes_for, found.against, found.abstention, found.not_taking_part, found.no_answer)
    return tuple(zip(SUMMED_UP, counts, strict=True))


def plan_title(said: Words, view: BoardView) -> str:
    """What the seating plan shows now."""
    poll = view.poll
    if poll is None or poll.state is PollState.ANNULLED:
        return said.texts("board.plan.attendance")
    codes = {PollState.PROCLAIMED: "board.plan.result", PollState.CLOSED: "board.plan.closed"}
    return said.texts(codes.get(poll.state, "board.plan.running"), poll=poll_title(said, poll))


def plan_text(said: Words, view: BoardView, room: Seating) -> str:
    """All that the drawing says, for whoever cannot see it: the result, then each group from left to right."""
    poll = view.poll
    if poll is None or poll.state is PollState.ANNULLED:
        first = said.sentence(quorum(said, view.quorum))
    else:
        first = poll_line(said, poll)
    groups = [
        said.texts("board.plan.group", group=group_name(said, group), figures=figures(said, room, group))
        for group in room.groups
    ]
    return said.texts("board.plan.text", first=first, groups=" ".join(groups))


def centre(said: Words, view: BoardView) -> tuple[str, str]:
    """The figure and the word in the middle of the half-circle."""
    poll = view.poll
    if poll is None or poll.state is PollState.ANNULLED:
        word = said.texts.plural(f"board.centre.{view.quorum.base.value}", view.quorum.counted)
        return f"{view.quorum.counted}\u2009/\u2009{view.quorum.in_office}", word
    if poll.tally is not None and poll.contest is not None:
        return f"{poll.tally.votes_cast}\u2009/\u2009{poll.electors}", said.texts("board.centre.heard")
    if poll.tally is not None:
        return f"{poll.tally.votes_for}\u2009–\u2009{poll.tally.against}", verdict(said, poll)
    return f"{poll.heard}\u2009/\u2009{poll.electors}", said.texts("board.centre.heard")


def legend(said: Words, room: Seating) -> list[tuple[Look, str]]:
    """Each look that the plan may show now, with its word."""
    return [(look, look_word(said, look)) for look in room.legend]


def face(seconds: int) -> str:
    """What a stopwatch shows."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def stopwatch(said: Words, used: int, allotted: int) -> str:
    """What it shows of a time that may be used up: a word says so, not a colour alone."""
    return face(used) if used <= allotted else f"{face(used)} {said.texts('board.floor.over')}"


def spoken(turn: TurnView) -> int:
    """The seconds used when the clock was stopped."""
    return 0 if turn.paused_at is None else int((turn.paused_at - turn.counted_from).total_seconds())


def length(said: Words, seconds: int) -> str:
    """A stretch of time in minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    code = "both" if minutes and rest else "minutes" if minutes else "seconds"
    return said.texts(f"board.length.{code}", m=minutes, s=rest)


def news(said: Words, before: BoardView, after: BoardView) -> list[str]:
    """What a screen reader should be told unasked: turns of the sitting, never single votes."""
    told = [phase(said, after)] if before.phase is not after.phase else []
    if before.roll_call_open is not after.roll_call_open:
        told.append(said.texts("board.news.roll_call.open" if after.roll_call_open else "board.news.roll_call.closed"))
    if after.item is not None and (before.item is None or before.item.id != after.item.id):
        told.append(said.texts("board.news.item", item=item_label(said, after.item), title=after.item.title))
    if after.turn is not None and (before.turn is None or before.turn.person != after.turn.person):
        told.append(said.texts("board.news.floor", name=after.turn.person.formal))
    told += _poll_news(said, before.poll, after.poll)
    if before.quorum.is_reached is not after.quorum.is_reached:
        told.append(said.sentence(quorum(said, after.quorum)))
    return told


def _poll_news(said: Words, before: PollView | None, after: PollView | None) -> list[str]:
    if after is None or (before is not None and (before.id, before.state) == (after.id, after.state)):
        return []
    if after.state is PollState.OPEN:
        return [said.texts("board.news.poll.open", poll=poll_title(said, after))]
    return [f"{poll_title(said, after)}. {poll_line(said, after)}"]
