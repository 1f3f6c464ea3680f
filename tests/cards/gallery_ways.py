"""The cards of the ways of voting that are not pressed by everybody: by name, by hands, on paper."""

from collections.abc import Iterator

from bot.cards import ballot, console, cue_sheet, home, poll, result, ways
from bot.cards.elements import Card
from bot.texts import Catalogue
from tests.cards import sitting as s
from tests.kit import ways as kit
from tests.kit.journals import CLERK, Story, agenda, roll
from voting.domain import commands as c
from voting.domain.ruleset import VotingMethod
from voting.service.views.parts import PersonView, person_view

Cards = Iterator[tuple[str, Card]]


def golden(texts: Catalogue) -> Cards:
    """As the people of a small sitting in a room see them."""
    yield from _by_name(texts)
    yield from _by_hands(texts)
    yield from _on_paper(texts)


def begun(method: VotingMethod, number: int = 8) -> Story:
    """An item open to the vote in that way."""
    story = kit.begun(roll(number), agenda(2))
    story.call()
    kit.opens(story, method)
    return story


def _by_name(texts: Catalogue) -> Cards:
    story = kit.begun(roll(8), agenda(2))
    story.call()
    board = s.board(story)
    assert board.item is not None
    yield "other_poll", ways.open_otherwise(board, board.item, s.console(story).methods, texts)
    kit.opens(story, VotingMethod.ROLL_CALL)
    yield "voting_by_name", poll.voting(s.board(story), s.poll(story), ["29:1abc"], texts)
    kit.says(story, 1, s.FOR)
    yield "live_by_name", poll.live(s.board(story), s.poll(story), texts)
    yield "console_by_name", console.console(s.console(story), False, texts)
    yield "cue_by_name", cue_sheet.cue_sheet(s.console(story), texts)
    for _ in range(7):
        story.do(c.CallNextName(by=CLERK))
    yield "console_second_call", console.console(s.console(story), False, texts)


def _by_hands(texts: Catalogue) -> Cards:
    story = begun(VotingMethod.SHOW_OF_HANDS)
    yield "voting_by_hands", poll.voting(s.board(story), s.poll(story), ["29:1abc"], texts)
    yield "live_by_hands", poll.live(s.board(story), s.poll(story), texts)
    yield "console_by_hands", console.console(s.console(story), False, texts)
    yield "cue_by_hands", cue_sheet.cue_sheet(s.console(story), texts)
    yield "hands", ways.hands(s.board(story), s.poll(story), electors(story), texts)
    yield "home_by_hands", home.home(story.state.facts, s.member(story, "m003"), texts)
    story.do(c.RecordHands(by=CLERK, against=(kit.p(3),)))
    yield "console_hands_recorded", console.console(s.console(story), False, texts)
    story.proclaim()
    yield "result_by_hands", result.result(s.board(story), s.poll(story), s.voices(story), "", texts)


def _on_paper(texts: Catalogue) -> Cards:
    story = begun(VotingMethod.SECRET)
    yield "voting_on_paper", poll.voting(s.board(story), s.poll(story), ["29:1abc"], texts)
    yield "live_on_paper", poll.live(s.board(story), s.poll(story), texts)
    yield "console_on_paper", console.console(s.console(story), False, texts)
    yield "cue_on_paper", cue_sheet.cue_sheet(s.console(story), texts)
    yield "papers", ways.papers(s.board(story), s.poll(story), texts)
    yield "register", ways.register(s.board(story), s.poll(story), electors(story), texts)
    yield "ballot_on_paper", ballot.ballot(story.state.facts, s.member(story, "m003"), {}, None, texts)
    story.do(c.RecordPapers(by=CLERK, envelopes=7, votes_for=3, against=2, blank=1, invalid=1))
    story.do(c.ClosePoll(by=CLERK))
    yield "ballot_on_paper_closed", ballot.ballot(story.state.facts, s.member(story, "m003"), {}, None, texts)
    story.do(c.ProclaimResult(by=s.CHAIR))
    yield "result_on_paper", result.result(s.board(story), s.poll(story), s.voices(story), "", texts)


def extreme(story: Story, texts: Catalogue) -> Cards:
    """The forms for an assembly of hundreds with hostile names; ``story`` has an electronic poll open."""
    about, one, people = s.board(story), s.poll(story), electors(story)
    yield "hands", ways.hands(about, one, people, texts)
    yield "register", ways.register(about, one, people, texts)
    yield "hands_listed", ways.hands(about, one, people[: ways.LISTED], texts)
    yield "register_listed", ways.register(about, one, people[: ways.MARKED], texts)
    yield "papers", ways.papers(about, one, texts)
    assert about.item is not None
    yield "other_poll", ways.open_otherwise(about, about.item, tuple(VotingMethod), texts)


def electors(story: Story) -> list[PersonView]:
    """Whose voices the poll hears."""
    return [person_view(story.state.roll[member]) for member in s.last_poll(story).electorate]
