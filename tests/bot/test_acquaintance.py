"""The clerk asks whom the bot recognises: the answer comes in time, and what it takes to reach the others goes on."""

import asyncio
from dataclasses import replace

import pytest

from bot.acquaintance import Acquaintance
from bot.cards.payloads import Payload
from bot.commands.base import Ask, Moment
from bot.directory import Directory
from bot.local.town import TENANT
from bot.ports import Link, Seen
from bot.teams.activity import turn_of
from bot.turn import CardReply, Reply, TextReply
from tests.bot.test_conversation import CLERK, FIRST, SITTING
from tests.bot.test_matching import Entra, Fake, X, seen
from tests.kit import sittings as kit
from tests.kit import teams as wire
from tests.kit.hall import Hall, hall, text_of, words
from tests.kit.waiting import until

INSTALL = Ask(payload=Payload(kind="install"), is_press=True)


async def test_the_clerk_is_told_by_word_and_by_button() -> None:
    async with hall(SITTING) as room:
        accounts = room.running.app.books.accounts
        known = {link.person: link for link in accounts.links(room.sitting)}
        await accounts.link([replace(known[FIRST], account=None, email="first@region.example")])
        card = await room.say(CLERK, "qui est reconnu")
        total = len(SITTING.members)
        assert f"{total - 1} personnes reconnues sur {total}" in text_of(card)
        assert "first@region.example" in text_of(card)
        assert "personne n’a été vu avec cette adresse" in text_of(card)
        await accounts.link([known[FIRST]])
        assert f"{total} personnes reconnues sur {total}" in words(await room.press(CLERK, "accounts", card))
        refused = await room.say(FIRST, "comptes")
        assert "réservée" in text_of(refused)
        assert "region.example" not in text_of(refused)


async def moment(room: Hall) -> Moment:
    return Moment(
        person=CLERK, snapshot=await room.core.writer.snapshot(room.sitting), personal=True, stamp="2026-11-22T10:00:00"
    )


def desk(room: Hall, entra: Entra | None) -> Acquaintance:
    books = room.running.app.books
    directory = Directory(Fake(), books.accounts, entra)
    return Acquaintance(directory=directory, accounts=books.accounts, conversations=books.conversations)


async def asked(room: Hall, at: Acquaintance, ask: Ask = Ask()) -> str:  # noqa: B008
    reply: Reply = await at.run(turn_of(wire.told("comptes")), await moment(room), ask)
    assert isinstance(reply, CardReply)
    assert reply.private
    return words({"card": reply.card})


async def unlinked(room: Hall) -> None:
    """One person of the roll known by address alone, one linked without a private chat."""
    await room.running.app.books.accounts.link(
        [
            Link(sitting=room.sitting, person=FIRST, tenant_id=TENANT, account=None, email="first@region.example"),
            Link(sitting=room.sitting, person=kit.m(3), tenant_id=TENANT, account=X, email=""),
        ]
    )


async def test_entra_finds_and_the_bot_is_installed_behind_the_scenes() -> None:
    async with hall(SITTING) as room:
        await unlinked(room)
        new = "dddddddd-0000-4000-8000-000000000004"
        links = room.running.app.books.accounts.links(room.sitting)
        entra = Entra(seen(new, "first@region.example"), *(seen(link.account) for link in links if link.account))
        at = desk(room, entra)
        shown = await asked(room, at)
        assert "viennent d’être cherchées" in shown
        assert room.running.app.books.accounts.person(room.sitting, TENANT, new) == FIRST
        assert "Installer le bot chez les 2 qui manquent" in shown
        assert "en cours" in await asked(room, at, INSTALL) or entra.installed
        await until(lambda: len(entra.installed) == 2)
        shown = await asked(room, at)
        assert "Bot installé pour 1 personne. Pour les autres" in shown, "one has no Teams"
        assert sorted(entra.installed) == sorted([new, X]), "looking again installs nothing again"
        await at.close()


async def test_an_entra_that_takes_its_time_holds_no_answer_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.acquaintance.PATIENCE", 0.01)

    class Slow(Entra):
        gate = asyncio.Event()

        async def find(self, *_: object) -> tuple[Seen, ...]:
            await self.gate.wait()
            return ()

        async def install(self, entra: str) -> bool:
            await self.gate.wait()
            raise RuntimeError("broken")

    async with hall(SITTING) as room:
        await unlinked(room)
        slow = Slow()
        at = desk(room, slow)
        shown = await asked(room, at, INSTALL)
        assert "n’est pas finie" in shown
        assert "Installation chez les membres en cours" in shown
        assert "Installation chez les membres en cours" in await asked(room, at, INSTALL), "pressed twice: once"
        slow.gate.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert "Bot installé pour 0 personne. Pour les autres" in await asked(room, at)
        await at.close()
        await at.directory.close()


async def test_where_nothing_is_opened_nothing_is_offered() -> None:
    async with hall(SITTING) as room:
        await unlinked(room)
        at = desk(room, None)
        shown = await asked(room, at, INSTALL)
        assert "n’a pas accès à l’annuaire" in shown
        assert "Installer" not in shown
        reply = await at.run(turn_of(wire.told("comptes")), None, Ask())
        assert isinstance(reply, TextReply)
