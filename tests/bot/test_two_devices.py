"""One person at two devices, telephone and computer: whatever is pressed on either, the record has it once."""

import asyncio

from tests.bot.test_conversation import FIRST, HERE, SITTING
from tests.kit import sittings as kit
from tests.kit.hall import Hall, button, hall, text_of, words
from voting.domain.polls import Poll
from voting.domain.tally import Choice


async def one_poll(room: Hall) -> Poll:
    (poll,) = (await room.state()).polls.all.values()
    return poll


async def test_the_same_vote_pressed_on_both_is_one_vote_and_both_say_so() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.polled(SITTING, HERE)[1:])
        await room.posted("Ne prend pas part au vote")
        answers = await asyncio.gather(*(room.press(FIRST, "for") for _ in range(2)))
        history = await room.core.writer.history(room.sitting)
        assert [entry.name for entry in history].count(history[-1].name) == 1
        ballot = (await one_poll(room)).ballots[FIRST]
        assert (ballot.choice, ballot.revision) == (Choice.FOR, 0)
        assert all("Pour" in words(answer) for answer in answers)


async def test_different_votes_at_the_same_instant_leave_one_and_each_device_shows_it() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.polled(SITTING, HERE)[1:])
        await room.posted("Ne prend pas part au vote")
        await asyncio.gather(room.press(FIRST, "for"), room.press(FIRST, "against"))
        ballot = (await one_poll(room)).ballots[FIRST]
        assert ballot.revision == 0, "the second one saw a state that was no more: it changed nothing"
        kept = "Pour" if ballot.choice is Choice.FOR else "Contre"
        assert f"Votre vote : {kept}" in text_of(await room.say(FIRST, "mon bulletin"))


async def test_a_card_left_open_on_the_other_device_cannot_undo_a_change() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.polled(SITTING, HERE)[1:])
        card = await room.posted("Ne prend pas part au vote")
        telephone, computer = button(card, "for"), button(card, "against")
        chat, who = room.meeting, room.person(FIRST)
        await room.client.press(who, chat, card.id, verb="for", data=telephone)
        changed = {**computer, "revision": 1}
        await room.client.press(who, chat, card.id, verb="against", data=changed)
        late = await room.client.press(who, chat, card.id, verb="for", data={**telephone, "revision": 1})
        ballot = (await one_poll(room)).ballots[FIRST]
        assert (ballot.choice, ballot.revision) == (Choice.AGAINST, 1)
        assert "Contre" in words(late), "the old card is answered with the vote that stands"
