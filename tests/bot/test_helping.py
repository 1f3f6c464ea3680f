"""Asking for help: what support is told, who looks after it, and the poll that is not closed on somebody unseen."""

from dataclasses import replace

import pytest

from tests.bot.test_conversation import CLERK, FIRST, HERE, SECOND, SITTING, polled
from tests.bot.test_exercises import newest
from tests.bot.test_rehearsal import MARK, begun
from tests.kit import sittings as kit
from tests.kit.hall import Hall, button, hall, text_of, walk, words
from voting.domain import commands as c
from voting.domain.ids import PersonId, SittingId
from voting.domain.polls import PollState
from voting.journal.faults import StoreFault
from voting.service import helping
from voting.service.ports import HelpRequest, HelpState

NAME = next(m.full_name for m in SITTING.members if m.id == FIRST)


async def asked(room: Hall, who: PersonId = FIRST) -> None:
    """By word, from one's own chat; support is told."""
    await room.say(who, "besoin d'aide")
    await room.until(lambda: "demande de l’aide" in text_of(newest(room, CLERK)))


async def test_support_is_told_who_where_after_what_and_by_which_telephone() -> None:
    async with hall(SITTING) as room:
        await room.core.aside.help.keep_phones(room.sitting, {FIRST: "06 12 34 56 78"})
        await room.say(FIRST, "pour")
        await asked(room)
        told = text_of(newest(room, CLERK))
        for expected in (
            f"{NAME} demande de l’aide",
            "dans sa conversation avec le bot",
            "Voulait : Voter pour",
            "Dernière erreur : ",
            "Appareil : Web",
            "Téléphone : 06 12 34 56 78",
        ):
            assert expected in told, expected
        (request,) = await room.core.aside.help.of(room.sitting)
        assert (request.doing, request.problem) == ("for", "poll_not_open")
        lines = b"".join(entry.line for entry in await room.core.writer.history(room.sitting))
        assert b"06 12" not in lines, "never in the journal"


async def test_a_request_is_taken_by_one_noted_and_closed() -> None:
    async with hall(SITTING) as room:
        await asked(room)
        card = newest(room, CLERK)
        taken = await room.press(CLERK, "help_desk", card)
        assert "Aide en cours" in words(taken)
        queue = await room.say(CLERK, "assistance")
        form = await room.press(CLERK, "help_desk", queue)
        assert "Une note" in words(form)
        (request,) = await room.core.aside.help.of(room.sitting)
        data = {**button(queue, "help_desk"), "kind": "close", "note": "micro coupé"}
        done = await room.client.press(room.person(CLERK), room.own(CLERK), queue.id, verb="help_desk", data=data)
        assert "Personne n’attend" in words(done)
        assert "délai médian de prise en charge" in words(done)
        (closed,) = await room.core.aside.help.of(room.sitting)
        assert closed == replace(request, state=HelpState.CLOSED, closed_at=closed.closed_at, note="micro coupé")
        assert closed.taken_by == CLERK


async def test_who_asks_twice_is_one_request_with_what_he_did_since() -> None:
    async with hall(SITTING) as room:
        await asked(room)
        await room.say(FIRST, "quorum")
        await room.say(FIRST, "au secours")
        (request,) = await room.core.aside.help.of(room.sitting)
        assert request.doing == "quorum"


async def test_a_member_sees_no_queue() -> None:
    async with hall(SITTING) as room:
        await asked(room)
        assert "réservée à l’assistance" in text_of(await room.say(SECOND, "assistance"))


async def test_before_closing_the_clerk_sees_who_asks_for_help_and_has_not_voted() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        await asked(room)
        warned = await room.say(CLERK, "clore")
        text = text_of(warned)
        assert "1 membre qui n’a pas voté demande de l’aide" in text
        assert NAME in text
        poll = (await room.state()).polls.current()
        assert poll is not None
        assert poll.state is PollState.OPEN
        assert "Voix donnée à l’oral" in text
        sure = next(e for e in walk(warned.card or {}) if e.get("verb") == "close")
        await room.client.press(
            room.person(CLERK),
            room.own(CLERK),
            warned.id,
            verb="close",
            data=dict(sure["data"]),  # type: ignore[call-overload]  # a card is JSON
        )
        poll = (await room.state()).polls.current()
        assert poll is not None
        assert poll.state is PollState.CLOSED


