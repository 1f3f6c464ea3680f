"""Every card for 720 members with hostile names and titles: what no card may exceed."""

from collections.abc import Mapping

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
    times,
    turn_to_come,
)
from bot.cards.elements import Card
from bot.matching import Doubt
from bot.texts import Catalogue
from tests.cards import gallery_ways, grouped, written
from tests.cards import sitting as s
from tests.cards.gallery import BOARD, LEAF, MRIS, NOTE, Cards, person_of, persons_of, receipts
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, item_id
from voting.domain.speakers import FloorKind
from voting.service.views.incidents import incidents_view
from voting.service.views.member import VoiceView
from voting.service.views.notes import noted_turns
from voting.service.views.proxies import ProxyState, ProxyView
from voting.service.views.speaking import spoken_by_group, spoken_by_person

LONG_QUOTE = home.Quote(words=[(NOTE * 99, False)] * 3, is_translated=False, address=BOARD)


def extreme(texts: Catalogue) -> Mapping[str, Card]:
    """The same cards for 720 members with hostile names and titles."""
    return dict(
        [
            *_immense_chat(texts),
            *_immense_vote(texts),
            *_immense_people(texts),
            *grouped.sixty(texts),
            *written.longest(texts),
        ]
    )


def _immense_chat(texts: Catalogue) -> Cards:
    story = s.immense()
    board = s.board(story)
    yield "opening", course.opening(board, BOARD, texts)
    yield "attendance", course.attendance(board, texts)
    yield "console", console.console(s.console(story), True, texts)
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m002")))
    story.call()
    for n in range(1, 300):
        person = PersonId(f"m{n:03d}")
        kind = FloorKind.POINT_OF_ORDER if n % 2 else FloorKind.INTERVENTION
        story.do(c.RequestFloor(by=person, person=person, kind=kind))
    story.do(c.GiveFloor(by=CLERK))
    yield "item", item.discussion(s.board(story), texts)
    for _ in range(60):
        story.do(c.GiveFloor(by=CLERK))
    sums = spoken_by_group(story.state), spoken_by_person(story.state)
    yield "times", times.times(s.board(story), *sums, texts)
    yield from _minuted(story, texts)
    yield "suspension", course.suspension(board, s.nasty(2_000), texts)
    yield "cue", cue_sheet.cue_sheet(s.console(story), texts)
    yield "state", console.state(s.console(story), texts)
    yield "closing", course.closing(s.board(story), NOTE, texts)
    yield "quorum", lists.quorum(s.board(story), texts)
    for number in (None, 1, 11, 99):
        yield f"agenda_{number}", lists.agenda_to_call(s.board(story), number, texts)
        yield f"members_{number}", lists.members(s.board(story), number, texts)
        yield f"order_{number}", order.order(board, s.board(story).items, number, texts)
    yield "home", home.home(board, s.member(story, "m001"), texts)
    yield (
        "help",
        home.help_(
            board,
            s.member(story, "m001"),
            LONG_QUOTE,
            texts,
        ),
    )


def _minuted(story: Story, texts: Catalogue) -> Cards:
    """What is written into the minutes during the sitting."""
    board = s.board(story)
    story.do(c.WriteNote(by=CLERK, turn=None, text=s.nasty(4_000)))
    yield "notes", notes.notes(board, noted_turns(story.state), None, texts)
    yield "note", notes.note(board, noted_turns(story.state)[-1], texts)
    story.do(c.WriteNote(by=CLERK, turn=None, text=s.nasty(20_000)))
    yield "note_too_long", notes.note(board, noted_turns(story.state)[-1], texts)
    for n in range(1, 30):
        person = PersonId(f"m{n:03d}")
        story.do(c.WriteIncident(by=CLERK, incident=None, text=s.nasty(3_999), item=item_id(1), person=person))
    yield "incidents", incidents.incidents(board, incidents_view(story.state), None, texts)
    yield "incident", incidents.incident(board, incidents_view(story.state)[-1], texts)


