"""What the call of a meeting suggests: told to those who run the sitting, never recorded by itself."""

import asyncio
from dataclasses import replace

import pytest

from bot.calls import MOST_CALLS, Calls
from bot.channel import NotNow, Undeliverable
from bot.hints import hint
from bot.local.chats import Person, new_user_id
from bot.local.connector import Fault
from bot.local.town import TENANT
from bot.reach import Reach
from bot.storage.memory import MemoryConversations
from bot.teams.activity import turn_of
from bot.turn import Conversation, ConversationKind
from tests.bot.test_conversation import CLERK, FIRST, SECOND, SITTING, THIRD
from tests.kit import sittings as kit
from tests.kit import teams as wire
from tests.kit.hall import Hall, button, hall, text_of, verbs, words
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.speakers import FloorKind

VISITOR = Person(user_id=new_user_id("v"), account=None, name="Élu 2", tenant_id=TENANT, role="anonymous")


async def called(room: Hall) -> None:
    await room.submit(c.OpenRollCall(by=CLERK), kit.arrive(SECOND))


async def test_who_is_connected_and_does_not_answer_is_told_to_the_clerk_alone() -> None:
    async with hall(SITTING) as room:
        await called(room)
        town, client = room.running.town, room.client
        before = len(await room.core.writer.history(room.sitting))
        await client.meeting(room.person(CLERK), room.meeting, "Start")
        town.chats.add(VISITOR)
        await client.connect(room.meeting, [room.person(p) for p in (FIRST, SECOND, THIRD)] + [VISITOR])
        console = await room.say(CLERK, "séance")
        assert "2 membres connectés n’ont pas répondu à l’appel." in text_of(console)
        assert "connected" in verbs(console.card or {})
        shown = await room.press(CLERK, "connected", console)
        assert "2 connectés, sans réponse" in words(shown)
        assert "1 personne connectée n’est pas sur la liste" in words(shown)
        assert "Être connecté ne vaut pas présence" in words(shown)
        assert len(await room.core.writer.history(room.sitting)) == before, "nothing was recorded"
        member = await room.say(FIRST, "bonjour")
        assert "connecté" not in text_of(member)
        refused = await room.say(FIRST, "connectés")
        assert "réservée" in text_of(refused)


async def test_the_clerk_notes_whom_he_sees() -> None:
    async with hall(SITTING) as room:
        await called(room)
        await room.client.connect(room.meeting, [room.person(FIRST)])
        card = await room.say(CLERK, "qui est connecté")
        await room.press(CLERK, "present", card, person=FIRST, **button(card, "present"))
        state = await room.state()
        assert state.is_here(FIRST)
        assert "1 personne connectée : rien à noter." in text_of(await room.say(CLERK, "connectés"))


async def test_who_has_left_the_call_is_told_but_not_noted() -> None:
    async with hall(SITTING) as room:
        await called(room)
        await room.submit(c.RecordAttendance(by=CLERK, person=THIRD, presence=Presence.IN_ROOM, source=Source.CLERK))
        people = [room.person(p) for p in (SECOND, THIRD)]
        await room.client.connect(room.meeting, people)
        await room.client.disconnect(room.meeting, [*people, VISITOR])
        card = await room.say(CLERK, "connectés")
        assert "1 noté à distance, mais plus connecté" in text_of(card), "who sits in the room needs no call"
        assert (await room.state()).is_here(SECOND)
        await room.client.connect(room.meeting, people)
        assert "plus connecté" not in text_of(await room.say(CLERK, "connectés"))
        await room.client.meeting(room.person(CLERK), room.meeting, "End")
        assert "plus connecté" not in text_of(await room.say(CLERK, "connectés"))


async def test_where_teams_tells_nothing_it_is_asked() -> None:
    """The Developer Portal's box is not ticked: no arrival is sent, but one person at a time can be asked about."""
    async with hall(SITTING) as room:
        await called(room)
        room.meeting.in_meeting.update({room.person(FIRST).user_id, room.person(SECOND).user_id})
        room.running.town.connector.fail_next(Fault(status=404, method="GET"))
        await room.say(CLERK, "séance", in_meeting=True)  # the meeting's id comes with any word
        card = await room.say(CLERK, "connectés")
        assert "1 connecté, sans réponse" in text_of(card)
        room.meeting.in_meeting.discard(room.person(FIRST).user_id)
        card = await room.say(CLERK, "connectés")
        assert "sans réponse à l’appel :" not in text_of(card)


