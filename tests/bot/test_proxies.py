"""The staff's hand on the proxies of others: registered, accepted or declined for its holder, and ended."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rim import SystemClock
from tests.cards.checker import pressable
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, words

CLERK = kit.CLERK
GIVER, HOLDER, OTHER = kit.m(21), kit.m(7), kit.m(8)
SITTING = kit.standing_committee(*kit.reports(2))


def name_of(person: str) -> str:
    return next(member.full_name for member in SITTING.members if member.id == person)


async def said(room: Hall, text: str) -> str:
    return text_of(await room.say(CLERK, text))


async def test_R27_the_clerk_registers_accepts_and_ends_the_proxy_of_another() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.called(SITTING, kit.first(20))[1:])
        giver, holder = name_of(GIVER), name_of(HOLDER)
        assert "doit l’accepter" in await said(room, f"pouvoir de {giver} à {holder}")
        assert f"Le pouvoir de {giver} est accepté." in await said(room, f"accepter {giver}")
        assert (await room.state()).proxies[GIVER].accepted_at is not None
        assert f"Le pouvoir de {giver} a pris fin." in await said(room, f"retirer pouvoir de {giver}")
        state = await room.state()
        assert state.proxies == {}
        assert [(p.proxy.holder, p.reason.value) for p in state.ended_proxies] == [(HOLDER, "revoked")]


async def test_he_declines_it_for_its_holder_and_nobody_else_ends_it() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.called(SITTING, kit.first(20))[1:])
        giver, holder = name_of(GIVER), name_of(HOLDER)
        await said(room, f"pouvoir de {giver} à {holder}")
        assert f"Le pouvoir de {giver} est refusé." in await said(room, f"refuser {giver}")
        await said(room, f"proxy of {giver} to {holder}")
        refused = text_of(await room.say(OTHER, f"retirer pouvoir de {giver}"))
        assert "pris fin" not in refused
        assert GIVER in (await room.state()).proxies
        assert f"Le pouvoir de {giver} a pris fin." in await said(room, f"revoke proxy of {giver}")
        assert "Il n’y a pas de pouvoir" in await said(room, "retirer pouvoir")


@asynccontextmanager
async def three_planned() -> AsyncGenerator[Hall]:
    """One member's voice for the evening of tomorrow: HOLDER, OTHER, then HOLDER again; all of them accepted."""
    tomorrow = replace(SITTING, scheduled_for=SystemClock().now() + timedelta(days=1))
    async with hall(tomorrow) as room:
        await room.submit(*kit.arrivals(kit.first(8)))
        for person, hours in ((HOLDER, "de 23h00 à 23h10"), (OTHER, "de 23h10 à 23h20"), (HOLDER, "dès 23h20")):
            await room.say(GIVER, f"pouvoir à {name_of(person)} {hours}")
            await room.say(person, "accepter")
        yield room


async def left(room: Hall) -> list[str]:
    """Who holds it, hour after hour."""
    state = await room.state()
    assert all(proxy.accepted_at is not None for proxy in state.planned)
    return [proxy.holder for proxy in sorted(state.planned, key=lambda p: p.begins)]


@pytest.mark.parametrize(
    ("typed", "stay"),
    [
        (f"retirer pouvoir à {name_of(OTHER)}", [HOLDER, HOLDER]),
        (f"revoke proxy to {name_of(OTHER)}", [HOLDER, HOLDER]),
        ("retirer pouvoir à partir de 23 h 20", [HOLDER, OTHER]),
        ("retirer pouvoir jusqu'à 23 h 10", [OTHER, HOLDER]),
        (f"retirer pouvoir à {name_of(HOLDER)} de 23h00 à 23h10", [OTHER, HOLDER]),
        ("revoke proxy from 23:10 to 23:20", [HOLDER, HOLDER]),
        ("retirer pouvoir tous", []),
        ("revoke proxy all", []),
    ],
)
async def test_R28_the_grantor_says_which_one_he_takes_back(typed: str, stay: list[str]) -> None:
    async with three_planned() as room:
        answer = text_of(await room.say(GIVER, typed))
        assert await left(room) == stay
        assert ("Vos autres pouvoirs ne changent pas" in answer) is (len(stay) == 2)
        assert ("Vos pouvoirs sont tous repris" in answer) is (stay == [])


