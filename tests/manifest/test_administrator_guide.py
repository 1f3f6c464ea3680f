"""The administrator's guide against the code: settings, commands, permissions, hosts, sentences that it quotes."""

import json
import re
import shlex
from collections.abc import Iterator

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import bot.texts
from bot.cli import app
from bot.package import source
from bot.package.model import LONGEST_PUBLISHER
from bot.package.values import variable
from bot.settings import Settings
from bot.teams.hosts import TEAMS_HOSTS
from tests.guides.markdown import GUIDES, Section, codes, plain, sections

TEXT = (GUIDES / "administrator.md").read_text("utf-8")
PARTS = {section.title: section for section in sections(TEXT)}
SETTINGS = {variable(name): field for name, field in Settings.model_fields.items()}


def part(title: str) -> Section:
    return PARTS[title]


def commands() -> Iterator[list[str]]:
    """Every command of ours in the examples, as words."""
    for example in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL):
        for line in example.replace("\\\n", " ").splitlines():
            for word in re.split(r"&&|;", line):
                if word.strip().startswith("hemi "):
                    yield shlex.split(word)[1:]


def test_the_table_has_every_setting_and_no_other() -> None:
    named = [codes(row[0])[0] for row in part("Les réglages").table]
    assert sorted(named) == sorted(SETTINGS)
    assert all(len(row[2]) > 10 for row in part("Les réglages").table)


def test_the_defaults_are_those_of_the_code() -> None:
    for row in part("Les réglages").table:
        field = SETTINGS[codes(row[0])[0]]
        if row[1] == "—":
            assert not field.get_default()
        elif field.default_factory is None and field.default:
            assert codes(row[1]) == [str(field.default)]


def test_every_variable_that_is_named_exists() -> None:
    assert set(re.findall(r"HEMICYCLE_[A-Z_]+", TEXT)) <= set(SETTINGS)


def test_the_settings_of_the_example_are_good() -> None:
    example = re.search(r"```sh\n(HEMICYCLE_DATA_DIR=.*?)```", TEXT, re.DOTALL)
    assert example is not None
    lines = [line.partition("=") for line in example[1].splitlines()]
    given = {name.removeprefix("HEMICYCLE_").lower(): shlex.split(value)[0] for name, _, value in lines}
    read = Settings.model_validate(given)
    assert {name: str(getattr(read, name)) for name in given} == given


def test_there_are_examples_of_commands() -> None:
    assert {words[0] for words in commands()} == {"doctor", "manifest", "sittings", "migrate", "export"}


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_the_commands_of_the_examples_exist(words: list[str]) -> None:
    command, path = get_command(app), iter(words)
    while isinstance(command, TyperGroup):
        command = command.commands[next(path)]
    assert isinstance(command, TyperCommand)
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in path if word.startswith("--")} <= known


def test_the_permissions_are_those_of_the_manifest() -> None:
    manifest = json.loads(source.read(source.TEMPLATE))
    asked = [permission["name"] for permission in manifest["authorization"]["permissions"]["resourceSpecific"]]
    assert [codes(row[0])[0] for row in part("Les autorisations demandées").table] == asked
    assert f"en version {manifest['manifestVersion']}" in TEXT
    assert f"à {LONGEST_PUBLISHER} caractères" in TEXT


def test_the_hosts_are_those_that_the_bot_may_speak_to() -> None:
    opened = {host for row in part("Ce qu’il faut").table for host in codes(row[1])}
    assert opened >= {f"*{host}" if host.startswith(".") else host for host in TEAMS_HOSTS if not host.endswith(".us")}


@pytest.mark.parametrize(
    ("code", "quoted"),
    [
        ("door.not_on_the_roll", "Vous n’êtes pas sur la liste de cette séance"),
        ("door.no_account", "Votre compte n’est pas reconnu"),
        ("journal.store_locked", "Un autre processus utilise déjà cette base"),
    ],
)
def test_sentences_are_quoted_as_they_are_said(code: str, quoted: str) -> None:
    said = bot.texts.catalogue("fr")(code, path="", holder="")
    assert plain(said).startswith(plain(quoted))
    assert f"« {quoted} »" in TEXT
