"""Every card of the product, as the people of a small sitting see it: golden files and pictures."""

from collections.abc import Iterator, Mapping

from bot.cards import (
    accounts,
    ballot,
    connected,
    console,
    course,
    cue_sheet,
    forms,
    home,
    incidents,
    item,
    lists,
    minutes,
    my_votes,
    notes,
    notice,
    order,
    people,
    poll,
    proxies,
    result,
    sheet,
    times,
    turn_to_come,
)
from bot.cards.ballot import Receipt
from bot.cards.elements import Card
from bot.cards.minutes_state import minutes_state
from bot.handouts.sheets import help_lines, sheet_of
from bot.matching import Doubt
from bot.texts import Catalogue
from tests.cards import choosing, gallery_ways, grouped, lent, written
from tests.cards import sitting as s
from tests.cards.training import training
from tests.domain.test_life import VOTE
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.ids import PersonId, item_id
from voting.domain.polls import Purpose
from voting.domain.speakers import FloorKind
from voting.service.helping import HelpReport
from voting.service.views.board import BoardView
from voting.service.views.incidents import IncidentView, incidents_view
from voting.service.views.minuting import minuting_view
from voting.service.views.notes import noted_turns
from voting.service.views.parts import PersonView, person_view
from voting.service.views.speaking import spoken_by_group, spoken_by_person

Cards = Iterator[tuple[str, Card]]

NOTE = (
    "hemicycle/3f1c9a52e07b4d68\n42\nq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=\n\n"
    "— hemicycle/3f1c9a52e07b4d68 "
    "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEfGhIjKl==\n"
)
LEAF = "5f0e6c1d9a3b47288c61f4d0e7a2b95c3d84f6a1027be95c48d3f61a0b7c2e9d"
BOARD = "https://votes.example.org/seances/3f1c9a52e07b4d68"
QUOTE = home.Quote(
    words=[("Pour parler", True), (" : « Demander la parole », ou ", False), ("parole", True), (".", False)],
    is_translated=True,
    address="https://votes.example.org/guides/member?lang=fr#le-jour-de-la-séance",
)
MRIS = [f"29:1{'abcdefghij' * 8}{n:03d}" for n in range(60)]


def golden(texts: Catalogue) -> Mapping[str, Card]:
    """Each card by name, as the people of the small sitting see it."""
    choosing_cards = (choosing.golden, choosing.same_vote, choosing.amended, grouped.three)
    cards = (
        _meeting,
        _personal,
        _ballots,
        _staff,
        _cues,
        training,
        *choosing_cards,
        gallery_ways.golden,
        written.golden,
        lent.golden,
    )
    return dict(named for some in cards for named in some(texts))


def receipts(*members: str) -> dict[PersonId, Receipt]:
    """A receipt for each of these voices."""
    return {PersonId(member): Receipt(seq=41 + n, leaf=LEAF) for n, member in enumerate(members)}


def _meeting(texts: Catalogue) -> Cards:
    convened, debate, vote = s.small(), s.debating(), s.voting()
    yield "opening", course.opening(s.board(convened), BOARD, texts)
    yield "attendance", course.attendance(s.board(s.calling()), texts)
    yield "attendance_closed", course.attendance(s.board(s.opened()), texts)
    yield "item", item.discussion(s.board(debate), texts)
    yield "item_between", item.discussion(s.board(s.opened()), texts)
    debate.do(c.CloseSpeakersList(by=CLERK))
    yield "item_list_closed", item.discussion(s.board(debate), texts)
    yield "item_shared_time", item.discussion(s.board(s.speaking("m009", 95)), texts)
    debate.do(c.CloseDebate(by=s.CHAIR))
    yield "item_debate_closed", item.discussion(s.board(debate), texts)
    yield "voting", poll.voting(s.board(vote), s.poll(vote), ["29:1abc", "29:1def"], texts)
    yield "live", poll.live(s.board(vote), s.poll(vote), texts)
    timed = s.voting(seconds=120)
    yield "voting_timed", poll.voting(s.board(timed), s.poll(timed), None, texts)
    yield "live_timed", poll.live(s.board(timed), s.poll(timed), texts)
    count = s.counted()
    yield "closed", poll.closed(s.board(count), s.poll(count), texts)
    yield "live_closed", poll.live(s.board(count), s.poll(count), texts)
    done = s.proclaimed()
    yield "closed_proclaimed", poll.closed(s.board(done), s.poll(done), texts)
    yield "result", result.result(s.board(done), s.poll(done), s.voices(done), NOTE, texts)
    yield "item_settled", item.settled(s.board(done), s.poll(done).item, texts)
    yield from _asides(texts)
    yield from _end(done, texts)