async def test_R28_nothing_ends_where_the_words_leave_a_doubt() -> None:
    nobody = name_of(kit.m(9))
    doubts = ("", f" à {name_of(HOLDER)}", f" à {nobody}", " à partir de 22 h", " jusqu'à 23 h 11", " dès 23h00 tout")
    async with three_planned() as room:
        for said_of_it in doubts:
            answer = text_of(await room.say(GIVER, f"retirer pouvoir{said_of_it}"))
            assert ("Quel pouvoir reprenez-vous" in answer) is ("tout" not in said_of_it), said_of_it
        assert await left(room) == [HOLDER, OTHER, HOLDER]


async def test_R28_the_clerk_ends_one_of_another_s_by_its_holder_or_its_hour() -> None:
    async with three_planned() as room:
        giver = name_of(GIVER)
        assert "prend fin ?" in await said(room, f"retirer pouvoir de {giver}")
        answer = await said(room, f"retirer pouvoir de {giver} à {name_of(OTHER)}")
        assert f"Ce pouvoir de {giver} a pris fin. Ses autres pouvoirs ne changent pas." in answer
        assert await left(room) == [HOLDER, HOLDER]
        assert "Quel pouvoir refusez-vous" in await said(room, f"refuser {giver}")
        await said(room, f"refuser {giver} à partir de 23 h 20")
        assert await left(room) == [HOLDER]
        assert f"Le pouvoir de {giver} a pris fin." in await said(room, f"retirer pouvoir de {giver}")
        assert await left(room) == []


async def test_R28_the_clerk_ends_all_of_another_s_at_once() -> None:
    async with three_planned() as room:
        giver = name_of(GIVER)
        assert f"Les pouvoirs de {giver} ont tous pris fin." in await said(room, f"retirer pouvoir de {giver}, tous")
        assert await left(room) == []


async def test_R28_one_button_for_each_and_one_for_all() -> None:
    async with three_planned() as room:
        card = await room.say(GIVER, "retirer pouvoir")
        assert card.card is not None
        first, second, third, every, _ = pressable(dict(card.card))
        assert f"{name_of(OTHER)} de 23:10 à 23:20" in words(second)
        assert f"{name_of(HOLDER)} à partir de 23:20" in words(third)
        await room.press(GIVER, "revoke", card, **second["data"])
        assert await left(room) == [HOLDER, HOLDER]
        again = await room.press(GIVER, "revoke", card, **second["data"])
        assert "Il n’y a pas de pouvoir" in words(again)
        assert await left(room) == [HOLDER, HOLDER]
        forged = await room.press(GIVER, "revoke", card, **{**first["data"], "proxy": "hier"})
        assert "n’est plus à jour" in words(forged)
        await room.press(GIVER, "revoke", card, **every["data"])
        assert await left(room) == []


async def test_R28_the_holder_says_which_one_he_gives_back() -> None:
    async with three_planned() as room:
        assert "Quel pouvoir refusez-vous" in text_of(await room.say(HOLDER, "refuser"))
        assert "Quel pouvoir refusez-vous" in text_of(await room.say(HOLDER, "decline from 23:10"))
        assert await left(room) == [HOLDER, OTHER, HOLDER]
        card = await room.say(HOLDER, f"refuser {name_of(GIVER)}")
        assert card.card is not None
        _, second, _ = pressable(dict(card.card))
        assert f"{name_of(GIVER)} à partir de 23:20" in words(second)
        await room.press(HOLDER, "decline", card, **second["data"])
        assert await left(room) == [HOLDER, OTHER]
        await room.say(OTHER, "refuser à partir de 23h10")
        assert await left(room) == [HOLDER]
        await room.say(HOLDER, "refuser")
        assert await left(room) == []


async def test_R28_an_offer_is_accepted_by_its_hour_and_nobody_ends_another_s() -> None:
    tomorrow = replace(SITTING, scheduled_for=SystemClock().now() + timedelta(days=1))
    async with hall(tomorrow) as room:
        await room.submit(*kit.arrivals(kit.first(8)))
        for hours in ("de 23h00 à 23h10", "de 23h10 à 23h20"):
            await room.say(GIVER, f"pouvoir à {name_of(HOLDER)} {hours}")
        assert "Quel pouvoir acceptez-vous" in text_of(await room.say(HOLDER, "accepter dès 22h00"))
        assert "Il n’y a pas de pouvoir" in text_of(await room.say(OTHER, "accepter dès 23h10"))
        await room.say(HOLDER, "accepter dès 23h10")
        answered = sorted((p.begins, p.accepted_at is not None) for p in (await room.state()).planned)
        assert [is_accepted for _, is_accepted in answered] == [False, True]
        refused = text_of(await room.say(OTHER, f"retirer pouvoir de {name_of(GIVER)} dès 23h10"))
        assert "à la place de quelqu’un d’autre" in refused
        assert len((await room.state()).planned) == 2
