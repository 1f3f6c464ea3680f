"""A menu entry is sent as it stands: the bot must hear in it the command that the entry describes."""

import json
from typing import Any

import pytest

from bot.commands import COMMANDS, vocabulary
from bot.commands.base import Audience
from bot.package import build, source
from bot.texts import catalogue
from tests.manifest.kit import read, settings

MENUS: list[dict[str, Any]] = json.loads(source.read(source.TEMPLATE))["bots"][0]["commandLists"]
PUBLIC_CHOICES = {"for", "against", "abstention", "not_taking_part"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_bot_hears_the_command_in_each_title(language: str) -> None:
    built = read(build(settings(language=language)))["bots"][0]["commandLists"]
    for menu, source_menu in zip(built, MENUS, strict=True):
        for entry, name in zip(menu["commands"], source_menu["commands"], strict=True):
            heard = vocabulary().hear(entry["title"])
            assert heard is not None
            assert (heard.name, heard.argument) == (name, "")
            assert entry["description"] == catalogue(language)(f"command.{name}")
            assert len(entry["title"]) <= 32
            assert len(entry["description"]) <= 128


@pytest.mark.parametrize(("main", "other"), [("fr", "en"), ("en", "fr")])
def test_the_other_language_has_the_same_menus(main: str, other: str) -> None:
    translated = read(build(settings(language=main)), f"{other}.json")
    for row, menu in enumerate(read(build(settings(language=other)))["bots"][0]["commandLists"]):
        for column, entry in enumerate(menu["commands"]):
            place = f"bots[0].commandLists[{row}].commands[{column}]"
            assert {key: translated[f"{place}.{key}"] for key in entry} == entry


def test_there_is_one_menu_of_ten_at_most_for_each_kind_of_chat() -> None:
    assert [menu["scopes"] for menu in MENUS] == [["personal"], ["groupChat"]]
    assert all(len(menu["commands"]) == len(set(menu["commands"])) <= 10 for menu in MENUS)


def test_menus_are_for_members_and_never_say_a_vote_aloud() -> None:
    listed = {name for menu in MENUS for name in menu["commands"]}
    assert not listed & PUBLIC_CHOICES
    # Whoever holds the sitting begins it in the meeting's chat; afterwards the console has buttons.
    assert {name for name in listed if COMMANDS[name].audience is not Audience.EVERYONE} == {"sitting"}
    assert {"present", "floor", "ballot", "help", "need_help"} <= listed
