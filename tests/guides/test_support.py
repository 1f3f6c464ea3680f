"""The page for support followed to the letter: each word of it is typed, each button that it names is pressed."""

import re
from collections.abc import Mapping

from bot.local.chats import Shown
from tests.bot.test_rehearsal import begun, led_to_a_result
from tests.guides.markdown import GUIDES, codes, plain, sections
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, walk, words
from voting.domain.ids import PersonId
from voting.domain.polls import PollState
from voting.service.ports import HelpState

PAGE = {section.title: section for section in sections((GUIDES / "support.md").read_text("utf-8"))}
SITTING = kit.standing_committee(*kit.reports(2))
MEMBER, OTHER = kit.m(2), kit.m(3)
BUTTON = re.compile(r"« ([^»]+?) »")


def section(start: str) -> str:
    return next(found.text for title, found in PAGE.items() if title.startswith(start))


def buttons(text: str) -> list[str]:
    return [plain(title) for title in BUTTON.findall(text)]


def pressable(shown: Shown) -> dict[str, Mapping[str, object]]:
    """The buttons and links of that card by their titles."""
    kinds = ("Action.Execute", "Action.OpenUrl", "Action.ShowCard")
    return {plain(str(a.get("title"))): a for a in walk(shown.card or {}) if a.get("type") in kinds}


async def press(room: Hall, who: PersonId, title: str) -> str:
    """The newest button with that title in that person's own chat."""
    chats = room.running.town.chats
    shown = next(s for s in reversed(chats.transcript(room.own(who), room.person(who))) if title in pressable(s))
    action = pressable(shown)[title]
    data = action.get("data")
    assert isinstance(data, dict)
    return words(
        await room.client.press(room.person(who), room.own(who), shown.id, verb=str(action["verb"]), data=data)
    )


async def test_two_days_before_and_the_eve() -> None:
    async with hall(SITTING) as room:
        open_, seats, practise, ready, *_ = codes(section("Deux jours avant"))
        assert open_ == "répétition"
        held = await begun(room)
        assert "prennent place" in text_of(await room.say(kit.CLERK, seats))
        await room.say(kit.CLERK, f"{seats} stop")
        await led_to_a_result(room, held)
        assert "pas compris" not in text_of(await room.say(MEMBER, practise))
        board = await room.say(kit.CLERK, ready)
        remind = next(title for title in buttons(section("Deux jours avant")) if title in pressable(board))
        assert "relancé" in await press(room, kit.CLERK, remind)
        assert codes(section("La veille"))[0] == ready
        assert re.search(r"\d+ prêts?, \d+ à appeler", text_of(board))
        assert "n’est jamais venu(e)" in text_of(board)
        (gone, *_) = codes(section("Après"))
        assert "effacée" in text_of(await room.say(kit.CLERK, gone))


async def test_the_day_itself_a_request_is_taken_and_closed() -> None:
    day = section("Le jour même")
    ask, take, close = (next(t for t in buttons(day) if t.startswith(s)) for s in ("Besoin", "Je m'en", "Clore la"))
    async with hall(SITTING) as room:
        await room.submit(*kit.polled(SITTING)[1:])
        await room.until(lambda: _asks(room, ask))
        await room.press(MEMBER, "need_help")
        await room.until(lambda: _has(room, take))
        await press(room, kit.CLERK, take)
        (request,) = await room.core.aside.help.of(room.sitting)
        assert (request.state, request.taken_by) == (HelpState.TAKEN, kit.CLERK)
        for word in [w for w in codes(day) if " NOM" not in w and w != "assistance"]:
            assert "pas compris" not in text_of(await room.say(OTHER, word)), word
        spoken = next(w for w in codes(day) if w.startswith("voix "))
        name = next(m.full_name for m in SITTING.members if m.id == MEMBER)
        await room.say(kit.CLERK, spoken.replace("NOM", name).replace("CHOIX", "contre"))
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert poll.state is PollState.OPEN
        assert MEMBER in poll.ballots
        queue = await room.say(kit.CLERK, "assistance")
        assert close in pressable(queue)
        await press(room, kit.CLERK, close)
        await press(room, kit.CLERK, close)
        (request,) = await room.core.aside.help.of(room.sitting)
        assert request.state is HelpState.CLOSED


def _asks(room: Hall, title: str) -> bool:
    chats = room.running.town.chats
    return any(title in pressable(s) for s in chats.transcript(room.meeting, room.person(MEMBER)))


def _has(room: Hall, title: str) -> bool:
    chats = room.running.town.chats
    return any(title in pressable(s) for s in chats.transcript(room.own(kit.CLERK), room.person(kit.CLERK)))
