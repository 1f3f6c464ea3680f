"""A guide followed in the local room by somebody who has nothing else: its steps read off the page, its buttons
pressed, its words typed.

Answers for: what is done being what the page says as it stands. Leaves to each test who follows it, in what sitting.
"""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.guides.markdown import GUIDES, Row, Section, codes, plain, sections
from tests.kit.journals import CLERK
from tests.web.stories import SITTING, sample_roll
from tests.web.town import Held
from voting.domain import commands as c
from voting.domain.assembly import Role
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting

BUTTON = re.compile(r"« ([^»]+?) »")
MEETING, OWN = "Conversation de la réunion", "Conversation privée avec le bot"
CHAIR = next(m.id for m in sample_roll() if m.role is Role.CHAIR)
NOT_HEARD = "pas compris"


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of the guides, by the titles of its sections."""

    name: str

    def section(self, title: str) -> Section:
        """The one with that very title."""
        return next(s for s in sections((GUIDES / self.name).read_text("utf-8")) if s.title == title)

    def steps(self, title: str) -> list[str]:
        """The numbered steps of that section, or its bullets, each on one line."""
        text = re.sub(r"\n +", " ", self.section(title).text)
        return re.findall(r"^(?:\d+\.|-) (.+)$", text, re.MULTILINE)

    def rows(self, title: str) -> list[Row]:
        """The rows of the table there."""
        return self.section(title).table

    def row(self, title: str, start: str) -> str:
        """What one does, of the row that begins so."""
        return next(cells[1] for cells in self.rows(title) if cells[0].strip("*").startswith(start))


def buttons(text: str) -> list[str]:
    return [plain(title) for title in BUTTON.findall(text)]


def first_button(step: str) -> str:
    """The one that a step names first."""
    assert buttons(step), step
    return buttons(step)[0]


def word(step: str, place: int = 0) -> str:
    """One of the words that a step has typed."""
    return codes(step)[place]


def chat(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def press(page: Page, title: str) -> None:
    """The newest button with that very title, wherever it is."""
    found = page.get_by_role("button", name=title, exact=True).last
    await expect(found).to_be_visible()
    await found.click()


async def type_(page: Page, said: str, *, where: str = OWN) -> str:
    """Those words, in one's own chat or in that one; what the bot answers, to that person alone."""
    region = chat(page, where)
    answers = chat(page, OWN).locator("article.is-bot")
    before = await answers.count()
    await region.locator("input[list]").fill(said)
    await region.get_by_role("button", name="Envoyer").click()
    await expect(answers).not_to_have_count(before)
    answer = await answers.last.inner_text()
    assert NOT_HEARD not in answer, said
    return plain(answer)


async def state(world: Held) -> Sitting:
    return (await world.core.writer.snapshot(SITTING)).sitting


async def arrive(world: Held, *without: PersonId) -> None:
    for member in sample_roll():
        if member.votes and member.id not in without:
            here = Presence.REMOTE
            await world.do(c.RecordAttendance(by=CLERK, person=member.id, presence=here, source=Source.CLERK))


async def open_vote(world: Held) -> None:
    await world.do(c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC))


async def close_vote(world: Held) -> None:
    await world.do(c.ClosePoll(by=CLERK), c.ProclaimResult(by=CHAIR))
