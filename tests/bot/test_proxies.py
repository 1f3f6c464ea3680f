"""The staff's hand on the proxies of others: registered, accepted or declined for its holder, and ended."""

from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of

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