async def test_a_chat_that_is_no_meeting_says_how_to() -> None:
    async with hall(SITTING) as room:
        assert "Teams n’a rien dit de cette réunion" in text_of(await room.say(CLERK, "connectés"))


async def test_a_substitute_is_expected_where_the_member_is_not_there() -> None:
    wish = kit.tender_committee(*kit.reports(2))
    async with hall(wish) as room:
        state = await room.state()
        substitute = next(m for m in state.facts.members if m.substitute_for is not None)
        calls = Calls()
        turn = turn_of(wire.participants("Join", wire.MARTIN))
        links = tuple(
            replace(link, tenant_id=turn.joined[0].tenant_id or "", account=turn.joined[0].account)
            for link in room.running.app.books.accounts.links(room.sitting)
            if link.person == substitute.id
        )
        calls.heard(turn)
        call = calls.of(turn.conversation.id)
        assert call is not None
        assert hint(state, links, call).unanswered == (substitute.id,)
        assert substitute.substitute_for is not None
        await room.submit(kit.arrive(substitute.substitute_for))
        assert not hint(await room.state(), links, call)


def test_only_so_many_calls_are_remembered() -> None:
    calls = Calls()
    turn = turn_of(wire.meeting("Start"))
    for number in range(MOST_CALLS + 1):
        calls.heard(replace(turn, conversation=replace(turn.conversation, id=str(number))))
    assert calls.of("0") is None
    assert calls.of(str(MOST_CALLS)) is not None
    calls.heard(turn_of(wire.said("bonjour", personal=True)))
    assert calls.of(wire.PERSONAL_CHAT) is None


# --- a word in private ------------------------------------------------------------------------------------------------


async def test_whoever_speaks_next_is_told_once() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.called(SITTING, kit.first(20))[1:])
        for person in (FIRST, SECOND, THIRD):
            await room.submit(c.RequestFloor(by=person, person=person, kind=FloorKind.INTERVENTION))
        await room.submit(c.GiveFloor(by=CLERK))

        def told(person: object) -> int:
            shown = room.running.town.chats.transcript(room.own(person), None)  # type: ignore[arg-type]
            return sum("Vous parlez ensuite" in text_of(one) for one in shown)

        await room.until(lambda: told(SECOND) == 1)
        await room.submit(c.EndFloor(by=CLERK), c.GiveFloor(by=CLERK))
        await room.until(lambda: told(THIRD) == 1)
        await room.submit(c.EndFloor(by=CLERK), c.GiveFloor(by=CLERK))
        await asyncio.sleep(0.05)
        assert [told(person) for person in (FIRST, SECOND, THIRD)] == [0, 1, 1]


class Opener:
    """Opens chats, or says why not."""

    def __init__(self, error: Exception | None = None) -> None:
        self.opened, self.error = 0, error

    async def open(self, near: Conversation, account: str) -> Conversation:
        self.opened += 1
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        return replace(near, id=f"a:{account}", kind=ConversationKind.PERSONAL)


NEAR = Conversation(
    id="19:m@thread.v2", kind=ConversationKind.GROUP, tenant_id="t", service_url="https://x.example", bot_id="28:b"
)


async def test_a_private_chat_is_opened_once_and_kept() -> None:
    opener, kept = Opener(), MemoryConversations()
    reach = Reach(opener, kept)
    assert await reach.chat("t", "a1", None) is None, "no chat of ours to start from"
    chats = await asyncio.gather(*(reach.chat("t", "a1", NEAR) for _ in range(20)))
    assert {chat.id for chat in chats if chat} == {"a:a1"}
    assert opener.opened == 1
    assert kept.personal("t", "a1") == chats[0]
    assert await Reach(opener, kept).chat("t", "a1", None) == chats[0]


@pytest.mark.parametrize(("error", "tries"), [(Undeliverable("403"), 1), (NotNow("429"), 2)])
async def test_a_chat_that_is_refused_is_not_asked_for_at_every_word(error: Exception, tries: int) -> None:
    opener = Opener(error)
    reach = Reach(opener, MemoryConversations())
    for _ in range(2):
        assert await reach.chat("t", "a1", NEAR) is None
    assert opener.opened == tries
