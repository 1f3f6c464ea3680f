"""``hemicycle demo`` from its options to its exit code, on agendas of a few items; and real people beside it."""

import http.client
import io
import os
import pty
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from bot.demo import Options, run_demo
from bot.demo.evening import names
from bot.demo.terminal import Terminal
from bot.local.chats import Shown
from bot.simulation import StoryStuck
from bot.simulation.actor import Actor
from bot.simulation.hall import Hall, Said
from bot.simulation.script import Act, Deed, Scene, Script
from bot.simulation.staging import Staged
from bot.texts import catalogue
from tests.kit.waiting import PATIENCE
from tests.scenarios.theatre import Played, convocation, play
from voting.domain.assembly import Body, ItemKind, Role
from voting.domain.events import PollClosed
from voting.domain.ids import PersonId
from voting.domain.polls import PollState
from voting.domain.sitting import Phase
from voting.imports import FileRefused

TINY = "number;title;kind\n1;Un rapport;report\n2;Une information;information\n3;Un autre rapport;report\n"
ONE = "id;last_name;role;votes\na;Martin;chair;1\n"


@pytest.fixture
def agenda(tmp_path: Path) -> Path:
    path = tmp_path / "agenda.csv"
    path.write_text(TINY, encoding="utf-8")
    return path


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _status(address: str) -> int:
    host, path = address.removeprefix("http://").split("/", 1)
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request("GET", f"/{path}")
        return connection.getresponse().status
    finally:
        connection.close()


def _run(options: Options, *, is_terminal: bool = False) -> tuple[int, str]:
    said = io.StringIO()
    console = Console(file=said, force_terminal=is_terminal, width=200, highlight=False, soft_wrap=True)
    code = run_demo(options, Terminal(catalogue(options.language), console))
    return code, said.getvalue().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_demo_ends_with_minutes_that_verify(agenda: Path, tmp_path: Path) -> None:
    out = tmp_path / "made" / "here"
    code, said = _run(Options(agenda=agenda, speed=1000, auto=True, out=out, port=0))
    assert code == 0
    assert {name for name in names()} <= {path.name for path in out.iterdir()}
    assert re.search(r"http://127\.0\.0\.1:\d+/seances/[A-Za-z0-9]{20,}\n", said)
    assert re.search(r"http://127\.0\.0\.1:\d+/salle\n", said)
    assert said.count("oui  ") == 9
    assert f"hemicycle verify {out}/minutes.pdf --trust {out}/ca.pem --vkey {out}/journal.vkey --rebuild" in said
    assert "Partage des voix" in said
    assert "le procès-verbal est approuvé" in said
    assert (out / "minutes.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "journal.vkey").read_text("ascii").startswith("demo+")
    journal = (out / "journal.jsonl").read_text("utf-8")
    assert journal.count("\n") == len(journal.splitlines()) > 50


def test_it_can_be_run_again_in_the_same_folder_and_in_english(agenda: Path, tmp_path: Path) -> None:
    for name in ("sitting.sqlite3", "sitting.sqlite3-wal", "sitting.sqlite3.lock", "minutes.pdf"):
        _file(tmp_path, name, "of the demonstration before")
    options = Options(agenda=agenda, speed=1000, auto=True, out=tmp_path, port=0, language="en")
    code, said = _run(options, is_terminal=True)
    assert code == 0
    assert "Minutes verified" in said
    assert "Items done" in said
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".sqlite3")) == [
        "minutes.pdf",
        "sitting.sqlite3",
    ]


def test_a_tender_committee_signs_by_all_its_members(tmp_path: Path) -> None:
    code, said = _run(Options(kind="cao", speed=1000, auto=True, out=tmp_path, port=0))
    assert code == 0
    assert "reconnues (6)" in said
    assert "approuvé" not in said


def test_an_assembly_of_one_without_a_clerk_can_sit(agenda: Path, tmp_path: Path) -> None:
    members = _file(tmp_path, "members.csv", ONE)
    code, said = _run(Options(members=members, agenda=agenda, speed=1000, auto=True, out=tmp_path, port=0))
    assert code == 0
    assert "1 pour, 0 contre" in said


# --- what can be wrong ------------------------------------------------------------------------------------------------


def test_a_bad_file_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    agenda, out = _file(tmp_path, "bad.csv", "number;title\n1;\n"), tmp_path / "out"
    with pytest.raises(FileRefused):
        _run(Options(agenda=agenda, out=out, auto=True, port=0))
    assert not out.exists()


