"""The newcomer's sitting, played from the page itself: who does what, in which chat, is read off its numbered steps.

In a step, bold is a person, italics a chat, code what is typed, bold between guillemets a button that is pressed.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from bot import samples
from bot.convening import Wish, prepare
from bot.local.chats import Shown
from bot.texts import catalogue
from tests.guides.markdown import GUIDES, plain
from tests.kit.hall import Hall, hall, text_of
from voting.domain.agenda import ItemState
from voting.domain.ids import PersonId, item_id, poll_id
from voting.domain.sitting import Phase
from voting.domain.tally import Choice

PAGE = (GUIDES / "start.md").read_text("utf-8")
TEXTS = catalogue("fr")
OWN, MEETING = TEXTS("room.own.short"), TEXTS("room.meeting.short")
STEP = re.compile(r"^\d+\. (.*(?:\n {3,}.*)*)", re.MULTILINE)
MARK = re.compile(r"\*\*« (?P<button>.+?) »\*\*|\*\*(?P<person>.+?)\*\*|\*(?P<chat>\w+)\*|`(?P<typed>.+?)`")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that one person does."""

    who: str
    in_meeting: bool
    typed: str = ""
    button: str = ""


def deeds() -> Iterator[Deed]:
    """Every deed of the numbered steps, in order."""
    for step in STEP.findall(PAGE):
        who, chat = "", ""
        for mark in MARK.finditer(step):
            who, chat = mark["person"] or who, mark["chat"] or chat
            if mark["typed"] or mark["button"]:
                assert who, step
                assert chat in (OWN, MEETING), step
                yield Deed(who, chat == MEETING, mark["typed"] or "", mark["button"] or "")


async def test_the_page_leads_from_the_roll_call_to_the_draft_minutes() -> None:
    wish = Wish(
        members=samples.MEMBERS,
        agenda=samples.AGENDA,
        kind="cpr",
        scheduled_for=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
        summons_mentions_remote=True,
    )
    convocation = await asyncio.to_thread(prepare, wish, samples.BODY_NAME, "", "fr")
    async with hall(convocation.command) as room:
        last = ""
        for deed in deeds():
            last = await _do(room, deed)
        sitting = await room.state()
        assert sitting.course.phase is Phase.CLOSED
        assert not sitting.course.roll_call_open
        assert sitting.officers.secretary is not None
        poll = sitting.polls.all[poll_id(1)]
        people = {name: poll.ballots[_person(room, name)].choice for name in _voters()}
        assert list(people.values()) == [Choice.AGAINST, Choice.FOR]
        assert sitting.agenda.states[item_id(1)] is ItemState.ADOPTED
        link = re.search(r"http[^\s\"]+projet\.pdf[^\s\"]+", last)
        assert link
        async with aiohttp.ClientSession() as browser, browser.get(link[0]) as answer:
            assert answer.status == 200
            assert (await answer.read()).startswith(b"%PDF")


def test_names_and_chats_are_those_of_the_room() -> None:
    assert f"*{OWN}*" in PAGE
    assert f"*{MEETING}*" in PAGE
    assert {deed.who for deed in deeds()} == set(re.findall(r"^\| \d \| (.+?) \|", PAGE, re.MULTILINE))


def _voters() -> list[str]:
    """Who presses an answer, each once."""
    answers = {TEXTS(f"card.button.{choice.value}") for choice in Choice}
    return list(dict.fromkeys(deed.who for deed in deeds() if deed.button in answers))


async def _do(room: Hall, deed: Deed) -> str:
    """Do it; what the bot says to it."""
    person = _person(room, deed.who)
    if deed.typed:
        return text_of(await room.say(person, deed.typed, in_meeting=deed.in_meeting))
    chat = room.meeting if deed.in_meeting else room.own(person)

    def found() -> tuple[Shown, Mapping[str, object]] | None:
        chats = room.running.town.chats
        shown = (s for s in reversed(chats.transcript(chat, room.person(person))) if s.card is not None)
        return next(
            ((s, b) for s in shown for b in _buttons(s.card) if plain(str(b["title"])) == plain(deed.button)), None
        )

    await room.until(lambda: found() is not None)
    pressed = found()
    assert pressed
    card, button = pressed
    data = button["data"]
    assert isinstance(data, dict)
    answer = await room.client.press(room.person(person), chat, card.id, verb=str(button["verb"]), data=data)
    value = answer.get("value")
    return value if isinstance(value, str) else ""


def _person(room: Hall, name: str) -> PersonId:
    people = room.running.town.people(room.sitting)
    return next(person for person, someone in people.items() if someone.name == name)


def _buttons(node: object) -> Iterator[Mapping[str, object]]:
    if isinstance(node, Mapping):
        if node.get("type") == "Action.Execute":
            yield node
        for value in node.values():
            yield from _buttons(value)
    elif isinstance(node, list):
        for value in node:
            yield from _buttons(value)