@pytest.mark.parametrize("typed", ["clore quand même", "clore le vote quand meme", "close anyway"])
async def test_who_has_been_warned_closes_by_words(typed: str) -> None:
    async with hall(SITTING) as room:
        await polled(room)
        await asked(room)
        assert "Clore quand même" in text_of(await room.say(CLERK, "clore"))
        unclear = await room.say(CLERK, "clore tout de suite")
        assert "clore quand même" in text_of(unclear)
        poll = (await room.state()).polls.current()
        assert poll is not None
        assert poll.state is PollState.OPEN, "to be warned, or not understood, closes nothing"
        await room.say(CLERK, typed)
        poll = (await room.state()).polls.current()
        assert poll is not None
        assert poll.state is PollState.CLOSED


async def test_who_has_voted_or_was_helped_holds_up_nobody() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        await asked(room)
        await room.press(FIRST, "for")
        await room.say(CLERK, "clore")
        poll = (await room.state()).polls.current()
        assert poll is not None
        assert poll.state is PollState.CLOSED


async def test_somebody_at_his_exercises_is_helped_by_the_people_of_the_rehearsal() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        await room.say(FIRST, "exercices")
        await asked(room)
        assert MARK in text_of(newest(room, CLERK))
        assert [r.person for r in await room.core.aside.help.of(held)] == [FIRST]
        assert NAME in text_of(await room.say(CLERK, "assistance"))


async def test_without_a_poll_nobody_is_left_behind_and_without_help_there_is_no_median() -> None:
    async with hall(SITTING) as room:
        await asked(room)
        requests = await room.core.aside.help.of(room.sitting)
        assert helping.troubled(await room.state(), requests) == ()
        assert helping.median_seconds(requests) is None


async def test_once_the_sitting_is_lifted_staff_and_support_read_how_it_was_helped() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        assert "Assistance pendant la séance" not in text_of(await room.say(CLERK, "état"))
        await asked(room)
        await room.press(CLERK, "help_desk", newest(room, CLERK))
        await room.say(CLERK, f"voix {NAME} pour")
        await room.say(CLERK, "clore")
        await room.submit(*kit.settled()[1:], c.CloseSitting(by=CLERK))
        told = await room.say(CLERK, "état")
        figures = {row["title"]: row["value"] for row in _figures(told.card)}
        assert figures["Demandes d’aide"] == "1"
        assert figures["Demandes closes"] == "0"
        assert figures["Délai médian de prise en charge"].endswith(" s")
        assert "Délai médian jusqu’à la clôture" not in figures, "nothing was closed"
        assert figures["Voix prises à l’oral dans un vote électronique"] == "1"
        assert NAME not in text_of(told), "figures, and no names"
        assert "Assistance pendant la séance" in text_of(await room.say(CLERK, "assistance"))
        assert "Assistance pendant la séance" not in text_of(await room.say(SECOND, "état"))
        paper = await room.core.writer.history(room.sitting)
        assert not any("help" in entry.name for entry in paper), "never in what the minutes are drawn from"


async def test_the_state_is_shown_when_the_queue_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING, HERE)[1:], c.CloseSitting(by=CLERK))

        async def broken(book: object, sitting: SittingId) -> tuple[HelpRequest, ...]:
            raise StoreFault

        monkeypatch.setattr(type(room.core.aside.help), "of", broken)
        told = text_of(await room.say(CLERK, "état"))
        assert "levée" in told
        assert "Assistance pendant la séance" not in told


def _figures(card: object) -> list[dict[str, str]]:
    sets = [e["facts"] for e in walk(card or {}) if e.get("type") == "FactSet"]
    return [row for rows in sets if isinstance(rows, list) for row in rows]