def _immense_vote(texts: Catalogue) -> Cards:
    story = s.immense()
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m002")))
    story.call()
    story.open_poll()
    about, one = s.board(story), s.poll(story)
    yield "voting", poll.voting(about, one, MRIS, texts)
    yield "voting_more", poll.voting(about, one, [*MRIS, "29:1more"], texts)
    yield "live", poll.live(about, one, texts)
    yield "console_vote", console.console(s.console(story), True, texts)
    yield "cue_vote", cue_sheet.cue_sheet(s.console(story), texts)
    yield "spoken_vote", people.voice(about, one, s.console(story).silent, texts)
    yield from gallery_ways.extreme(story, texts)
    yield "annul", forms.confirm_annul(about, one, texts)
    yield "annulled", poll.annulled(about, one, s.nasty(1_000), texts)
    story.vote(rest=s.FOR)
    yield "ballot", ballot.ballot(about, s.member(story, "m001"), receipts("m001"), None, texts)
    story.do(c.ClosePoll(by=CLERK))
    yield "closed", poll.closed(about, s.poll(story), texts)
    yield "cue_proclaim", cue_sheet.cue_sheet(s.console(story), texts)
    story.do(c.ProclaimResult(by=s.CHAIR))
    yield "result", result.result(s.board(story), s.poll(story), s.voices(story), NOTE, texts)
    settled = s.poll(story)
    yield "settled", item.settled(about, settled.item, texts)
    past = my_votes.PastVote(poll=settled, voices=_three(story), receipts=receipts("m001", "m002", "m003"))
    yield "my_votes", my_votes.my_votes(about, [past] * 90, 3, texts)


def _three(story: Story) -> tuple[VoiceView, ...]:
    first, second, third = s.voices(story)[:3]
    return first, second, third


def _immense_people(texts: Catalogue) -> Cards:
    story = s.immense()
    about = story.state.facts
    for number in (None, 6, 12):
        yield f"choose_{number}", people.choose(about, "proxy", persons_of(story), number, texts)
    for number in (None, 60):
        yield f"accounts_{number}", accounts.accounts(about, _strangers(story), number, texts)
    everybody = connected.ConnectedView(
        unanswered=persons_of(story), left=persons_of(story), strangers=999, connected=999, is_heard=True
    )
    for number in (None, 7, 99):
        yield f"connected_{number}", connected.connected(about, everybody, number, texts)
    yield "turn_to_come", turn_to_come.turn_to_come(about, person_of(story, "m001"), texts)
    yield "offer", proxies.proxy_offer(about, person_of(story, "m001"), texts)
    whole = ProxyView(
        grantor=person_of(story, "m001"),
        holder=person_of(story, "m002"),
        state=ProxyState.PLANNED,
        since=story.now,
        until=story.now,
        reason=None,
    )
    for verb in ("accept", "decline", "revoke"):
        yield f"which_{verb}", proxies.which(about, verb, [whole] * 30, PersonId("m003"), texts)
    page = notice.Page(s.nasty(300), BOARD)
    yield "notice", notice.notice(about, s.nasty(3_000), s.nasty(3_000), page, ["present", "floor", "help"], texts)
    near = [notice.Suggestion("present", s.nasty(500))] * 9
    yield "unknown", notice.unknown(about, s.nasty(10_000), near, texts)
    name = s.nasty(1_000)
    yield "minutes", minutes.minutes_ready(about, minutes.Document(name=name, url=BOARD, fingerprint=LEAF), texts)
    story.do(c.RecordAttendance(by=s.CHAIR, person=s.CHAIR, presence=Presence.ABSENT, source=Source.CARD))
    yield "home_away", home.home(about, s.member(story, "m001"), texts)


def _strangers(story: Story) -> accounts.AccountsView:
    persons = persons_of(story)
    return accounts.AccountsView(
        total=len(persons),
        linked=0,
        reached=0,
        with_chat=0,
        unknown=[accounts.Unknown(person=one, address=s.nasty(254), doubt=Doubt.NOT_FOUND.value) for one in persons],
        asked="not_granted",
        can_install=False,
    )
