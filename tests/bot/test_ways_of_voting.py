"""The ways of voting through the front door: typed, pressed and filled in, and what becomes of each."""

import pytest

from bot.commands.base import Misunderstood
from bot.commands.ways import Wished, wished
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, verbs, words
from voting.domain import commands as c
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import PersonId
from voting.domain.majorities import WantedMajority
from voting.domain.polls import Poll, PollState, Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase, Threshold
from voting.domain.tally import Choice

CLERK, CHAIR = kit.CLERK, kit.CHAIR
AFAR = kit.standing_committee(*kit.reports(3), voters=5)
ROOM = kit.convene(kit.roll(5), kit.reports(3), mode=Mode.ROOM)
TWO_THIRDS = Threshold(numerator=2, denominator=3)


async def debated(room: Hall, presence: Presence = Presence.REMOTE) -> None:
    """The sitting open with everybody, the first item under discussion."""
    await room.submit(*(kit.arrive(kit.m(n), presence) for n in range(1, 6)), c.OpenSitting(by=CHAIR), kit.call())


async def poll(room: Hall) -> Poll:
    """The last poll."""
    return tuple((await room.state()).polls.all.values())[-1]


async def last_name(room: Hall, person: PersonId) -> str:
    return (await room.state()).roll[person].last_name


def by(base: MajorityBase, threshold: Threshold = TWO_THIRDS, article: str = "") -> WantedMajority:
    return WantedMajority(base=base, threshold=threshold, article=article)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("", Wished()),
        ("appel", Wished(method=VotingMethod.ROLL_CALL)),
        ("Appel nominal m", Wished(method=VotingMethod.ROLL_CALL, letter="M")),
        ("by name É", Wished(method=VotingMethod.ROLL_CALL, letter="É")),
        ("à main levée", Wished(method=VotingMethod.SHOW_OF_HANDS)),
        ("bulletins", Wished(method=VotingMethod.SECRET)),
        ("2 min", Wished(seconds=120)),
        ("90s", Wished(seconds=90)),
        ("1 minute 30 secondes", Wished(seconds=90)),
        ("appel M 5 minutes", Wished(method=VotingMethod.ROLL_CALL, letter="M", seconds=300)),
        ("sans durée 2/3", Wished(seconds=0, majority=by(MajorityBase.VOTES_CAST))),
        ("no limit", Wished(seconds=0)),
        ("on paper 2/3", Wished(method=VotingMethod.SECRET, majority=by(MajorityBase.VOTES_CAST))),
        ("2/3 exercice", Wished(majority=by(MajorityBase.IN_OFFICE))),
        (
            "majorité absolue des membres en exercice statuts, art. 12",
            Wished(majority=by(MajorityBase.IN_OFFICE, MORE_THAN_HALF, "statuts, art. 12")),
        ),
        (
            "online >3/5 of those present",
            Wished(
                method=VotingMethod.ELECTRONIC,
                majority=by(MajorityBase.PRESENT, Threshold(numerator=3, denominator=5, is_strict=True)),
            ),
        ),
        ("ensemble 2/3 représentés", Wished(is_joint=True, majority=by(MajorityBase.PRESENT_OR_REPRESENTED))),
    ],
)
def test_a_wish_is_read_from_its_words(text: str, due: Wished) -> None:
    assert wished(text) == due


def test_a_letter_is_drawn_by_lot() -> None:
    assert {wished("appel tirage").letter for _ in range(200)} <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert len({wished("by name draw").letter for _ in range(200)}) > 5


@pytest.mark.parametrize("text", ["pour", "appel Durand", "main levée exercice", "2 tiers"])
def test_a_word_left_over_is_never_ignored(text: str) -> None:
    with pytest.raises(Misunderstood, match=r"misunderstood\.poll"):
        wished(text)


