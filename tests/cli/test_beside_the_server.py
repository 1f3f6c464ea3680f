"""Convening from the command line while the service runs: one writer, and it knows at once."""

import asyncio
import contextlib
import json
import os
import socket
import stat
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import samples
from bot.control import AskedInVain, Control, NotServing, ask, same
from bot.directory import Directory
from bot.hand_over import CONVENE, answers
from bot.installation import Installation
from bot.ports import ChatInstall
from bot.serving import open_installation_of
from bot.serving_teams import teams
from bot.settings import Settings
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from voting.domain import commands as c
from voting.domain.ids import SittingId

FILES = ("--members", str(samples.MEMBERS), "--agenda", str(samples.AGENDA))
TENANT = "11111111-2222-4333-8444-555555555555"
URL = "sqlite+aiosqlite:///x.sqlite3"


@pytest.fixture
async def serving(run: Run, tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[Installation]:
    """The bot as an administrator starts it, on the installation that the command line uses."""
    configured = Settings(
        app_id="99999999-2222-4333-8444-555555555555", tenant_id=TENANT, app_password=SecretStr("s3cret")
    )
    installation = await open_installation_of(configured)
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
        yield installation


async def test_a_sitting_is_convened_while_the_service_runs(run: Run, serving: Installation, tmp_path: Path) -> None:
    code, said, err = await asyncio.to_thread(run, "sittings", "convene", *FILES, "--date", "2026-11-24T09:30")
    assert (code, err) == (0, "")
    assert "60 personnes dont 25 votent" in said
    (sitting,) = await serving.core.store.sittings()
    assert sitting in said
    links = serving.storage.accounts.links(sitting)  # type: ignore[arg-type]
    assert links, "the running process knows the people, without a restart"
    assert {link.tenant_id for link in links} == {TENANT}, "as the service is set, not as the shell is"
    code, listed, _ = await asyncio.to_thread(run, "sittings", "list", "--json")
    assert [row["sitting"] for row in json.loads(listed)] == [sitting]


async def test_twenty_at_once_beside_each_other(run: Run, serving: Installation) -> None:
    from bot.convening import Wish, prepare
    from bot.hand_over import convene_there
    from bot.rim import SystemClock

    wish = Wish(
        members=samples.MEMBERS,
        agenda=samples.AGENDA,
        kind="cpr",
        scheduled_for=SystemClock().now(),
        summons_mentions_remote=True,
    )
    wanted = [await asyncio.to_thread(prepare, wish, "", "", "fr") for _ in range(20)]
    done = await asyncio.gather(*(asyncio.to_thread(convene_there, Settings(), one) for one in wanted))
    assert sorted(await serving.core.store.sittings()) == sorted(one.sitting for one in done)
    with pytest.raises(AskedInVain) as vain:  # the same convocation a second time
        await asyncio.to_thread(convene_there, Settings(), wanted[0])
    assert vain.value.code == "control.refused"


async def test_a_bad_file_is_refused_before_the_service_hears_of_it(
    run: Run, serving: Installation, tmp_path: Path
) -> None:
    bad = tmp_path / "roll.csv"
    bad.write_text("id;last_name;role;votes\nm001;Martin;clerk;1\n", encoding="utf-8")
    code, _, said = await asyncio.to_thread(run, "sittings", "convene", "--members", str(bad), *FILES[2:])
    assert code == 2
    assert "Ligne 2" in said
    assert await serving.core.store.sittings() == []


async def test_R04_a_sitting_is_convened_again_while_the_service_runs(run: Run, serving: Installation) -> None:
    steps: list[c.SittingCommand] = [kit.standing_committee(), *kit.arrivals(kit.first(3))]
    for step in (*steps, c.RecordNoQuorum(by=kit.CLERK)):
        await serving.core.writer.submit(kit.SITTING, step)
    again = ("sittings", "reconvene", kit.SITTING)
    code, _, err = await asyncio.to_thread(run, *again, "--date", "2026-11-21T10:00")
    assert code == 1
    assert "avant le 23 novembre 2026" in err
    code, said, err = await asyncio.to_thread(run, *again)
    assert (code, err) == (0, "")
    assert "seconde convocation le 2026-11-23T11:00+01:00" in said
    (second,) = [one for one in await serving.core.store.sittings() if one != kit.SITTING]
    assert serving.core.writer.committed(SittingId(second)) is not None, (
        "the running process knows it, without a restart"
    )
    code, _, err = await asyncio.to_thread(run, "sittings", "reconvene", "nothing")
    assert code == 1
    assert "nothing" in err


async def test_only_the_services_own_account_can_open_it(serving: Installation, tmp_path: Path) -> None:
    mode = (tmp_path / "data" / "control.sock").stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


async def test_it_is_gone_after_the_end(run: Run, tmp_path: Path, unused_tcp_port: int) -> None:
    configured = Settings(app_id="a", tenant_id=TENANT, app_password=SecretStr("s3cret"))
    installation = await open_installation_of(configured)
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
        assert (tmp_path / "data" / "control.sock").exists()
    assert not (tmp_path / "data" / "control.sock").exists()
    code, _, _ = await asyncio.to_thread(run, "sittings", "convene", *FILES)
    assert code == 0, "and the command does it by itself"


def left_behind(path: Path) -> None:
    """What a kill leaves: a socket file that nobody listens on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(path))


async def echo(question: Mapping[str, object]) -> Mapping[str, object]:
    if question.get("fail"):
        raise RuntimeError("broken")
    return {"heard": question["said"]}


async def asked(folder: Path, url: str, word: str, **more: object) -> Mapping[str, object]:
    return await asyncio.to_thread(ask, folder, url, word, **more)


async def test_a_file_left_behind_by_a_kill_stops_nobody(tmp_path: Path) -> None:
    left_behind(tmp_path / "control.sock")
    with pytest.raises(NotServing):
        await asked(tmp_path, URL, "echo", said="x")
    control = Control(tmp_path, URL, {"echo": echo})
    await control.start()
    assert await asked(tmp_path, URL, "echo", said="é" * 100_000) == {"heard": "é" * 100_000}
    await control.close()


async def test_a_deep_folder_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90) / ("e" * 90)
    deep.mkdir(parents=True)
    control = Control(deep, URL, {"echo": echo})
    await control.start()
    assert await asked(deep, URL, "echo", said="x") == {"heard": "x"}
    await control.close()
    assert list(deep.iterdir()) == []


async def test_what_is_not_answered(tmp_path: Path) -> None:
    control = Control(tmp_path, URL, {"echo": echo})
    await control.start()
    with pytest.raises(NotServing):
        await asked(tmp_path, URL + "2", "echo", said="x")
    for word, more, code in (("sing", {}, "unknown"), ("echo", {"fail": True}, "failed")):
        with pytest.raises(AskedInVain) as vain:
            await asked(tmp_path, URL, word, **more)
        assert vain.value.code == f"control.{code}"
    for garbage in (b"\n", b"[]\n", b"{" * 50 + b"\n", b"\xff\n"):
        reader, writer = await asyncio.open_unix_connection(tmp_path / "control.sock")
        writer.write(garbage)
        assert b"answer" not in await reader.read()
        writer.close()
    assert await asked(tmp_path, URL, "echo", said="still there") == {"heard": "still there"}
    await control.close()


async def test_somebody_else_of_this_machine_is_not_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control = Control(tmp_path, URL, {"echo": echo})
    await control.start()
    other = os.geteuid() + 1
    monkeypatch.setattr("bot.control.struct.unpack", lambda *_: (1, other + 1, 1))
    monkeypatch.setattr("bot.control.os.geteuid", lambda: other)
    with pytest.raises(AskedInVain) as vain:
        await asked(tmp_path, URL, "echo", said="x")
    assert vain.value.code == "control.forbidden"
    await control.close()


async def test_another_account_cannot_even_open_it(tmp_path: Path) -> None:
    """Told so, rather than left to think that nobody serves and to open the same database itself."""
    control = Control(tmp_path, URL, {"echo": echo})
    await control.start()
    is_root = os.geteuid() == 0
    if not is_root:
        (tmp_path / "control.sock").chmod(0)
    with pytest.raises(AskedInVain) as vain, _as_nobody(is_root):
        ask(tmp_path, URL, "echo", said="x")  # refused by the system, before anybody could answer
    assert vain.value.code == "control.forbidden"
    await control.close()


@contextlib.contextmanager
def _as_nobody(is_root: bool) -> Iterator[None]:
    """As an account without rights, where we may become one."""
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


async def test_a_folder_without_room_for_it_does_not_stop_the_service(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mask = os.umask(0o022)
    control = Control(tmp_path / "nowhere", URL, {"echo": echo})
    await control.start()
    assert "no control socket" in caplog.text
    assert os.umask(mask) == 0o022, "files made later are open to whom they were before"
    with pytest.raises(NotServing):
        await asked(tmp_path / "nowhere", URL, "echo", said="x")
    await control.close()


async def test_where_the_system_has_no_such_sockets_the_command_waits_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = Control(tmp_path, URL, {"echo": echo})
    with monkeypatch.context() as windows:
        windows.delattr(socket, "AF_UNIX")
        await control.start()
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(NotServing):
            ask(tmp_path, URL, "echo", said="x")
        await control.close()


async def test_where_the_system_cannot_tell_who_calls_the_file_itself_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = Control(tmp_path, URL, {"echo": echo})
    await control.start()
    monkeypatch.delattr(socket, "SO_PEERCRED")
    assert stat.S_IMODE((tmp_path / "control.sock").stat().st_mode) == 0o600
    assert await asked(tmp_path, URL, "echo", said="x") == {"heard": "x"}
    await control.close()


async def test_a_command_of_another_version_is_told(tmp_path: Path) -> None:
    control = Control(tmp_path, URL, answers(None, None, TENANT, None))  # type: ignore[arg-type]
    await control.start()
    for packed in ("", "e30=", "not base64"):
        with pytest.raises(AskedInVain) as vain:
            await asked(tmp_path, URL, CONVENE, convocation=packed)
        assert vain.value.code == "control.other_version"
    await control.close()


def test_the_password_of_a_database_is_not_told() -> None:
    assert "s3cret" not in same("postgresql://bot:s3cret@db/hemicycle")


async def test_who_is_recognised_is_told_beside_the_server_and_without_it(run: Run, serving: Installation) -> None:
    await asyncio.to_thread(run, "sittings", "convene", *FILES)
    (sitting,) = await serving.core.store.sittings()
    code, said, err = await asyncio.to_thread(run, "sittings", "accounts", sitting, "--json")
    found = json.loads(said)
    assert (code, err) == (1, "")
    assert (found["total"], found["asked"]) == (60, "teams"), "the directory is closed unless it is opened"
    assert found["linked"] + len(found["unlinked"]) == 60
    assert {one["doubt"] for one in found["unlinked"]} <= {"not_found", "no_address"}
    code, said, err = await asyncio.to_thread(run, "sittings", "accounts", "nothing")
    assert (code, err) == (1, "Il n’y a pas de séance nothing.\n")


def test_who_is_recognised_is_told_without_a_server(run: Run) -> None:
    run("sittings", "convene", *FILES)
    sitting = json.loads(run("sittings", "list", "--json")[1])[0]["sitting"]
    code, said, _ = run("sittings", "accounts", sitting)
    assert code == 1
    assert "0 personne reconnue sur 60" in said
    assert "- m0" in said
    assert run("sittings", "accounts", sitting, "--group", "g1")[0] == 1
    assert run("sittings", "accounts", "nothing")[0] == 1


MEETING = "19:meeting_abc@thread.v2"


class _Entra:
    """Puts the bot into any chat, or says why not."""

    def __init__(self, outcome: ChatInstall) -> None:
        self.outcome, self.asked = outcome, list[str]()

    async def install_in_chat(self, chat: str) -> ChatInstall:
        self.asked.append(chat)
        return self.outcome


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        (ChatInstall.DONE, 0, "Le bot est dans cette conversation"),
        (ChatInstall.THERE, 0, "déjà dans cette conversation"),
        (ChatInstall.NOT_GRANTED, 1, "n’a pas donné l’accord"),
        (ChatInstall.NO_CHAT, 1, "ne trouve pas cette conversation"),
        (ChatInstall.REFUSED, 1, "n’est pas celui de cette version"),
        (ChatInstall.SILENT, 1, "ne répond pas"),
    ],
)
async def test_the_bot_is_put_into_a_meeting_by_the_service(
    run: Run, tmp_path: Path, outcome: ChatInstall, code: int, words: str
) -> None:
    entra = _Entra(outcome)
    directory = Directory(None, None, entra)  # type: ignore[arg-type]
    (tmp_path / "data").mkdir()
    here = Settings()
    control = Control(here.data_dir, here.database_url, answers(None, None, TENANT, directory))  # type: ignore[arg-type]
    await control.start()
    link = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=x"
    ended, said, err = await asyncio.to_thread(run, "sittings", "install", link)
    await control.close()
    assert (ended, entra.asked) == (code, [MEETING])
    assert words in (err if code else said)


async def test_where_graph_is_closed_or_the_chat_unclear_it_says_what_to_do(run: Run, serving: Installation) -> None:
    code, _, said = await asyncio.to_thread(run, "sittings", "install", MEETING)
    assert code == 1
    assert "HEMICYCLE_CATALOG_ID" in said
    code, _, said = await asyncio.to_thread(run, "sittings", "install", "https://teams.microsoft.com/meet/123")
    assert code == 2
    assert "meetup-join" in said


def test_without_a_service_nothing_is_installed(run: Run) -> None:
    code, _, said = run("sittings", "install", MEETING)
    assert code == 1
    assert "démarrez-le" in said