def test_a_busy_port_is_said_before_anything_is_written(
    agenda: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = _run(Options(agenda=agenda, out=tmp_path / "out", auto=True, port=port))
    assert (code, said) == (2, "")
    assert str(port) in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_wrong_setting_is_said(
    agenda: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEMICYCLE_APP_TYPE", "nothing")
    code, said = _run(Options(agenda=agenda, out=tmp_path / "out", auto=True, port=0))
    assert (code, said) == (2, "")
    assert "app_type" in capsys.readouterr().err


def test_a_folder_that_is_none_is_said(agenda: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _run(Options(agenda=agenda, out=agenda, auto=True, port=0))
    assert (code, said) == (2, "")
    assert "agenda.csv" in capsys.readouterr().err


def test_it_stays_up_on_a_terminal_until_somebody_stops_it(agenda: Path, tmp_path: Path) -> None:
    members = _file(tmp_path, "members.csv", ONE)
    words = [
        "demo",
        "--agenda",
        str(agenda),
        "--members",
        str(members),
        "--speed",
        "1000",
        "--port",
        "0",
        "--out",
        str(tmp_path),
    ]
    screen, terminal = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli import main; main()", *words],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm", "LANG": "fr_FR.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""},
    )
    os.close(terminal)
    with os.fdopen(screen, "rb", buffering=0) as said:
        seen = b""
        while b"Ctrl-C" not in seen:
            seen += said.read(4096)
        address = re.search(rb"http://127\.0\.0\.1:\d+/salle", seen)
        assert address is not None
        assert _status(address[0].decode()) == 200
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=PATIENCE) == 0


# --- real people beside the simulated ones ----------------------------------------------------------------------------


def test_what_the_law_forbids_is_skipped_and_the_rest_is_held(tmp_path: Path) -> None:
    agenda = _file(
        tmp_path,
        "agenda.csv",
        "number;title;legal_subject\n1;Un;\n2;Budget;initial_budget\n3;Trois;\n4;Élection;presidency_election\n",
    )
    played = play(tmp_path, convocation(agenda=agenda, body=Body.COUNCIL))
    assert played.sitting.course.phase is Phase.CLOSED
    assert [played.sitting.items[poll.item].number for poll in played.sitting.polls.all.values()] == ["1", "3"]


def test_the_story_goes_on_when_somebody_real_closes_a_vote(tmp_path: Path) -> None:
    command = convocation(agenda=_file(tmp_path, "one.csv", "number;title\n1;Un seul rapport\n"))
    clerk = next(m.id for m in reversed(command.members) if m.role is Role.CLERK)

    async def hasty(hall: Hall) -> None:
        actor = Actor(hall, clerk)

        def called() -> Shown | None:
            return next((s for s in actor.screen(hall.meeting) if hall.meaning(s) is Said.VOTE), None)

        await actor.until(called, PATIENCE)
        await actor.type("clore")

    played = play(tmp_path, command, speed=10, beside=hasty)
    assert played.sitting.course.phase is Phase.CLOSED
    [closed] = [event for event in played.events if isinstance(event, PollClosed)]
    assert closed.by == clerk
    assert closed.tally.no_answer > 0
    [poll] = played.sitting.polls.all.values()
    assert poll.state is PollState.PROCLAIMED


def test_a_real_vote_in_the_seat_of_a_simulated_member_counts_once(agenda: Path, tmp_path: Path) -> None:
    command = convocation(agenda=agenda)
    seat = PersonId("m010")

    async def voter(hall: Hall) -> None:
        actor = Actor(hall, seat)
        button = await actor.until(lambda: actor.button("against", hall.meeting), PATIENCE)
        assert button is not None
        await actor.press(button)

    played = play(tmp_path, command, speed=30, beside=voter)
    first = next(iter(played.sitting.polls.all.values()))
    assert seat in first.ballots
    assert first.tally is not None
    assert first.tally.no_answer == 0


# --- other stories ----------------------------------------------------------------------------------------------------


def test_who_leaves_takes_his_proxy_along_and_the_sitting_goes_on(agenda: Path, tmp_path: Path) -> None:
    script = Script(
        absent=("away",),
        before=(Act(who="away", deed=Deed.GIVE_PROXY, to="holder"), Act(who="holder", deed=Deed.ACCEPT_PROXY)),
        scenes=(
            Scene(chapter="", debate=(Act(who="chair", deed=Deed.SAY, says="demo.say.order"),)),
            Scene(chapter="", between=(Act(who="holder", deed=Deed.LEAVE),)),
        ),
    )
    played = play(tmp_path, convocation(agenda=agenda), script)
    first, second = played.sitting.polls.all.values()
    pair = {played.staging.cast["away"], played.staging.cast["holder"]}
    assert pair <= set(first.electorate)
    assert pair.isdisjoint(second.electorate)
    assert any("règlement intérieur" in shown.text for shown in played.meeting)
    assert [set(p.ballots) for p in (first, second)] == [set(s.choices) for s in _voted(played)]


def _voted(played: Played) -> list[Staged]:
    return [s for s in played.staging.items.values() if s.item.kind is not ItemKind.INFORMATION]


def test_a_story_that_cannot_go_on_says_why(agenda: Path, tmp_path: Path) -> None:
    script = Script(scenes=(Scene(chapter="", debate=(Act(who="chair", deed=Deed.RECUSE),)),))
    with pytest.raises(StoryStuck) as stuck:
        play(tmp_path, convocation(agenda=agenda), script)
    assert "L. 1111-6" in str(stuck.value)


@pytest.mark.long
def test_a_day_of_159_items_is_held_to_its_end(tmp_path: Path) -> None:
    lines = [
        "number;title;legal_subject",
        "1;Désignations;outside_bodies",
        *(f"{n};Rapport {n};" for n in range(2, 160)),
    ]
    agenda = _file(tmp_path, "agenda.csv", "\n".join(lines))
    code, said = _run(Options(agenda=agenda, speed=1000, auto=True, out=tmp_path, port=0))
    assert code == 0
    assert "Scrutins recomptés : 160" in said