def _asides(texts: Catalogue) -> Cards:
    struck = s.voting()
    struck.do(c.AnnulPoll(by=CLERK, reason="connexion perdue pour deux membres"))
    yield "annulled", poll.annulled(s.board(struck), s.poll(struck), "connexion perdue pour deux membres", texts)
    story = s.opened()
    story.call()
    story.do(c.RequestSecretBallot(by=PersonId("m005")))
    story.open_poll(Purpose.SECRET_BALLOT_REQUEST)
    yield "voting_secret_request", poll.voting(s.board(story), s.poll(story), None, texts)
    story.vote({"m005": s.FOR}, rest=s.AGAINST)
    story.proclaim()
    yield "result_secret_request", result.result(s.board(story), s.poll(story), s.voices(story), "", texts)


def _end(story: Story, texts: Catalogue) -> Cards:
    story.do(c.SuspendSitting(by=CLERK, reason="incident technique"))
    yield "suspension", course.suspension(s.board(story), "incident technique", texts)
    yield "resumption", course.resumption(s.board(story), texts)
    yield "console_suspended", console.console(s.console(story), False, texts)
    yield "cue_resume", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.CloseSitting(by=CLERK))
    yield "closing", course.closing(s.board(story), NOTE, texts)
    yield "console_end", console.console(s.console(story), False, texts)
    helped = HelpReport(asked=3, settled=2, taken_in=75, settled_in=260, voiced=1)
    yield "state_end", console.state(s.console(story), texts, helped=helped)
    yield "home_end", home.home(s.board(story), s.member(story, "m004"), texts)


def _personal(texts: Catalogue) -> Cards:
    convened, calling, debate, vote = s.small(), s.calling(), s.debating(), s.voting()
    about = convened.state.facts
    yield "welcome", home.welcome(texts)
    yield "home_before", home.home(about, s.member(convened, "m005"), texts)
    yield "home_proxy_offered", home.home(about, s.member(calling, "m004"), texts)
    yield "home_proxy_given", home.home(about, s.member(calling, "m008"), texts)
    yield "home_debate", home.home(about, s.member(debate, "m005"), texts)
    yield "home_speaker", home.home(about, s.member(debate, "m003"), texts)
    yield "home_vote", home.home(about, s.member(vote, "m001"), texts)
    yield "home_second_voice", home.home(about, s.member(vote, "m004"), texts)
    yield "help", home.help_(about, s.member(debate, "m004"), QUOTE, texts)
    yield "help_clerk", home.help_(about, s.member(vote, CLERK), None, texts)
    links = [(texts("sheet.own"), BOARD), (texts("sheet.all"), BOARD)]
    own = sheet_of(calling.state, calling.rules, calling.state.roll[PersonId("m004")], texts)
    yield "sheet", sheet.own_sheet(about, own, help_lines("02 00 00 00 00", texts), links[:1], texts)
    yield "sheets_all", sheet.all_sheets(about, links[1:], texts)
    yield "help_no_sitting", home.help_(None, None, None, texts)
    yield "turn_to_come", turn_to_come.turn_to_come(about, person_of(convened, "m003"), texts)
    yield "proxy_offer", proxies.proxy_offer(about, person_of(convened, "m008"), texts)
    said, then = "Le scrutin n° 4 n’est pas ouvert.", "Attendez la prochaine carte de vote."
    yield "notice", notice.notice(about, said, then, notice.Page("CGCT L. 4132-13", BOARD), ["ballot"], texts)
    nearest = [notice.Suggestion("present", "présent"), notice.Suggestion("floor", "parole")]
    yield "unknown", notice.unknown(about, "parolle **forte**", nearest, texts)
    yield "unknown_nothing", notice.unknown(None, "zzz", [], texts)
    yield "choose_proxy", people.choose(about, "proxy", persons_of(convened), None, texts)
    yield "choose_nobody", people.choose(about, "secretary", [], None, texts)


