"""What the bot expects of its three books, whoever keeps them, before and after a restart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import KeptFile, Link
from bot.storage.memory import AccountTaken
from bot.turn import ConversationKind
from tests.storage.kit import ANNA, BRUNO, CHLOE, S1, S2, S3, TENANT, Opener, X, Y, Z, card, chat, link

PERSONAL = ConversationKind.PERSONAL

# --- accounts ---------------------------------------------------------------------------------------------------------


async def test_an_account_is_a_person_of_a_sitting(opened: Opener) -> None:
    async with opened() as books:
        assert books.accounts.person(S1, TENANT, X) is None
        await books.accounts.link([link(ANNA, X), link(BRUNO, Y), link(CHLOE, None)])
    async with opened() as books:
        assert books.accounts.person(S1, TENANT, X) == ANNA
        assert books.accounts.person(S1, TENANT, Y) == BRUNO
        assert books.accounts.person(S2, TENANT, X) is None
        assert books.accounts.person(S1, "another-tenant", X) is None
        assert books.accounts.links(S1) == (link(ANNA, X), link(BRUNO, Y), link(CHLOE, None))
        assert books.accounts.links(S2) == ()


async def test_ids_are_compared_in_lower_case(opened: Opener) -> None:
    async with opened() as books:
        await books.accounts.link([link(ANNA, X.upper(), tenant_id=TENANT.upper())])
        assert books.accounts.links(S1) == (link(ANNA, X),)
    async with opened() as books:
        assert books.accounts.person(S1, TENANT, X) == ANNA
        assert books.accounts.person(S1, TENANT.upper(), X.upper()) == ANNA
        assert books.accounts.sittings(TENANT.upper(), X.upper()) == (S1,)


async def test_a_persons_sittings_come_newest_first(opened: Opener) -> None:
    async with opened() as books:
        await books.accounts.link([link(ANNA, X, S1), link(BRUNO, None, S1)])
        await books.accounts.link([link(ANNA, X, S2), link(BRUNO, Y, S2)])
        await books.accounts.link([link(ANNA, X, S3)])
        await books.accounts.link([link(BRUNO, Y, S1)])
        assert books.accounts.sittings(TENANT, X) == (S3, S2, S1)
        assert books.accounts.sittings(TENANT, Y) == (S2, S1)
    async with opened() as books:
        assert books.accounts.sittings(TENANT, X) == (S3, S2, S1)
        assert books.accounts.sittings(TENANT, Y) == (S2, S1)
        assert books.accounts.sittings(TENANT, Z) == ()


async def test_a_replaced_account_is_nobody_any_more(opened: Opener) -> None:
    async with opened() as books:
        await books.accounts.link([link(ANNA, X)])
        await books.accounts.link([link(ANNA, Y)])
        assert books.accounts.person(S1, TENANT, X) is None
        assert books.accounts.sittings(TENANT, X) == ()
    async with opened() as books:
        assert books.accounts.person(S1, TENANT, Y) == ANNA
        assert books.accounts.person(S1, TENANT, X) is None
        assert books.accounts.sittings(TENANT, X) == ()
        assert books.accounts.links(S1) == (link(ANNA, Y),)


async def test_two_people_may_exchange_accounts_at_once(opened: Opener) -> None:
    async with opened() as books:
        await books.accounts.link([link(ANNA, X), link(BRUNO, Y), link(CHLOE, Z)])
        await books.accounts.link([link(ANNA, Y), link(BRUNO, Z), link(CHLOE, X)])
    async with opened() as books:
        people = [books.accounts.person(S1, TENANT, account) for account in (X, Y, Z)]
        assert people == [CHLOE, ANNA, BRUNO]
        assert [books.accounts.sittings(TENANT, account) for account in (X, Y, Z)] == [(S1,)] * 3


@pytest.mark.parametrize(
    "batch",
    [
        [link(CHLOE, None), link(BRUNO, X)],
        [link(BRUNO, Y), link(CHLOE, Y)],
        [link(ANNA, Y), link(BRUNO, X), link(CHLOE, X)],
    ],
    ids=["held by another", "twice in the batch", "twice after an exchange"],
)
async def test_an_account_is_never_shared_and_then_nothing_is_linked(opened: Opener, batch: list[Link]) -> None:
    async with opened() as books:
        await books.accounts.link([link(ANNA, X)])
        with pytest.raises(AccountTaken):
            await books.accounts.link(batch)
        assert books.accounts.links(S1) == (link(ANNA, X),)
    async with opened() as books:
        assert books.accounts.links(S1) == (link(ANNA, X),)
        assert books.accounts.person(S1, TENANT, X) == ANNA


async def test_the_last_of_two_links_of_one_person_counts(opened: Opener) -> None:
    async with opened() as books:
        await books.accounts.link([link(ANNA, X), link(ANNA, Y)])
        await books.accounts.link([])
    async with opened() as books:
        assert books.accounts.links(S1) == (link(ANNA, Y),)


async def test_an_address_learnt_is_kept_with_the_account(opened: Opener) -> None:
    async with opened() as books:
        await books.accounts.link([link(ANNA, X), link(CHLOE, None)])
        await books.accounts.met(S1, ANNA, "29:anna")
        await books.accounts.met(S1, ANNA, "29:anna")
        await books.accounts.met(S1, CHLOE, "29:chloe")
    async with opened() as books:
        assert books.accounts.links(S1) == (
            replace(link(ANNA, X), user_id="29:anna"),
            replace(link(CHLOE, None), user_id="29:chloe"),
        )
        assert books.accounts.person(S1, TENANT, X) == ANNA


async def test_who_is_awaited_under_an_address_until_an_account_is_known(opened: Opener) -> None:
    async with opened() as books:
        await books.accounts.link(
            [link(ANNA, X), link(BRUNO, None), link(BRUNO, None, S2), link(CHLOE, None, email="")]
        )
        assert books.accounts.awaiting(TENANT, "m001@example.org") == ()
        assert books.accounts.awaiting(TENANT, "M002@Example.org") == (link(BRUNO, None), link(BRUNO, None, S2))
        assert books.accounts.awaiting("another-tenant", "m002@example.org") == ()
        assert books.accounts.awaiting(TENANT, "") == ()
    async with opened() as books:
        assert books.accounts.awaits_anybody(TENANT.upper())
        assert not books.accounts.awaits_anybody("another-tenant")
        await books.accounts.link([link(BRUNO, Y)])
        assert books.accounts.awaiting(TENANT, "m002@example.org") == (link(BRUNO, None, S2),)
        await books.accounts.link([link(BRUNO, Y, S2)])
        assert not books.accounts.awaits_anybody(TENANT)


async def test_somebody_who_is_not_linked_cannot_be_met(opened: Opener) -> None:
    async with opened() as books:
        with pytest.raises(KeyError):
            await books.accounts.met(S1, ANNA, "29:anna")


# --- conversations ----------------------------------------------------------------------------------------------------


async def test_a_chat_is_the_meeting_of_a_sitting(opened: Opener) -> None:
    async with opened() as books:
        assert books.conversations.meeting_of(S1) is None
        await books.conversations.bind(S1, chat("a"))
    async with opened() as books:
        assert books.conversations.meeting_of(S1) == chat("a")
        assert books.conversations.sitting_of(chat("a").id) == S1
        assert books.conversations.sitting_of(chat("b").id) is None
        assert books.conversations.meeting_of(S2) is None


async def test_a_chat_may_hold_one_sitting_after_another(opened: Opener) -> None:
    async with opened() as books:
        await books.conversations.bind(S2, chat("a"))
        await books.conversations.bind(S1, chat("a"))
    async with opened() as books:
        assert books.conversations.sitting_of(chat("a").id) == S1
        assert books.conversations.meeting_of(S1) == chat("a")
        assert books.conversations.meeting_of(S2) == chat("a")


async def test_a_sitting_that_moves_leaves_its_chat(opened: Opener) -> None:
    async with opened() as books:
        await books.conversations.bind(S1, chat("a"))
        await books.conversations.bind(S2, chat("a"))
        await books.conversations.bind(S2, chat("b"))
        await books.conversations.bind(S2, chat("b"))
    async with opened() as books:
        assert books.conversations.meeting_of(S2) == chat("b")
        assert books.conversations.sitting_of(chat("b").id) == S2
        assert books.conversations.sitting_of(chat("a").id) is None
        assert books.conversations.meeting_of(S1) == chat("a")


async def test_the_newest_address_of_a_chat_counts_for_everything(opened: Opener) -> None:
    moved = chat("a", service_url="https://smba.example.org/emea/")
    async with opened() as books:
        await books.conversations.bind(S1, chat("a"))
        await books.conversations.remember(moved, TENANT, None)
    async with opened() as books:
        assert books.conversations.meeting_of(S1) == moved
        assert books.conversations.sitting_of(moved.id) == S1


async def test_the_personal_chat_of_an_account(opened: Opener) -> None:
    first, second = chat("p1", PERSONAL), chat("p2", PERSONAL)
    async with opened() as books:
        await books.conversations.remember(first, TENANT, X.upper())
        await books.conversations.remember(first, TENANT, X)
        await books.conversations.remember(second, TENANT.upper(), Y)
        assert books.conversations.personal(TENANT, Z) is None
    async with opened() as books:
        assert books.conversations.personal(TENANT, X) == first
        assert books.conversations.personal(TENANT, Y.upper()) == second
        assert books.conversations.personal("another-tenant", X) is None
        await books.conversations.remember(second, TENANT, X)
    async with opened() as books:
        assert books.conversations.personal(TENANT, X) == second


# --- cards on screen --------------------------------------------------------------------------------------------------


async def test_one_card_per_sitting_conversation_and_slot(opened: Opener) -> None:
    cards = [card("live/p1"), card("poll/p1"), card("poll/p1", conversation_id="19:b@thread.v2")]
    async with opened() as books:
        for one in (*cards, card("poll/p1", sitting=S2)):
            await books.sent_cards.save(one)
        await books.sent_cards.save(card("poll/p1", digest="d2"))
    async with opened() as books:
        on_screen = sorted(await books.sent_cards.load(S1), key=lambda one: (one.conversation_id, one.slot))
        assert on_screen == [cards[0], replace(cards[1], digest="d2"), cards[2]]
        assert await books.sent_cards.load(S2) == (card("poll/p1", sitting=S2),)
        assert await books.sent_cards.load(S3) == ()


# --- files ------------------------------------------------------------------------------------------------------------


def sent(kind: str, content: bytes, minutes: int = 0) -> KeptFile:
    at = datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(minutes=minutes)
    return KeptFile(kind=kind, name=f"{kind}.csv", content=content, at=at)


async def test_one_file_of_each_kind_is_kept_for_an_account(opened: Opener) -> None:
    every = bytes(range(256))
    async with opened() as books:
        await books.files.keep(TENANT, X, sent("members", b"old"))
        await books.files.keep(TENANT, X.upper(), sent("members", every, 1))
        await books.files.keep(TENANT, X, sent("agenda", b"a"))
        await books.files.keep(TENANT, Y, sent("agenda", b"b"))
    async with opened() as books:
        assert await books.files.of(TENANT.upper(), X) == (sent("agenda", b"a"), sent("members", every, 1))
        assert await books.files.of(TENANT, Z) == ()
        assert await books.files.of("another-tenant", X) == ()


async def test_files_are_erased_when_used_and_when_they_are_old(opened: Opener) -> None:
    async with opened() as books:
        await books.files.keep(TENANT, X, sent("members", b"m", 0))
        await books.files.keep(TENANT, X, sent("agenda", b"a", 10))
        await books.files.keep(TENANT, Y, sent("agenda", b"b", 10))
        await books.files.expire(sent("", b"", 5).at)
        assert [file.kind for file in await books.files.of(TENANT, X)] == ["agenda"]
        await books.files.forget(TENANT, X)
        await books.files.forget(TENANT, Z)
    async with opened() as books:
        assert await books.files.of(TENANT, X) == ()
        assert await books.files.of(TENANT, Y) == (sent("agenda", b"b", 10),)


# --- simulated seats --------------------------------------------------------------------------------------------------


async def test_who_is_simulated_is_known_after_a_restart(opened: Opener) -> None:
    async with opened() as books:
        assert await books.seats.load() == {}
        await books.seats.fill(S1, [ANNA, BRUNO])
        await books.seats.fill(S2, [CHLOE])
        await books.seats.fill(S1, [BRUNO, CHLOE])
        await books.seats.fill(S3, [])
    async with opened() as books:
        assert await books.seats.load() == {S1: {BRUNO, CHLOE}, S2: {CHLOE}}
        await books.seats.free(S1, BRUNO)
        await books.seats.free(S1, ANNA)
        await books.seats.free(S2, CHLOE)
    async with opened() as books:
        assert await books.seats.load() == {S1: {CHLOE}}
        await books.seats.free(S1)
        await books.seats.free(S3)
        assert await books.seats.load() == {}
