"""« Même vote » through the front door: shown, confirmed by one press or by words, own and proxy apart."""

from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, walk, words
from voting.domain.ids import PersonId
from voting.domain.tally import Choice

CLERK, CHAIR = kit.CLERK, kit.CHAIR
M2, M3, AWAY = kit.m(2), kit.m(3), kit.m(20)
SITTING = kit.standing_committee(*kit.reports(3))


async def test_R17_the_same_vote_counts_only_once_confirmed_by_its_elector() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING, kit.first(19))[1:], *kit.accepted_proxy(AWAY, M2), kit.call())
        assert "pas de vote précédent" in text_of(await room.say(M3, "même vote"))
        await room.submit(kit.open_poll())
        assert "pas de vote précédent" in text_of(await room.say(M3, "même vote"))
        await room.submit(kit.vote(M2, Choice.AGAINST), kit.vote(AWAY, by=M2), kit.vote(M3, Choice.ABSTENTION))
        await room.submit(kit.close_poll(), kit.proclaim(), kit.call(), kit.open_poll())
        ballot = await room.say(M2, "voter")
        assert "Même vote que : Rapport n° 1 (Contre) ?" in text_of(ballot)
        assert not (await _ballots(room))
        confirmed = await room.press(M2, "same_vote", ballot)
        assert "Même vote : Pour (pouvoir de" in words(confirmed)
        assert await _ballots(room) == {M2: Choice.AGAINST}
        again = await room.press(M2, "same_vote", ballot)
        assert "Contre" in words(again)
        assert await _ballots(room) == {M2: Choice.AGAINST}
        await room.say(M2, f"même vote pour {AWAY}")
        await room.say(M3, "même vote")
        assert await _ballots(room) == {M2: Choice.AGAINST, AWAY: Choice.FOR, M3: Choice.ABSTENTION}
        stale = await room.press(M3, "same_vote", ballot, kind="peut-être")
        assert "plus à jour" in words(stale)


async def test_a_card_never_has_more_than_six_buttons() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING, kit.first(19))[1:], *kit.accepted_proxy(AWAY, M2), kit.call())
        await room.submit(kit.open_poll(), kit.vote(M2), kit.vote(AWAY, by=M2), kit.close_poll(), kit.proclaim())
        await room.submit(kit.call(), kit.open_poll(), kit.vote(M2))
        card = (await room.say(M2, "voter")).card or {}
        assert sum(1 for a in walk(card) if a.get("type") == "Action.Execute") == 6


async def _ballots(room: Hall) -> dict[PersonId, Choice]:
    poll = (await room.state()).polls.open_poll()
    assert poll is not None
    return {member: b.choice for member, b in poll.ballots.items()}