def _ballots(texts: Catalogue) -> Cards:
    vote, about = s.voting(), s.small().state.facts
    yield "ballot_to_vote", ballot.ballot(about, s.member(vote, "m001"), {}, None, texts)
    yield "ballot_own_done", ballot.ballot(about, s.member(vote, "m004"), receipts("m004"), None, texts)
    yield "ballot_spoken", ballot.ballot(about, s.member(vote, "m007"), {}, None, texts)
    yield "ballot_recused", ballot.ballot(about, s.member(vote, "m006"), {}, None, texts)
    yield "ballot_not_here", ballot.ballot(about, s.member(vote, "m009"), {}, None, texts)
    s.cast(vote, s.HOLDER, s.GRANTOR, s.AGAINST)
    both = s.member(vote, "m004")
    yield "ballot_both_done", ballot.ballot(about, both, receipts("m004", "m008"), None, texts)
    yield "ballot_change_own", ballot.ballot(about, both, receipts("m004", "m008"), s.HOLDER, texts)
    yield "ballot_change_proxy", ballot.ballot(about, both, receipts("m004", "m008"), s.GRANTOR, texts)
    vote.do(c.ClosePoll(by=CLERK))
    yield "ballot_closed", ballot.ballot(about, s.member(vote, "m004"), receipts("m004", "m008"), None, texts)
    yield "ballot_no_poll", ballot.ballot(about, s.member(s.debating(), "m004"), {}, None, texts)
    done = s.proclaimed()
    past = my_votes.PastVote(
        poll=s.poll(done), voices=s.member(s.counted(), "m004").voices, receipts=receipts("m004", "m008")
    )
    yield "my_votes", my_votes.my_votes(about, [past], None, texts)
    yield "my_votes_none", my_votes.my_votes(about, [], None, texts)


def _accounts(story: Story, texts: Catalogue) -> accounts.AccountsView:
    """One doubt of each kind."""
    doubts = [doubt.value for doubt in Doubt]
    persons = persons_of(story)
    return accounts.AccountsView(
        total=len(persons),
        linked=3,
        reached=2,
        with_chat=1,
        unknown=[
            accounts.Unknown(person=person, address=f"{person.id}@region.example", doubt=doubt)
            for person, doubt in zip(persons, doubts, strict=False)
        ],
        asked="entra",
        can_install=True,
        note=texts.plural("card.accounts.installed", 4, n=4),
    )


def _staff(texts: Catalogue) -> Cards:
    convened, debate, vote, count = s.small(), s.debating(), s.voting(), s.counted()
    board = s.board(debate)
    yield "console_before", console.console(s.console(convened), False, texts)
    yield "console_calling", console.console(s.console(s.calling()), False, texts)
    yield "console_debate", console.console(s.console(debate), False, texts)
    yield "console_vote", console.console(s.console(vote), False, texts)
    yield "console_count", console.console(s.console(count), True, texts)
    yield "console_count_clerk", console.console(s.console(count), False, texts)
    yield "console_between", console.console(s.console(s.opened()), False, texts)
    yield from _floor(texts)
    yield "state", console.state(s.console(debate), texts)
    yield "agenda", lists.agenda(board, None, texts)
    yield from _orders(board, texts)
    yield "members", lists.members(board, None, texts)
    yield "accounts", accounts.accounts(board, _accounts(convened, texts), None, texts)
    yield "quorum", lists.quorum(s.board(s.calling()), texts)
    persons = persons_of(convened)
    heard = connected.ConnectedView(unanswered=persons[:3], left=persons[5:6], strangers=2, connected=8, is_heard=True)
    yield "connected", connected.connected(board, heard, None, texts)
    yield "console_connected", console.console(s.console(s.calling()), False, texts, connected=3)
    yield "choose_secretary", people.choose(board, "secretary", persons_of(convened), None, texts)
    yield "spoken_vote", people.voice(board, s.poll(vote), s.console(vote).silent, texts)
    yield "confirm_annul", forms.confirm_annul(board, s.poll(vote), texts)
    yield "postpone", forms.postpone(board, s.poll(vote).item, texts)
    yield "new_sitting", forms.new_sitting(texts, {})
    files = {
        "members": texts("file.kept.members", name="élus.csv", people=62, voters=25),
        "agenda": texts("file.kept.agenda", name="ordre-du-jour.xlsx", items=24),
    }
    yield "new_sitting_files", forms.new_sitting(texts, files)
    document = minutes.Document(name="pv-2026-11-20.pdf", url=f"{BOARD}/pv.pdf", fingerprint=LEAF, is_given=True)
    yield from _document(texts)
    yield "minutes_ready", minutes.minutes_ready(board, document, texts)


def _orders(board: BoardView, texts: Catalogue) -> Cards:
    yield "agenda_to_call", lists.agenda_to_call(board, None, texts)
    yield "order", order.order(board, board.items[1:], None, texts)
    yield "order_nothing", order.order(board, board.items[:1], None, texts)


