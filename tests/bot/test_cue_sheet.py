"""The chair's cue sheet: whatever is opened from it leads back to it."""

from collections.abc import Mapping

from tests.bot.test_conversation import CHAIR, CLERK, FIRST, HERE, SITTING, polled
from tests.kit import sittings as kit
from tests.kit.hall import Hall, Json, hall, walk, words
from voting.domain import commands as c
from voting.domain.polls import PollState

CONSOLE = "Conduite de la séance"
TITLE = "À dire maintenant"


async def press(room: Hall, card: Json, verb: str, **data: str) -> Json:
    """The chair presses that button of the card that she sees in her own chat; what comes in its place."""
    found = next(e for e in walk(card) if e.get("verb") == verb and e.get("type") == "Action.Execute")
    carried = found["data"]
    assert isinstance(carried, Mapping)
    shown = room.running.town.chats.transcript(room.own(CHAIR), room.person(CHAIR))[-1]
    pressed = {**carried, **data}
    return await room.client.press(room.person(CHAIR), room.own(CHAIR), shown.id, verb=verb, data=pressed)


async def cues(room: Hall) -> Json:
    card = (await room.say(CHAIR, "conducteur")).card
    assert card is not None
    return card


def is_cues(card: Json) -> bool:
    """The sheet itself, by its own heading: a console only has a button of that name."""
    return any(e.get("type") == "TextBlock" and e.get("text") == TITLE for e in walk(card))


async def test_the_secretary_is_chosen_on_a_form_and_the_sheet_goes_on() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING, HERE)[1:])
        form = await press(room, await cues(room), "secretary")
        assert not is_cues(form)
        after = await press(room, form, "secretary", person=str(FIRST))
        assert is_cues(after)
        assert "Rapport 1" in words(after)
        assert (await room.state()).officers.secretary == FIRST


async def test_from_the_console_the_console_comes_back() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING, HERE)[1:])
        console = (await room.say(CHAIR, "séance")).card
        assert console is not None
        form = await press(room, console, "secretary")
        after = await press(room, form, "secretary", person=str(FIRST))
        assert not is_cues(after)
        assert CONSOLE in words(after)


async def test_the_warning_before_the_close_and_what_it_offers_lead_back() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        await room.say(FIRST, "besoin d'aide")
        warning = await press(room, await cues(room), "close")
        assert "demande de l’aide" in words(warning)
        form = await press(room, warning, "voice")
        back = await press(room, form, "sitting")
        assert is_cues(back), "the way back of a form that came from there"
        heard = await press(room, form, "voice", person=str(kit.m(3)), text="for")
        assert is_cues(heard)
        closed = await press(room, warning, "close")
        assert is_cues(closed)
        poll = (await room.state()).polls.current()
        assert poll is not None
        assert poll.state is PollState.CLOSED


async def test_waiting_for_the_quorum_the_sheet_refreshes_itself() -> None:
    async with hall(SITTING) as room:
        await room.submit(c.OpenRollCall(by=CLERK))
        assert is_cues(await press(room, await cues(room), "sitting"))
