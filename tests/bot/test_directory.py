"""Linking people by the address that their tenant vouches for: in Teams, then doubt by doubt, then under load."""

import asyncio
from dataclasses import replace

import pytest

from bot.local.chats import Chat, Person, new_user_id
from bot.local.connector import Fault
from bot.local.town import TENANT
from bot.ports import Link
from bot.turn import Conversation
from tests.bot.test_conversation import CLERK, FIRST, SITTING
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, words
from voting.domain.ids import PersonId, SittingId

OTHER = SittingId("s-0002")
WISH = replace(kit.standing_committee(*kit.reports(2)), sitting=OTHER)


def account(person: PersonId) -> str:
    return f"00000000-0000-4000-9000-{int(person[1:]):012d}"


def colleague(person: PersonId, *, email: str | None = None, tenant: str = TENANT) -> Person:
    """Somebody of the tenant whom the bot has never met."""
    return Person(
        user_id=new_user_id(account(person)),
        account=account(person),
        name="Nobody you know",
        tenant_id=tenant,
        email=f"{person}@region.example" if email is None else email,
    )


async def summoned(room: Hall) -> None:
    """A second sitting whose roll bears addresses and not one account."""
    await room.core.writer.submit(OTHER, WISH)
    await room.running.app.books.accounts.link(
        Link(sitting=OTHER, person=one.id, tenant_id=TENANT, account=None, email=f"{one.id}@Region.example")
        for one in WISH.members
    )


def gathered(room: Hall, *people: Person) -> Chat:
    return room.running.town.chats.open_meeting("Autre réunion", people)


async def answered(room: Hall, who: Person, chat: Chat, said: str) -> str:
    chats = room.running.town.chats
    before = chats.revision
    await room.client.say(who, chat, said)
    async for shown in chats.changes(who, after=before):
        if shown.author_id is None:
            return text_of(shown)
    raise AssertionError("no answer")


async def test_a_clerk_known_by_address_holds_the_sitting_and_everybody_in_the_chat_is_linked() -> None:
    async with hall(SITTING) as room:
        await summoned(room)
        clerk, member = colleague(CLERK), colleague(FIRST)
        chat = gathered(room, clerk, member)
        await room.client.say(clerk, chat, "séance")
        books = room.running.app.books
        await room.until(lambda: books.conversations.sitting_of(chat.id) == OTHER)
        await room.until(lambda: books.accounts.person(OTHER, TENANT, account(FIRST)) == FIRST)
        await room.until(
            lambda: {link.person: link.user_id for link in books.accounts.links(OTHER)}[FIRST] == member.user_id
        )
        # For the clerk who speaks, and again once the sitting has its place there: never once per person.
        assert (
            1 <= sum(c.method == "GET" for c in room.running.town.connector.calls if c.conversation_id == chat.id) <= 2
        )


async def test_a_first_press_is_recognised_without_a_second_one() -> None:
    async with hall(SITTING) as room:
        await summoned(room)
        member = colleague(FIRST)
        chat = gathered(room, member)
        books = room.running.app.books
        await books.conversations.bind(OTHER, replace(bound(room), id=chat.id))
        room.running.app.outbox.wake(OTHER)
        chats = room.running.town.chats
        await room.until(lambda: any(s.card for s in chats.transcript(chat, member)))
        card = next(s for s in chats.transcript(chat, member) if s.card)
        answer = await room.client.press(member, chat, card.id, verb="home", data={"sitting": OTHER})
        assert "liste" not in words(answer)
        assert books.accounts.person(OTHER, TENANT, member.account or "") == FIRST


async def test_in_a_personal_chat_an_address_is_enough_too() -> None:
    async with hall(SITTING) as room:
        await summoned(room)
        member = colleague(FIRST)
        room.running.town.chats.add(member)
        own = room.running.town.chats.personal(member)
        assert WISH.title in await answered(room, member, own, "bonjour")