def _document(texts: Catalogue) -> Cards:
    done = s.proclaimed()
    done.do(c.CloseSitting(by=CLERK))
    yield "minutes_to_submit", _life(done, texts)
    done.do(c.SubmitMinutes(by=CLERK))
    done.do(c.ApproveMinutes(by=CLERK, approval=VOTE))
    done.do(c.RecordSignatures(by=CLERK, fingerprint=LEAF, signers=()))
    yield "minutes_signed", _life(done, texts)


def _life(story: Story, texts: Catalogue) -> Card:
    view = minuting_view(story.state, story.rules, story.now)
    return minutes_state(story.state.facts, view, "Europe/Paris", texts)


def _eventful(story: Story) -> tuple[IncidentView, ...]:
    """One that was told as it happened, and one that names its item and whom it concerns."""
    story.do(c.WriteIncident(by=CLERK, incident=None, text="La transmission s’interrompt *deux minutes*."))
    told = c.WriteIncident(
        by=CLERK, incident=None, text="Une alarme sonne.\nLa salle reste.", item=item_id(1), person=PersonId("m003")
    )
    story.do(told)
    return incidents_view(story.state)


def _floor(texts: Catalogue) -> Cards:
    spoken = s.speaking("m009", 95)
    sums = spoken_by_group(spoken.state), spoken_by_person(spoken.state)
    yield "times", times.times(s.board(spoken), *sums, texts)
    yield "times_nobody", times.times(s.board(s.debating()), (), (), texts)
    yield "console_asked", console.console(s.console(s.sharing()), True, texts)
    paused = s.speaking("m004")
    paused.do(c.PauseFloor(by=CLERK), after=75)
    yield "console_paused", console.console(s.console(paused), False, texts)
    yield "home_paused", home.home(paused.state.facts, s.member(paused, "m004"), texts)
    ended = s.debating()
    ended.do(c.EndFloor(by=CLERK), after=60)
    yield "console_undo", console.console(s.console(ended), False, texts)
    yield "notes_none_written", notes.notes(ended.state.facts, noted_turns(ended.state), None, texts)
    ended.do(c.WriteNote(by=CLERK, turn=None, text="Soutient le rapport.\nDemande un bilan *dans un an*."))
    yield "notes", notes.notes(ended.state.facts, noted_turns(ended.state), None, texts)
    yield "notes_nobody", notes.notes(ended.state.facts, (), None, texts)
    yield "note", notes.note(ended.state.facts, noted_turns(ended.state)[-1], texts)
    told = _eventful(ended)
    yield "incidents_none", incidents.incidents(ended.state.facts, (), None, texts)
    yield "incidents", incidents.incidents(ended.state.facts, told, None, texts)
    yield "incident_new", incidents.incident(ended.state.facts, None, texts)
    yield "incident", incidents.incident(ended.state.facts, told[-1], texts)
    yield "note_running", notes.note(paused.state.facts, noted_turns(paused.state)[-1], texts)
    vote = s.voting()
    vote.do(c.RequestFloor(by=s.CHAIR, person=s.CHAIR, kind=FloorKind.POINT_OF_ORDER))
    yield "console_order_on_vote", console.console(s.console(vote), False, texts)
    yield "cue_order_on_vote", cue_sheet.cue_sheet(s.console(vote), texts)


def _cues(texts: Catalogue) -> Cards:
    told = {
        "call_roll": s.small(),
        "wait": s.calling(),
        "call_item": s.opened(),
        "give_floor": s.debating(),
        "close_poll": s.voting(),
        "proclaim": s.counted(),
    }
    for name, story in told.items():
        yield f"cue_{name}", cue_sheet.cue_sheet(s.console(story), texts)
    story = s.calling()
    story.attend("m005")
    yield "cue_open", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.OpenSitting(by=CLERK))
    yield "cue_secretary", cue_sheet.cue_sheet(s.console(story), texts)
    story = s.opened()
    story.call()
    yield "cue_open_poll", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.RequestSecretBallot(by=PersonId("m005")))
    yield "cue_secret_request", cue_sheet.cue_sheet(s.console(story), texts)
    yield from _last_cues(texts)


def _last_cues(texts: Catalogue) -> Cards:
    story = s.opened()
    for _ in range(3):
        story.call()
        story.decide_item()
    story.call()
    yield "cue_information", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.PostponeItem(by=CLERK, text="rapport attendu"))
    yield "cue_lift", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.CloseSitting(by=CLERK))
    yield "cue_end", cue_sheet.cue_sheet(s.console(story), texts)


def person_of(story: Story, person: str) -> PersonView:
    """Somebody of the roll."""
    return person_view(story.state.roll[PersonId(person)])


def persons_of(story: Story) -> list[PersonView]:
    """Everybody who votes."""
    return [person_view(m) for m in story.state.facts.members if m.votes]
