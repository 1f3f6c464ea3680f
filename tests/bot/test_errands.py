"""What needs more than the state of a sitting: holding one in a chat, asking for help, faults that are said plainly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.local.chats import Chat, Person, new_user_id
from bot.local.town import TENANT
from tests.bot.test_conversation import CLERK, FIRST, HERE, SITTING, polled
from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of, words
from voting.domain.ids import SittingId
from voting.journal.faults import OutcomeUnknown, StoreFull
from voting.journal.memory import MemoryStore
from voting.journal.store import Appended, Entry, Head, HeadMoved, KeyTaken


async def test_help_reaches_the_clerks_own_chat() -> None:
    async with hall(SITTING) as room:
        await room.submit(kit.arrive(FIRST))
        card = await room.say(FIRST, "bonjour")
        answer = await room.press(FIRST, "need_help", card)
        assert "transmise au service des assemblées" in words(answer)
        told = [text_of(s) for s in room.running.town.chats.transcript(room.own(CLERK), None)]
        name = next(m.full_name for m in SITTING.members if m.id == FIRST)
        assert any(f"{name} demande de l'aide" in t.replace("’", "'") for t in told)


async def test_the_clerk_holds_a_convened_sitting_in_a_new_chat() -> None:
    async with hall(SITTING) as room:
        wish = replace(kit.standing_committee(*kit.reports(2)), sitting=SittingId("s-0002"))
        await room.core.writer.submit(wish.sitting, wish)
        town = room.running.town
        links = [replace(link, sitting=wish.sitting) for link in town.links(room.sitting)]
        await room.running.app.books.accounts.link(links)
        chat = town.chats.open_meeting("Autre réunion", town.people(room.sitting).values())
        await room.client.say(room.person(FIRST), chat, "séance")
        await room.client.say(room.person(CLERK), chat, "séance")
        await room.until(lambda: room.running.app.books.conversations.sitting_of(chat.id) == wish.sitting)
        await room.until(lambda: any(s.card for s in town.chats.transcript(chat, None)))
        assert room.running.app.books.conversations.sitting_of(room.meeting.id) == room.sitting


async def test_a_chat_without_sitting_says_what_to_do() -> None:
    async with hall(SITTING) as room:
        chats = room.running.town.chats
        visitor = Person(
            user_id=new_user_id("v"), account="99999999-2222-4333-8444-555555555555", name="V", tenant_id=TENANT
        )
        chats.add(visitor)
        own = chats.personal(visitor)

        def said(chat: Chat, words: str) -> bool:
            return any(words in text_of(shown) for shown in chats.transcript(chat, visitor))

        await room.client.install(visitor, own)
        await room.until(lambda: len(chats.transcript(own, visitor)) == 1)
        await room.client.say(visitor, own, "pour")
        await room.until(lambda: said(own, "Aucune séance ne se tient ici"))
        meeting = chats.open_meeting("Sans séance", [visitor])
        await room.client.install(visitor, meeting)
        await room.until(lambda: said(meeting, "écrit « séance »"))
        await room.client.say(visitor, meeting, "séance")
        await room.until(lambda: said(own, "Aucune séance convoquée"))


class Faulty(MemoryStore):
    """A store that fails when told to: before or after it has written."""

    def __init__(self) -> None:
        super().__init__()
        self.full = self.low = False
        self.lost_answers = 0

    def has_room(self) -> bool:
        return not self.low

    async def append(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Appended | HeadMoved | KeyTaken:
        if self.full:
            raise StoreFull
        outcome = await super().append(expected, entries)
        if self.lost_answers and entries:
            self.lost_answers -= 1
            raise OutcomeUnknown(reason="connection")
        return outcome


async def test_a_full_disk_is_said_plainly_and_the_vote_can_be_given_again() -> None:
    store = Faulty()
    async with hall(SITTING, store=store) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        store.full = True
        answer = await room.press(FIRST, "for", card)
        assert "Rien n’a été enregistré" in words(answer)
        assert "incident" in words(answer)
        store.full = False
        assert "Pour" in words(await room.press(FIRST, "for", card))
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert len(poll.ballots) == 1


async def test_no_vote_begins_on_a_disk_that_is_nearly_full_and_the_sitting_goes_on() -> None:
    store = Faulty()
    async with hall(SITTING, store=store) as room:
        await room.submit(*kit.polled(SITTING, HERE)[1:-1])
        store.low = True
        said = text_of(await room.say(CLERK, "vote"))
        assert "Ce vote n’a pas été ouvert" in said
        assert "incident" in said
        assert (await room.state()).polls.open_poll() is None
        await room.say(FIRST, "parole")
        assert FIRST in [request.person for request in (await room.state()).speakers.waiting]
        store.low = False
        await room.say(CLERK, "vote")
        assert (await room.state()).polls.open_poll() is not None


async def test_a_vote_that_has_begun_comes_to_its_end_on_a_disk_that_fills() -> None:
    store = Faulty()
    async with hall(SITTING, store=store) as room:
        await polled(room)
        store.low = True
        assert "Pour" in words(await room.press(FIRST, "for", room.newest(FIRST, "for")))
        await room.submit(kit.close_poll())
        assert (await room.state()).polls.open_poll() is None


async def test_a_lost_answer_of_the_database_costs_no_vote_and_doubles_none() -> None:
    store = Faulty()
    async with hall(SITTING, store=store) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        before = len(await room.core.writer.history(room.sitting))
        store.lost_answers = 1
        assert "Pour" in words(await room.press(FIRST, "for", card)), "found again under its key"
        assert "Pour" in words(await room.press(FIRST, "for", card))
        assert len(await room.core.writer.history(room.sitting)) == before + 1


async def test_health_and_figures() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        await room.press(HERE[1], "for")
        origin = room.running.town.origin
        async with room.session.get(f"{origin}/healthz") as response:
            assert await response.json() == {"status": "ok"}
        async with room.session.get(f"{origin}/readyz") as response:
            assert (response.status, (await response.json())["status"]) == (200, "ok")
        async with room.session.get(f"{origin}/metrics") as response:
            text = await response.text()
        assert 'hemicycle_turns_total{kind="press"}' in text
        assert "m002" not in text