@pytest.mark.parametrize(
    ("stranger", "expected"),
    [
        (colleague(FIRST, email="somebody@else.example"), "pas sur la liste"),
        (colleague(FIRST, tenant="99999999-0000-4000-8000-00000000beef"), "autre organisation"),
        (replace(colleague(FIRST), account=None, role="anonymous"), "n’est pas reconnu"),
        (replace(colleague(FIRST), name="m002@region.example", email=""), "pas sur la liste"),
    ],
    ids=["another address", "same address in another tenant", "anonymous", "calls himself by the address"],
)
async def test_others_are_told_why_not(stranger: Person, expected: str) -> None:
    async with hall(SITTING) as room:
        await summoned(room)
        chat = gathered(room, stranger)
        await room.running.app.books.conversations.bind(OTHER, replace(bound(room), id=chat.id))
        answer = await room.client.press(stranger, chat, "1", verb="present", data={"sitting": OTHER})
        assert expected in words(answer)
        assert all(link.account is None for link in room.running.app.books.accounts.links(OTHER))


async def test_the_address_of_a_person_is_not_the_person() -> None:
    """The MRI is Teams' address for this bot: whoever bears a member's is not that member, and the member is himself
    under any other."""
    async with hall(SITTING) as room:
        member = room.person(FIRST)
        borrowed = replace(member, account="99999999-2222-4333-8444-555555555555", email="")
        moved = replace(member, user_id="29:1another-address")
        room.running.town.chats.add(borrowed)
        said = await room.client.press(borrowed, room.meeting, "1", verb="present", data={"sitting": room.sitting})
        assert "pas sur la liste" in words(said)
        assert not (await room.state()).is_here(FIRST)
        await room.client.press(moved, room.meeting, "1", verb="present", data={"sitting": room.sitting})
        assert (await room.state()).is_here(FIRST)


async def test_a_guest_of_our_tenant_is_a_member_like_another() -> None:
    async with hall(SITTING) as room:
        await summoned(room)
        guest = replace(colleague(FIRST), role="guest")
        chat = gathered(room, guest)
        await room.running.app.books.conversations.bind(OTHER, replace(bound(room), id=chat.id))
        answer = await room.client.press(guest, chat, "1", verb="present", data={"sitting": OTHER})
        assert "liste" not in words(answer)
        assert (await room.core.writer.snapshot(OTHER)).sitting.is_here(FIRST)


async def test_sixty_first_presses_at_once_read_the_roster_once() -> None:
    async with hall(SITTING) as room:
        await summoned(room)
        people = [colleague(one.id) for one in WISH.members]
        chat = gathered(room, *people)
        await room.running.app.books.conversations.bind(OTHER, replace(bound(room), id=chat.id))
        room.running.app.outbox.wake(OTHER)
        chats = room.running.town.chats
        await room.until(lambda: any(s.card for s in chats.transcript(chat, None)))
        card = next(s for s in chats.transcript(chat, None) if s.card)
        before = len(room.running.town.connector.calls)
        answers = await asyncio.gather(
            *(room.client.press(p, chat, card.id, verb="home", data={"sitting": OTHER}) for p in people)
        )
        assert not [a for a in answers if "liste de cette séance" in words(a)]
        calls = list(room.running.town.connector.calls)[before:]
        assert [c.method for c in calls].count("GET") == 1


async def test_a_roster_that_cannot_be_read_refuses_and_is_not_asked_at_every_press() -> None:
    async with hall(SITTING) as room:
        await summoned(room)
        member = colleague(FIRST)
        chat = gathered(room, member)
        await room.running.app.books.conversations.bind(OTHER, replace(bound(room), id=chat.id))
        room.running.town.connector.fail_next(Fault(status=403, method="GET"))
        for _ in range(3):
            answer = await room.client.press(member, chat, "1", verb="home", data={"sitting": OTHER})
            assert "pas sur la liste" in words(answer)
        assert [c.status for c in room.running.town.connector.calls if c.method == "GET"] == [403]
        # They add the bot properly: the chat is read again at once.
        await room.client.add_members(member, chat, [colleague(kit.m(3))])
        await room.until(
            lambda: room.running.app.books.accounts.person(OTHER, TENANT, member.account or "") is not None
        )


def bound(room: Hall) -> Conversation:
    found = room.running.app.books.conversations.meeting_of(room.sitting)
    assert found is not None
    return found
