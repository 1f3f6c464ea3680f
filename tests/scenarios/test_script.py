"""Scripts that people write: every word of the guide is understood, every fault is said with its line, and it plays."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from bot import samples
from bot.commands.words import fold
from bot.demo import Play, rehearse, run_script
from bot.demo.terminal import Terminal
from bot.simulation import Staging, stage
from bot.simulation.actor import Actor
from bot.simulation.hall import Hall
from bot.simulation.phrases import HEADS, MOMENTS, PHRASES
from bot.simulation.script import Deed, Script
from bot.simulation.tempers import Temper
from bot.simulation.writing import LONGEST, ScriptRefused, read_script
from bot.texts import catalogue
from tests.kit.waiting import PATIENCE
from tests.scenarios.theatre import Played, convocation, play
from voting.domain import events as e
from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.domain.sitting import Phase
from voting.domain.tally import Choice

COMMAND = convocation(agenda=samples.REHEARSAL_AGENDA)
SAMPLE = (samples.FOLDER / "rehearsal.script").read_text("utf-8")
GUIDE = Path(__file__).parents[2] / "guides" / "simulate.md"


def read(text: str) -> Script:
    return read_script(text, COMMAND.members, COMMAND.items)


def staged(script: Script) -> Staging:
    return stage(COMMAND.members, COMMAND.items, script, has_proxies=True)


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ScriptRefused) as refused:
        read(text)
    for language in ("fr", "en"):
        for problem in refused.value.problems:
            assert str(problem.line) in problem.sentence(catalogue(language))
    return [(problem.line, problem.code) for problem in refused.value.problems]


# --- what is understood -----------------------------------------------------------------------------------------------


def test_people_are_named_by_id_by_name_by_office_or_by_a_role() -> None:
    script = read(
        'rôles quidam\npoint 1\nm012 se déporte\nZylberman-Nauze se tait\nquidam demande la parole "Oui."\n'
        "présidence suspend\nservice dit « Bonjour. »"
    )
    [scene] = script.scenes
    assert [a.who for a in scene.debate] == ["m012", "quidam", "clerk"]
    assert [a.says for a in scene.debate] == ["", "Oui.", "Bonjour."]
    assert scene.silent == ("m018",)
    assert scene.between[0].who == "chair"
    assert staged(script).cast["m012"] == "m012"
    assert staged(script).cast["quidam"] not in ("m012", "m018")


def test_who_arrives_later_or_gives_a_proxy_before_is_not_at_the_roll_call() -> None:
    script = read("avant\nm010 donne pouvoir à m011\nm011 accepte\npoint 2\nm012 arrive\nm013 quitte\nm013 arrive")
    assert script.absent == ("m010", "m012")
    assert {"m010", "m012"}.isdisjoint(staged(script).arrivals)


def test_who_loses_the_network_is_asked_aloud() -> None:
    [scene] = read("point 4\nm022 perd le réseau").scenes
    assert [(a.who, a.deed, a.to) for a in scene.during] == [("clerk", Deed.TAKE_VOICE, "m022")]


def test_a_way_of_voting_and_the_seed_are_the_file_s() -> None:
    script = read("graine 9\nm012 tarde\nm014 vote deux fois")
    assert (script.seed, script.tempers) == (9, (("m012", Temper.SLOW), ("m014", Temper.CLICKER)))
    assert staged(script).tempers[PersonId("m014")] is Temper.CLICKER
    assert staged(script).seed == 9


def test_french_and_english_mean_the_same() -> None:
    french = "rôles a, b\navant\na donne pouvoir à b\nb accepte\npoint 2\nm012 vote contre\nrésultat partage"
    english = "roles a, b\nbefore\na gives a proxy to b\nb accepts\nitem 2\nm012 votes against\nresult tied"
    assert read(french) == read(english)


def test_every_phrase_is_in_the_guide_in_both_languages() -> None:
    guide = fold(GUIDE.read_text("utf-8"))
    assert [word for word in (*HEADS, *PHRASES) if word not in guide] == []


def test_every_deed_that_a_phrase_means_has_its_moment() -> None:
    assert set(MOMENTS) == set(Deed)
    assert {Deed(m) for m in PHRASES.values() if m in set(Deed)} | {Deed.TAKE_VOICE} == set(Deed)


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("graine demain", [(1, "seed")]),
        ("rôles m012", [(1, "role_taken")]),
        ("point 99", [(1, "item_unknown")]),
        ("point 1\npoint 1", [(2, "item_twice")]),
        ("m012 arrive", [(1, "outside")]),
        ("m012 vote contre", [(1, "outside")]),
        ("résultat unanime", [(1, "outside")]),
        ("point 1\nrésultat splendide", [(2, "result_unknown")]),
        ("point 1\nm012 dit « Bon", [(2, "quote_open")]),
        ("point 1\nm012 danse", [(2, "phrase_unknown")]),
        ("point 1\nm012 arrive demain", [(2, "phrase_unknown")]),
        ("point 1\nm012 tarde", [(2, "temper_inside")]),
        ("point 1\nm012 vote oui", [(2, "choice_unknown")]),
        ("avant\nm012 donne pouvoir à", [(2, "holder_missing")]),
        ("point 1\nm012 dit", [(2, "words_missing")]),
        ("avant\nm012 demande la parole", [(2, "not_before")]),
        ("point 1\nm999 arrive", [(2, "person_unknown")]),
        ("avant\nm012 donne pouvoir à personne", [(2, "person_unknown")]),
        ("#" * (LONGEST + 1), [(1, "too_long")]),
        ("graine x\n\n# rien\npoint 9\n m012 danse", [(1, "seed"), (4, "item_unknown"), (5, "phrase_unknown")]),
    ],
)
def test_every_fault_is_said_with_its_line(text: str, found: list[tuple[int, str]]) -> None:
    assert faults(text) == found


def test_every_fault_has_its_sentence() -> None:
    source = Path(rehearse.__file__).parents[1] / "simulation" / "writing.py"
    codes = set(re.findall(r'(?:_wrong|note)\("(\w+)"', source.read_text("utf-8")))
    assert len(codes) >= 14
    for language in ("fr", "en"):
        assert [code for code in codes if f"simulate.wrong.{code}" not in catalogue(language)] == []


# --- what is played ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("script"), COMMAND, read(SAMPLE))


def _who(played: Played, part: str) -> PersonId:
    return played.staging.cast[part]


def test_the_sample_is_played_as_it_is_written(played: Played) -> None:
    assert played.sitting.course.phase is Phase.CLOSED
    polls = list(played.sitting.polls.all.values())
    assert len(polls) == 5
    assert polls[0].ballots[_who(played, "absente")].by == _who(played, "porteur")
    assert _who(played, "m021") not in polls[2].ballots
    assert polls[3].ballots[PersonId("m022")].source is Source.VOICE
    assert polls[4].ballots[PersonId("m024")].choice is Choice.ABSTENTION
    assert polls[4].ballots[_who(played, "voyageur")].by == _who(played, "voyageur")
    assert not {"error", "lost"} & set(played.answers)


def test_somebody_speaks_too_long_and_is_told_so(played: Played) -> None:
    said = [shown.text for shown in played.meeting if shown.author_id is not None]
    words = next(n for n, text in enumerate(said) if "douze remarques" in text)
    assert any("votre temps est écoulé" in text for text in said[words:])
    spoke = [event.person for event in played.events if isinstance(event, e.FloorGiven)]
    assert {"m018", "m019", "m020"} <= set(spoke)


def test_somebody_asks_for_help_while_the_vote_is_open(played: Played) -> None:
    told = catalogue("fr")("said.somebody_needs_help", name=played.sitting.roll[PersonId("m023")].full_name)
    assert told in [shown.summary for shown in played.own[_who(played, "clerk")]]


def _run(options: Play) -> tuple[int, str]:
    said = io.StringIO()
    return run_script(
        options, Terminal(catalogue("fr"), Console(file=said, width=200, soft_wrap=True))
    ), said.getvalue()


def test_the_command_plays_it_as_a_rehearsal_and_keeps_nothing(tmp_path: Path) -> None:
    script = tmp_path / "one.txt"
    script.write_text("point 1\nrésultat unanime", "utf-8")
    code, said = _run(Play(script=script, speed=1000, auto=True))
    assert code == 0
    assert "/seances/blanc-1-" in said
    assert "Séance à blanc n° 1".replace(" ", " ") in said.replace("\u00a0", " ")
    assert "Rien n’a été conservé" in said
    assert [path.name for path in tmp_path.iterdir()] == ["one.txt"]


@pytest.mark.parametrize(
    ("written", "seats", "told"),
    [
        (b"point 9\npoint 8", (), ("Ligne 1", "Ligne 2")),
        (b"\xff\xfe", (), ("UTF-8",)),
        (b"point 1", ("m001",), ("m001",)),
        (b"point 1", ("x99",), ("x99",)),
    ],
)
def test_what_cannot_be_played_is_said(
    written: bytes, seats: tuple[str, ...], told: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "wrong.txt"
    script.write_bytes(written)
    code, said = _run(Play(script=script, seats=seats, auto=True))
    assert (code, said) == (2, "")
    err = capsys.readouterr().err.replace("\u00a0", " ")
    assert all(word in err for word in told)


def test_people_and_simulated_members_sit_in_the_same_sitting(tmp_path: Path) -> None:
    """The seat is left alone: whoever sits there answers, speaks and votes, and the others wait for him."""
    seat = PersonId("m010")
    script = read("point 1\nrésultat unanime")

    async def somebody(hall: Hall) -> None:
        actor = Actor(hall, seat)
        await hall.client.connect(hall.meeting, [actor.person])
        await actor.until(lambda: actor.button("present", hall.meeting), PATIENCE)
        await actor.use("present")
        for _ in range(5):
            button = await actor.until(lambda: actor.button("against", hall.meeting), PATIENCE)
            assert button is not None
            await actor.press(button)
            await actor.until(lambda: actor.button("against", hall.meeting) is None or None, PATIENCE)

    staging = stage(COMMAND.members, COMMAND.items, script, has_proxies=True, real=[seat])
    seen = play(tmp_path, COMMAND, script, beside=somebody, staging=staging)
    polls = list(seen.sitting.polls.all.values())
    assert [poll.ballots[seat].choice for poll in polls] == [Choice.AGAINST] * 5
    assert all(len(poll.ballots) >= 24 for poll in polls)