async def test_R16_a_vote_by_name_from_afar_is_led_from_the_console() -> None:
    async with hall(AFAR) as room:
        await debated(room)
        console = await room.say(CLERK, "vote appel")
        assert {"voice", "next_name"} <= verbs(console.card or {})
        assert "Répondez à l’appel" in text_of(await room.say(kit.m(3), "pour"))
        voted = words(await room.press(CLERK, "voice", console, person=CHAIR, choice="for"))
        assert await last_name(room, kit.m(2)) in voted, "the next name is called"
        again = words(await room.press(CLERK, "voice", console, person=CHAIR, choice="for"))
        assert await last_name(room, kit.m(2)) in again, "an old card shows where the call is"
        await room.press(kit.m(2), "against")
        for number in (3, 4, 5):
            await room.say(CLERK, f"voix {await last_name(room, kit.m(number))} abstention")
        one = await poll(room)
        assert one.call is not None
        assert one.call.is_over
        assert {m: b.choice for m, b in one.ballots.items()} == {
            CHAIR: Choice.FOR,
            kit.m(2): Choice.AGAINST,
            kit.m(3): Choice.ABSTENTION,
            kit.m(4): Choice.ABSTENTION,
            kit.m(5): Choice.ABSTENTION,
        }
        await room.say(CLERK, "clore")
        assert (await poll(room)).state is PollState.CLOSED


async def test_a_name_that_does_not_answer_is_called_again() -> None:
    async with hall(AFAR) as room:
        await debated(room)
        console = await room.say(CLERK, "vote by name")
        after = words(await room.press(CLERK, "next_name", console))
        assert await last_name(room, kit.m(2)) in after
        old = words(await room.press(CLERK, "next_name", console))
        assert "déjà" in old or "already" in old, "a second press skips nobody"
        for number in range(2, 6):
            await room.say(CLERK, f"voix {await last_name(room, kit.m(number))} pour")
        assert "L’appel nominal n’est pas terminé" in text_of(await room.say(CLERK, "clore"))
        state = await room.say(CLERK, "séance")
        assert "Second appel" in str(state.card)
        await room.say(CLERK, "nom suivant")
        await room.say(CLERK, "clore")
        assert (await poll(room)).state is PollState.CLOSED


async def test_a_show_of_hands_is_typed_or_filled_in() -> None:
    async with hall(ROOM) as room:
        await debated(room, Presence.IN_ROOM)
        console = await room.say(CLERK, "vote main levée")
        assert "hands" in verbs(console.card or {})
        two, three = await last_name(room, kit.m(2)), await last_name(room, kit.m(3))
        assert "Écrivez" in text_of(await room.say(CLERK, "mains Durand"))
        await room.say(CLERK, f"mains contre {two} ; abstention {three}")
        choices = {m: b.choice for m, b in (await poll(room)).ballots.items()}
        assert (choices[kit.m(2)], choices[kit.m(3)], choices[CHAIR]) == (
            Choice.AGAINST,
            Choice.ABSTENTION,
            Choice.FOR,
        )
        form = await room.say(CLERK, "mains")
        await room.press(CLERK, "hands", form, against=f"{kit.m(4)},{kit.m(5)}")
        choices = {m: b.choice for m, b in (await poll(room)).ballots.items()}
        assert [m for m, choice in choices.items() if choice is Choice.AGAINST] == [kit.m(4), kit.m(5)]
        await room.say(CLERK, "mains unanimité")
        assert set(b.choice for b in (await poll(room)).ballots.values()) == {Choice.FOR}
        assert "dans la salle" in text_of(await room.say(kit.m(2), "contre"))


