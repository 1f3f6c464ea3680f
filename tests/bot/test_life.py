"""The way of the minutes from the chat: submitted, approved by the vote of the next sitting, for the staff alone."""

from dataclasses import replace

from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of
from voting.domain import commands as c
from voting.domain.assembly import Body
from voting.domain.ids import SittingId
from voting.domain.minuting import Approval, Stage
from voting.domain.tally import Choice

CLERK, CHAIR = kit.CLERK, kit.CHAIR
FIRST = SittingId("the-one-before")
SITTING = kit.standing_committee(*kit.reports(2))


async def before(room: Hall) -> None:
    """The sitting whose minutes wait, in the same installation."""
    steps = (*kit.called(replace(SITTING, sitting=FIRST), kit.first(20)), c.CloseSitting(by=CLERK))
    for step in steps:
        await room.core.writer.submit(FIRST, step)


async def stage(room: Hall) -> Stage:
    return (await room.core.writer.snapshot(FIRST)).sitting.minuting.stage


async def test_R36_this_sitting_approves_the_minutes_of_the_one_before() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.polled(SITTING, kit.first(20))[1:])
        assert "n’attend d’être arrêté" in text_of(await room.say(CLERK, "arrêter le pv"))
        await before(room)
        await room.core.writer.submit(FIRST, c.SubmitMinutes(by=CLERK))
        assert "n’a pas été ouverte après" in text_of(await room.say(CLERK, "arrêter le pv"))
        assert await stage(room) is Stage.SUBMITTED


async def test_R36_the_vote_is_read_in_the_journal() -> None:
    async with hall(SITTING) as room:
        await before(room)
        await room.core.writer.submit(FIRST, c.SubmitMinutes(by=CLERK))
        await room.submit(*kit.polled(SITTING, kit.first(20))[1:])
        assert "n’a pas été adopté" in text_of(await room.say(CLERK, "arrêter le pv"))
        await room.submit(*kit.votes(Choice.FOR, range(1, 15)), *kit.settled())
        assert "aucun point de l’autre séance" in text_of(await room.say(CLERK, "arrêter le pv 9"))
        told = text_of(await room.say(CLERK, "arrêter le pv 1"))
        assert "14 pour, 0 contre" in told
        assert "le faire signer" in told
        assert await stage(room) is Stage.APPROVED


async def test_it_is_submitted_from_its_own_card() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.called(SITTING, kit.first(20))[1:])
        assert "la séance est ouverte" in text_of(await room.say(CLERK, "soumettre le pv"))
        await room.submit(c.CloseSitting(by=CLERK))
        card = await room.say(CLERK, "suivi du pv")
        assert "le soumettre à l’assemblée" in text_of(card)
        await room.press(CLERK, "submit_minutes", card)
        assert (await room.state()).minuting.stage is Stage.SUBMITTED
        assert "Soumis à l’assemblée" in text_of(await room.say(CLERK, "suivi du pv"))
        assert "déjà enregistré" in text_of(await room.say(CLERK, "soumettre le pv"))
        for typed in ("suivi du pv", "soumettre le pv", "arrêter le pv"):
            assert "réservée à la présidence" in text_of(await room.say(kit.m(8), typed))


async def test_two_that_wait_are_not_guessed_between() -> None:
    async with hall(SITTING) as room:
        for name in ("one", "two"):
            sitting = SittingId(name)
            steps = (*kit.called(replace(SITTING, sitting=sitting), kit.first(20)), c.CloseSitting(by=CLERK))
            for step in (*steps, c.SubmitMinutes(by=CLERK)):
                await room.core.writer.submit(sitting, step)
        await room.submit(*kit.polled(SITTING, kit.first(20))[1:])
        assert "dites lequel" in text_of(await room.say(CLERK, "arrêter le pv"))


async def test_it_is_corrected_published_and_archived_in_words() -> None:
    """The steps that come by words, each with what it misses; nothing changes for who may not."""
    council = kit.convene(kit.roll(7), kit.reports(1), body=Body.COUNCIL)
    async with hall(council) as room:
        voters = [member.id for member in (await room.state()).facts.members if member.votes]
        await room.submit(*map(kit.arrive, voters), *kit.broadcast(council), c.OpenSitting(by=CHAIR))
        assert "la séance est ouverte" in text_of(await room.say(CLERK, "rectifier le pv lire « Martin »"))
        await room.submit(c.CloseSitting(by=CHAIR))
        for verb, missing in (("rectifier", "ce qui est rectifié"), ("publier", "l’adresse"), ("archiver", "la cote")):
            assert missing in text_of(await room.say(CLERK, f"{verb} le pv"))
            assert "réservée à la présidence" in text_of(await room.say(voters[3], f"{verb} le pv x"))
        assert "Rectifications : 1." in text_of(await room.say(CLERK, "rectifier le pv page 4, lire « Martin »"))
        assert len((await room.state()).minuting.corrections) == 1
        for verb in ("publier", "archiver"):
            assert "n’est pas encore enregistré" in text_of(await room.say(CLERK, f"{verb} le pv x"))
        approval = Approval(
            sitting=SittingId("next"),
            item="1",
            poll=1,
            proclaimed_at=kit.START,
            votes_for=7,
            against=0,
            abstention=0,
            line=12,
            leaf="",
        )
        await room.submit(c.SubmitMinutes(by=CLERK), c.ApproveMinutes(by=CLERK, approval=approval))
        await room.submit(c.RecordSignatures(by=CLERK, fingerprint="0" * 64, signers=(CHAIR,)))
        assert "plus rien ne s’y écrit" in text_of(await room.say(CLERK, "rectifier le pv trop tard"))
        assert "https://region.example/pv.pdf" in text_of(
            await room.say(CLERK, "publier le pv https://region.example/pv.pdf")
        )
        assert "1234 W 56" in text_of(await room.say(CLERK, "archiver le pv 1234 W 56"))
        assert "déjà enregistré" in text_of(await room.say(CLERK, "archiver le pv 1234 W 57"))
        assert (await room.state()).minuting.stage is Stage.ARCHIVED
