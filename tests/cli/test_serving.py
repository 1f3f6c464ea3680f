"""``hemicycle serve`` in its two ways, and the draft minutes of a sitting that is over."""

import asyncio
import socket
from pathlib import Path

import pytest

from bot.app import open_sql_core
from bot.cli.say import Stop
from bot.cli.serving_local import _serve as serve_local
from bot.cli.serving_teams import _serve as serve_teams
from bot.rim import journal_key
from bot.settings import Settings
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from voting.domain import commands as c
from voting.domain.tally import Choice


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