async def test_a_secret_ballot_is_counted_and_its_register_kept() -> None:
    async with hall(ROOM) as room:
        await debated(room, Presence.IN_ROOM)
        await room.submit(
            c.RequestSecretBallot(by=kit.m(2)),
            kit.open_poll(Purpose.SECRET_BALLOT_REQUEST),
            kit.vote(CHAIR),
            *kit.settled(),
        )
        console = await room.say(CLERK, "vote")
        assert (await poll(room)).method is VotingMethod.SECRET, "the assembly chose the secret"
        assert {"papers", "register"} <= verbs(console.card or {})
        assert "Écrivez le compte" in text_of(await room.say(CLERK, "bulletins 3 pour, 2 contre"))
        assert "Écrivez le compte" in text_of(await room.say(CLERK, "bulletins 5 enveloppes, 3 oranges, 2 contre"))
        wrong = text_of(await room.say(CLERK, "bulletins 5 enveloppes, 3 pour, 1 contre"))
        assert "Le compte ne tombe pas juste" in wrong
        form = await room.say(CLERK, "bulletins")
        await room.press(CLERK, "papers", form, envelopes=5, votes_for=2, votes_against=2, blank=1, invalid=0)
        await room.say(CLERK, f"émargements tous sauf {await last_name(room, kit.m(5))}")
        one = await poll(room)
        assert one.papers is not None
        assert (one.papers.envelopes, one.papers.blank, len(one.marked)) == (5, 1, 4)
        register = await room.say(CLERK, "émargements")
        await room.press(CLERK, "register", register, marked=",".join(kit.m(n) for n in range(1, 6)))
        assert len((await poll(room)).marked) == 5
        await room.say(CLERK, "émargements tous")
        await room.say(CLERK, "clore")
        await room.say(CHAIR, "proclamer")
        result = await room.posted("Bulletins blancs")
        assert "Émargements" not in str(result.card)
        assert await last_name(room, kit.m(2)) not in str(result.card)
        assert "n’avez" in text_of(await room.say(kit.m(2), "mes votes")) or "p2" not in text_of(
            await room.say(kit.m(2), "mes votes")
        )


async def test_another_way_and_majority_are_chosen_on_a_form() -> None:
    async with hall(AFAR) as room:
        await debated(room)
        form = await room.say(CLERK, "autre mode de scrutin")
        assert "Appel nominal" in str(form.card)
        assert "Main levée" not in str(form.card), "only what the law allows here is offered"
        await room.press(
            CLERK, "vote", form, way="roll_call", majority="2/3 office", article="statuts, art. 12", letter="d"
        )
        one = await poll(room)
        assert (one.method, one.majority.required, one.majority.article) == (
            VotingMethod.ROLL_CALL,
            4,
            "statuts, art. 12",
        )
        assert one.call is not None
        assert (await last_name(room, one.call.order[0])).startswith("D")
        await room.say(CLERK, "annuler le vote panne")
        await room.press(CLERK, "vote", form, way="electronic", majority="ordinary")
        assert (await poll(room)).majority.is_simple
        assert "plus à jour" in words(await room.press(CLERK, "vote", form, way="by telepathy", majority="ordinary"))


async def test_a_form_for_another_way_is_not_shown() -> None:
    async with hall(AFAR) as room:
        await debated(room)
        assert "Aucun point" in text_of(await room.say(CLERK, "autre scrutin")) or (await room.state()).agenda.current
        assert "n’est pas ouvert" in text_of(await room.say(CLERK, "mains"))
        await room.say(CLERK, "vote")
        assert "ne se tient pas ainsi" in text_of(await room.say(CLERK, "bulletins"))


async def test_R25_members_ask_for_a_vote_by_name_in_words() -> None:
    council = kit.convene(kit.roll(6), kit.reports(2), body=Body.COUNCIL, mode=Mode.ROOM)
    async with hall(council) as room:
        await room.submit(*(kit.arrive(kit.m(n), Presence.IN_ROOM) for n in range(1, 7)))
        await room.submit(c.OpenSitting(by=CHAIR), kit.call())
        assert "scrutin public est enregistrée" in text_of(await room.say(kit.m(3), "scrutin public"))
        assert "n’est pas permis ici" in text_of(await room.say(CLERK, "vote main levée"))
        await room.say(CLERK, "vote")
        assert (await poll(room)).method is VotingMethod.ELECTRONIC
