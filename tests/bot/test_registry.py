"""The program refuses to start when a command lacks its audience, its words, its title or its page of the guide."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from pydantic import SecretStr

from bot import registry
from bot.commands import COMMANDS, LANGUAGES
from bot.commands.base import Audience
from bot.handouts.shelf import FOLDER
from bot.installation import Installation, open_sql_core
from bot.local.server import bind
from bot.rim import journal_key
from bot.serving import local
from bot.serving_teams import teams
from bot.settings import Settings
from bot.texts import Catalogue, catalogue
from tests.cli.conftest import Run, run

__all__ = ["run"]
TEAMS = {"HEMICYCLE_APP_ID": "a", "HEMICYCLE_TENANT_ID": "b", "HEMICYCLE_APP_PASSWORD": "c"}


def without(language: str, code: str, instead: str | None = None) -> list[Catalogue]:
    """The catalogues, one text missing from one of them, or written otherwise."""
    found = []
    for texts in map(catalogue, LANGUAGES):
        kept = {known: texts.forms(known) for known in texts.codes if (texts.language, known) != (language, code)}
        if texts.language == language and instead is not None:
            kept[code] = (instead,)
        found.append(Catalogue(texts.language, kept))
    return found


def test_every_command_is_whole() -> None:
    registry.check()


def test_without_an_audience() -> None:
    commands = dict(COMMANDS) | {"floor": replace(COMMANDS["floor"], audience=cast(Audience, "nobody"))}
    with pytest.raises(registry.Incomplete) as refused:
        registry.check(commands)
    assert (refused.value.code, refused.value.fields) == ("registry.audience", {"command": "floor"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["words.proxy", "command.proxy"])
@pytest.mark.parametrize("instead", [None, "", " | "])
def test_without_its_words_or_title_in_a_language(language: str, code: str, instead: str | None) -> None:
    with pytest.raises(registry.Incomplete) as refused:
        registry.check(texts=without(language, code, instead))
    assert refused.value.code == "registry.translation"
    assert refused.value.fields == {"command": "proxy", "language": language, "text": code}


def test_without_its_page(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "commands", tmp_path / "commands")
    for name in COMMANDS:
        page = tmp_path / "commands" / f"{name}.md"
        elsewhere = page.rename(tmp_path / page.name)
        with pytest.raises(registry.Incomplete) as refused:
            registry.check(folder=tmp_path)
        assert refused.value.code == "registry.guide"
        assert refused.value.fields == {"command": name, "page": str(page)}
        elsewhere.rename(page)
    registry.check(folder=tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ways", [("--local",), ()])
def test_the_process_says_which_command_and_opens_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, ways: tuple[str, ...]
) -> None:
    for name, value in (TEAMS | {"HEMICYCLE_LANGUAGE": language}).items():
        monkeypatch.setenv(name, value)
    guides = tmp_path / "guides"
    shutil.copytree(FOLDER / "commands", guides / "commands")
    (guides / "commands" / "withdraw.md").unlink()
    monkeypatch.setattr(registry, "FOLDER", guides)
    code, said, err = run("serve", "--port", "0", *ways)
    assert (code, said) == (2, "")
    assert "withdraw" in err
    assert str(guides / "commands" / "withdraw.md") in err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("fault", ["registry.audience", "registry.translation", "registry.guide"])
def test_each_sentence_names_the_command(run: Run, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    def check() -> None:
        raise registry.Incomplete(fault, command="floor", language="en", text="words.floor", page="floor.md")

    monkeypatch.setattr(registry, "check", check)
    code, _, err = run("serve", "--local", "--port", "0")
    assert code == 2
    assert "« floor »" in err


async def test_no_way_of_serving_goes_round_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path}/journal.sqlite3", journal_key(tmp_path, "test"))
    try:
        with bind("127.0.0.1", 0) as listening, pytest.raises(registry.Incomplete, match=r"registry\.guide: present"):
            async with local(core, listening):
                pass
        configured = Settings(app_id="a", tenant_id="b", app_password=SecretStr("c"))
        with pytest.raises(registry.Incomplete, match=r"registry\.guide: present"):
            async with teams(configured, cast(Installation, None), "127.0.0.1", 0):
                pass
    finally:
        await core.close()
