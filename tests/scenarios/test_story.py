"""The twelve-minute story as a whole: which sittings, which chapters, how fast; and the committee that follows."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.core import open_core
from bot.demo import Options, sittings
from bot.demo.story import SCRIPT, SCRIPT_CAO
from bot.demo.terminal import Terminal
from bot.local.server import bind
from bot.rim import SystemClock
from bot.serving import local
from bot.simulation import stage
from bot.texts import catalogue
from tests.kit.waiting import PATIENCE
from tests.scenarios.test_demo import ONE, TINY, _file, _run
from tests.scenarios.theatre import Played, convocation, play
from voting.domain import events as e
from voting.domain.assembly import Body
from voting.domain.sitting import Phase
from voting.domain.tally import Choice
from voting.journal.keys import SigningKey
from voting.journal.memory import MemoryStore

TEXTS = catalogue("fr")


@pytest.fixture(scope="module")
def award(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The tender committee that follows, played once."""
    yield play(tmp_path_factory.mktemp("cao"), convocation(body=Body.TENDER_COMMITTEE))


def test_a_contract_is_awarded_among_several_offers(award: Played) -> None:
    assert award.sitting.course.phase is Phase.CLOSED
    [proclaimed] = [event for event in award.events if isinstance(event, e.ContestProclaimed)]
    poll = award.sitting.polls.all[proclaimed.poll]
    assert poll.contest is not None
    assert poll.result is not None
    assert [o.label for o in poll.contest.options] == [TEXTS(f"demo.offer.{n}") for n in (1, 2, 3)]
    assert [o.label for o in poll.contest.options if o.id == poll.result.winner] == [TEXTS("demo.offer.1")]
    staged = award.staging.items[poll.item]
    assert {m: b.choice for m, b in poll.ballots.items()} == staged.choices
    wanted = {m: f"o{staged.picks.get(m, 1)}" for m, choice in staged.choices.items() if choice is Choice.FOR}
    assert {m: b.option for m, b in poll.ballots.items() if b.choice is Choice.FOR} == wanted
    assert set(Counter(wanted.values())) == {"o1", "o2"}
    assert award.chapters == ("cao", "award", "end")


def test_the_clerk_writes_down_what_each_speaker_said(award: Played) -> None:
    """Its minutes have the substance of the debate, not only who spoke and for how long."""
    turns = award.sitting.speakers.turns
    notes = award.sitting.minuting.notes
    assert len(turns) >= 2
    assert set(notes) == {turn.request for turn in turns}
    spoken = {TEXTS(f"demo.words.{n}") for n in range(1, 9)}
    assert {note.text for note in notes.values()} <= spoken
    clerk = award.staging.cast["clerk"]
    assert {event.by for event in award.events if isinstance(event, e.NoteWritten)} == {clerk}


def test_a_clerk_who_is_a_real_person_is_left_to_write(tmp_path: Path) -> None:
    command = convocation(body=Body.TENDER_COMMITTEE)
    staging = stage(command.members, command.items, SCRIPT_CAO, has_proxies=False)
    clerk = staging.cast["clerk"]
    played = play(tmp_path, command, staging=replace(staging, real=frozenset({clerk})))
    assert played.sitting.speakers.turns and not played.sitting.minuting.notes


def test_the_story_is_a_committee_then_an_award_then_the_approval() -> None:
    told = sittings.story(convocation(), TEXTS, is_sample=True)
    assert [one.command.body for one in told] == [
        Body.STANDING_COMMITTEE,
        Body.TENDER_COMMITTEE,
        Body.STANDING_COMMITTEE,
    ]
    assert len({one.command.sitting for one in told}) == 3
    chapters = [chapter for one in told for chapter in one.chapters()]
    wanted = {scene.chapter for scene in SCRIPT.scenes} | {"award", "cao", "approval", "roll_call"}
    assert wanted <= set(chapters)
    assert {"tie", "voice", "proxy_back", "recusal", "order", "secret", "defeat"} <= wanted


def test_ones_own_files_are_followed_by_the_approval_alone() -> None:
    assert len(sittings.story(convocation(), TEXTS, is_sample=False)) == 2
    assert len(sittings.story(convocation(body=Body.TENDER_COMMITTEE), TEXTS, is_sample=True)) == 1


def test_the_whole_story_takes_twelve_minutes_at_speed_one() -> None:
    told = sittings.story(convocation(), TEXTS, is_sample=True)
    seconds = sum(one.staging.seconds for one in told)
    assert sittings.stretched(1, told) == pytest.approx(max(1, seconds / 720))
    assert seconds / sittings.stretched(1, told) <= 720
    assert sittings.stretched(6, told) == pytest.approx(6 * sittings.stretched(1, told))


def test_only_the_chapters_that_one_asks_for_are_told_slowly() -> None:
    tempo = sittings.Tempo(speed=6, chapters=("tie",))
    assert [tempo.of(chapter) for chapter in ("roll_call", "tie", "")] == [sittings.FAST, 6, sittings.FAST]
    whole = sittings.Tempo(speed=6)
    assert {whole.of(chapter) for chapter in ("roll_call", "tie", "")} == {6}


def test_a_chapter_that_is_not_told_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    code, said = _run(Options(auto=True, out=out, port=0, chapters=("nothing",)))
    assert (code, said) == (2, "")
    told = capsys.readouterr().err
    assert "nothing" in told
    assert "tie" in told
    assert not out.exists()


def test_a_demo_of_one_chapter_tells_it_and_ends_with_minutes_that_verify(tmp_path: Path) -> None:
    agenda, members = _file(tmp_path, "a.csv", TINY), _file(tmp_path, "m.csv", ONE)
    options = Options(members=members, agenda=agenda, speed=1000, auto=True, out=tmp_path, port=0)
    code, said = _run(replace(options, chapters=("first_vote",)))
    assert code == 0
    assert "accéléré" in said
    assert "Le premier vote" in said


async def test_the_board_announces_each_chapter_in_its_reader_s_language(tmp_path: Path) -> None:
    command = convocation(
        members=_file(tmp_path, "m.csv", ONE), agenda=_file(tmp_path, "a.csv", "number;title\n1;Un rapport\n")
    )
    [sitting, _] = sittings.story(command, TEXTS, is_sample=False)
    core = await open_core(MemoryStore(), SigningKey.generate("test"), SystemClock())
    async with local(core, bind("127.0.0.1", 0)) as running, aiohttp.ClientSession() as session:
        address = f"{running.town.origin}/seances/{command.sitting}?lang=en"
        seen: list[str] = []

        async def watch() -> None:
            while "Demonstration – The first vote" not in "".join(seen):
                async with session.get(address) as response:
                    seen.append(await response.text())

        watching = asyncio.create_task(watch())
        await sittings.hold(running, sitting, sittings.Tempo(speed=10), Terminal(TEXTS))
        await asyncio.wait_for(watching, PATIENCE)
        async with session.get(address) as response:
            assert "Demonstration –" not in await response.text()
