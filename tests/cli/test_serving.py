"""``hemicycle serve`` in its two ways, and the draft minutes of a sitting that is over."""

import asyncio
import os
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.cli.say import Stop
from bot.cli.serving_local import _serve as serve_local
from bot.cli.serving_teams import _serve as serve_teams
from bot.installation import open_sql_core
from bot.rim import journal_key
from bot.settings import Settings
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from voting.domain import commands as c
from voting.domain.tally import Choice

PROGRAM = "from bot.cli import main; main()"


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Stop, match=str(port)):
            await serve_local(Settings(data_dir=tmp_path), "127.0.0.1", port)
        teams = Settings(data_dir=tmp_path, app_id="a", tenant_id="b", app_type="UserAssignedMSI")
        with pytest.raises(Stop, match=str(port)):
            await serve_teams(teams, "127.0.0.1", port)


async def test_the_local_room_is_served_until_told_to_stop(tmp_path: Path) -> None:
    """In a process of its own: a sample sitting, its room and board, a clean end, and the same again."""
    for _ in range(2):
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", PROGRAM, "serve", "--local", "--port", "0"),
            env={**os.environ, "HEMICYCLE_DATA_DIR": str(tmp_path / "data"), "HEMICYCLE_LANGUAGE": "fr"},
            stdout=asyncio.subprocess.PIPE,
        )
        assert program.stdout is not None
        async with asyncio.timeout(60):
            said = [(await program.stdout.readline()).decode() for _ in range(3)]
        addresses = [word for line in said for word in line.split() if word.startswith("http://127.0.0.1:")]
        assert [address.split("/")[3:4] for address in addresses] == [[], ["salle"], ["seances"]]
        async with aiohttp.ClientSession() as client:
            for address in addresses[1:]:
                async with client.get(address) as page:
                    assert page.status == 200
        program.terminate()
        async with asyncio.timeout(60):
            assert await program.wait() == 0


def test_the_draft_minutes_of_a_closed_sitting(run: Run, tmp_path: Path) -> None:
    async def hold(*last: c.SittingCommand) -> None:
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        for step in last:
            await core.writer.submit(kit.SITTING, step)
        await core.close()

    key = journal_key(tmp_path / "data", "test")
    convocation = kit.standing_committee()
    asyncio.run(hold(*kit.polled(convocation, kit.first(20)), *kit.votes(Choice.FOR, range(1, 15)), *kit.settled()))
    code, _, err = run("minutes", kit.SITTING)
    assert code == 1
    assert "n’est pas levée" in err
    asyncio.run(hold(c.CloseSitting(by=kit.CLERK)))
    code, _, err = run("minutes", kit.SITTING, "--out", "pv.pdf")
    assert code == 0
    assert (tmp_path / "pv.pdf").read_bytes().startswith(b"%PDF-")
    code, _, err = run("minutes", kit.SITTING, "--out", str(tmp_path / "no" / "such" / "folder" / "pv.pdf"))
    assert code == 2
    assert "Impossible d’écrire" in err
