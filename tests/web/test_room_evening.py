"""A vote from end to end in the local room, each step in the four ways there are: by button and by text, in the
meeting's chat and in one's own. Four members, each in a tab of their own and in one way, and the clerk in a fifth.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.kit.journals import CLERK
from tests.kit.waiting import until
from tests.web.browsing import Tab, tab
from tests.web.following import CHAIR, MEETING, OWN, arrive, chat
from tests.web.stories import SITTING, sample_roll
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice

pytestmark = pytest.mark.browser

LAST_NAMES = {member.id: member.last_name for member in sample_roll()}
FULL_NAMES = {member.id: member.full_name for member in sample_roll()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who votes, also for another, always in one chat and one way."""

    id: PersonId
    grantor: PersonId
    where: str
    types: bool
    opened: Tab

    @property
    def page(self) -> Page:
        return self.opened.page

    @property
    def chat(self) -> Locator:
        return chat(self.page, self.where)

    async def act(self, title: str, words: str, card: str = "bonjour") -> None:
        """That wish: typed, or pressed on the newest card of the chat; one's own chat is first asked for the card."""
        if self.types:
            await self.say(words)
            return
        button = self.chat.get_by_role("button", name=title, exact=True).last
        if self.where == OWN and card:
            await self.say(card)
        await button.click()

    async def say(self, words: str) -> None:
        await say(self.page, self.where, words)

    async def sees(self, *told: str) -> None:
        """That, on one card: in the chat, or in one's own, where what concerns nobody else is answered."""
        card = self.page.get_by_role("article")
        for words in told:
            card = card.filter(has_text=words)
        await expect(card.last).to_be_visible()


WAYS = (
    (PersonId("m003"), PersonId("m005"), MEETING, False),
    (PersonId("m004"), PersonId("m006"), MEETING, True),
    (PersonId("m009"), PersonId("m007"), OWN, False),
    (PersonId("m010"), PersonId("m008"), OWN, True),
)


def recorded(world: Held) -> Sitting:
    """As it is on record now."""
    snapshot = world.core.writer.committed(SITTING)
    assert snapshot is not None
    return snapshot.sitting


async def say(page: Page, where: str, words: str) -> None:
    region = chat(page, where)
    await region.get_by_role("combobox").fill(words)
    await region.get_by_role("button", name="Envoyer").click()


async def seated(browser: Browser, world: Held, stack: AsyncExitStack) -> tuple[Page, list[Member]]:
    """The clerk's page, and the members in their own tabs, opened together."""

    async def open_(person: PersonId) -> Tab:
        opened = await stack.enter_async_context(tab(browser, world.page(person)))
        await opened.page.locator("body[data-ready]").wait_for()
        return opened

    clerk, *tabs = await asyncio.gather(open_(CLERK), *(open_(person) for person, *_ in WAYS))
    return clerk.page, [
        Member(id=person, grantor=grantor, where=where, types=types, opened=opened)
        for (person, grantor, where, types), opened in zip(WAYS, tabs, strict=True)
    ]


async def everybody(members: list[Member], does: Callable[[Member], Awaitable[None]]) -> None:
    """All at once, as on the day."""
    await asyncio.gather(*(does(member) for member in members))


async def checks_in(member: Member) -> None:
    await member.act("Je suis présent(e)", "présent")
    await expect(member.page.locator("body")).to_contain_text("Votre présence est enregistrée")


async def asks_for_the_floor(member: Member) -> None:
    await member.act("Demander la parole", "parole")
    await expect(chat(member.page, MEETING)).to_contain_text(FULL_NAMES[member.id])


async def votes(member: Member) -> None:
    await member.act("Contre", "contre", card="voter")
    await member.sees("Votre vote : Contre", "Enregistré à")


async def votes_for_the_other(member: Member) -> None:
    name = LAST_NAMES[member.grantor]
    await member.act(f"Pour (pouvoir de {name})", f"pour pour {name}", card="")
    await member.sees(name, "Pour", "Enregistré à")


async def changes_the_vote(member: Member) -> None:
    await member.act("Modifier mon vote", "modifier", card="")
    await expect(member.page.get_by_role("button", name="Abstention", exact=True).last).to_be_visible()
    await member.act("Abstention", "abstention", card="")
    await member.sees("Votre vote : Abstention")


async def sees_the_result(member: Member) -> None:
    await expect(chat(member.page, MEETING).get_by_role("heading", name="résultat").last).to_be_visible()
    await member.act("Mes votes", "mes votes")
    await member.sees("Mes votes", "Adopté", "Abstention", LAST_NAMES[member.grantor])


async def test_a_vote_by_button_and_by_text_in_the_meeting_and_in_private(browser: Browser) -> None:
    async with held() as world, AsyncExitStack() as stack:
        clerk, members = await seated(browser, world, stack)
        for member in members:
            give = c.GiveProxy(by=member.grantor, grantor=member.grantor, holder=member.id, source=Source.CARD)
            await world.do(give, c.AcceptProxy(by=member.id, grantor=member.grantor))

        await say(clerk, MEETING, "appel")
        await everybody(members, checks_in)
        await until(lambda: all(recorded(world).is_here(member.id) for member in members))

        away = [*(member.id for member in members), *(member.grantor for member in members)]
        await arrive(world, *away)
        for words in ("clore l'appel", "ouvrir", f"secrétaire {FULL_NAMES[PersonId('m025')]}", "point 1"):
            await say(clerk, OWN, words)
        await expect(chat(clerk, MEETING)).to_contain_text("Point 1 sur")
        await everybody(members, asks_for_the_floor)
        everyone = {member.id for member in members}
        await until(lambda: {request.person for request in recorded(world).speakers.waiting} == everyone)

        await say(clerk, OWN, "vote")
        await everybody(members, votes)
        await everybody(members, votes_for_the_other)
        await everybody(members, changes_the_vote)
        poll = recorded(world).polls.open_poll()
        assert poll is not None
        assert {person: ballot.choice for person, ballot in poll.ballots.items()} == {
            **{member.id: Choice.ABSTENTION for member in members},
            **{member.grantor: Choice.FOR for member in members},
        }

        assert {member.id: poll.ballots[member.id].source for member in members} == {
            member.id: Source.TEXT if member.types else Source.CARD for member in members
        }

        await say(clerk, OWN, "clore")
        await expect(chat(clerk, MEETING)).to_contain_text("clos")
        await world.do(c.ProclaimResult(by=CHAIR))
        await everybody(members, sees_the_result)
        assert [line for member in members for line in member.opened.complaints] == []
