"""The cards of a choice among several: an award, a round that chose nobody, one that age decides, a nomination."""

from collections.abc import Iterator

from bot.cards import ballot, console, contests, cue_sheet, item, lists, people, poll, result
from bot.cards.elements import Card
from bot.texts import Catalogue
from tests.cards import sitting as s
from tests.kit import choices
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.ids import PersonId, option_id
from voting.domain.tally import Choice
from voting.service.views.parts import ItemView

Cards = Iterator[tuple[str, Card]]


def golden(texts: Catalogue) -> Cards:
    """Each card by name."""
    yield from _award(texts)
    yield from _election(texts)
    yield from _nomination(texts)


def _item(story: Story) -> ItemView:
    found = s.board(story).item
    assert found is not None
    return found


def _award(texts: Catalogue) -> Cards:
    story = choices.opened(proxy=True)
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m002")))
    story.call()
    yield "contest_open", contests.open_contest(s.board(story), _item(story), texts)
    choices.contest(story, "Offre A", "Offre B", "Offre C")
    about = s.board(story)
    yield "contest_voting", poll.voting(about, s.poll(story), None, texts)
    choices.choose(story, 1, 1, 1)
    yield "contest_spoken", people.voice(about, s.poll(story), s.console(story).silent, texts)
    yield "contest_ballot_done", ballot.ballot(about, s.member(story, "m001"), {}, None, texts)
    yield "contest_ballot_proxy", ballot.ballot(about, s.member(story, "m003"), {}, None, texts)
    yield "contest_ballot_change", ballot.ballot(about, s.member(story, "m001"), {}, PersonId("m001"), texts)
    story.do(c.ClosePoll(by=CLERK))
    yield "contest_console_count", console.console(s.console(story), True, texts)
    yield "contest_cue_proclaim", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.ProclaimResult(by=PersonId("m001")))
    yield "contest_closed", poll.closed(about, s.poll(story), texts)
    yield "contest_result", result.result(about, s.poll(story), s.voices(story), "", texts)
    yield "contest_item_settled", item.settled(about, s.poll(story).item, texts)
    yield "contest_agenda", lists.agenda(s.board(story), None, texts)


def _election(texts: Catalogue) -> Cards:
    story = choices.opened()
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m002")))
    story.call("i002")
    yield "contest_cue_open", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.UncoverBallot(by=PersonId("m001")))
    choices.contest(story, *(f"Candidature {n}" for n in range(1, 8)))
    yield "contest_voting_list", poll.voting(s.board(story), s.poll(story), None, texts)
    choices.choose(story, 1, 1, 2, 2, 3, Choice.ABSTENTION)
    story.proclaim()
    yield "contest_nobody", result.result(s.board(story), s.poll(story), s.voices(story), "", texts)
    yield "contest_console_round", console.console(s.console(story), False, texts)
    yield "contest_cue_round", cue_sheet.cue_sheet(s.console(story), texts)
    yield from _last_round(story, texts)


def _last_round(story: Story, texts: Catalogue) -> Cards:
    story.do(c.OpenNextRound(by=CLERK))
    story.proclaim()
    story.do(c.OpenNextRound(by=CLERK, withdrawn=tuple(option_id(n) for n in range(3, 8))))
    choices.choose(story, 1, 1, 2, 2)
    story.do(c.ClosePoll(by=CLERK))
    view = s.console(story)
    assert view.closing is not None
    yield "contest_console_elder", console.console(view, False, texts)
    yield "contest_cue_elder", cue_sheet.cue_sheet(view, texts)
    yield "contest_elder", contests.name_elder(view.board, s.poll(story), view.closing.tied, texts)


def _nomination(texts: Catalogue) -> Cards:
    story = choices.of_choices()
    yield "contest_nominated", item.settled(s.board(story), s.board(story).items[2], texts)


def amended(texts: Catalogue) -> Cards:
    """A report voted with an amendment that was adopted, and how that is said."""
    story = s.opened()
    for item_ in ("i002", "i001"):
        story.call(item_)
        story.open_poll()
        if item_ == "i001":
            yield "amended_voting", poll.voting(s.board(story), s.poll(story), None, texts)
        story.vote(rest=Choice.FOR)
        story.proclaim()
    yield "amended_closed", poll.closed(s.board(story), s.poll(story), texts)
    yield "amended_result", result.result(s.board(story), s.poll(story), s.voices(story), "", texts)


def same_vote(texts: Catalogue) -> Cards:
    """A ballot that recalls the answer given to the item before: one's own, then that of a proxy."""
    story = choices.opened(proxy=True)
    story.call()
    story.open_poll()
    story.vote({"m003": Choice.AGAINST}, rest=Choice.FOR)
    story.proclaim()
    story.call("i002")
    story.open_poll()
    about = s.board(story)
    yield "same_vote", ballot.ballot(about, s.member(story, "m003"), {}, None, texts)
    s.cast(story, PersonId("m003"), PersonId("m003"), Choice.AGAINST)
    yield "same_vote_proxy", ballot.ballot(about, s.member(story, "m003"), {}, None, texts)
