"""One page per command, and the page says what the program does: words, buttons, audience, sentences of refusal."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import bot.texts
from bot.commands import COMMANDS
from bot.commands.base import Audience
from bot.texts import catalogue
from tests.guides.markdown import GUIDES, codes, plain, sections
from voting.domain import refusals
from voting.wording.catalogue import read

FOLDER = GUIDES / "commands"
INDEX = (FOLDER / "README.md").read_text("utf-8")
PAGES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md")) if path.stem != "README"}
GOLDEN = GUIDES.parent / "tests" / "golden" / "cards"
FRENCH, ENGLISH = catalogue("fr"), catalogue("en")
TEMPLATES = {
    code: forms[0] for path in (Path(bot.texts.__file__).parent / "fr").glob("*.po") for code, forms in read(path, "fr")
}
REFUSALS = sorted(kind.code for kind in refusals.Refusal.__subclasses__())
WHAT, WHO, HOW, THEN, REFUSED, SEE = range(6)

every_command = pytest.mark.parametrize("name", sorted(COMMANDS))


def part(name: str, which: int) -> str:
    """One of the six parts of a page."""
    return sections(PAGES[name])[1 + which].text


def test_every_command_has_its_page_and_every_page_its_command() -> None:
    assert set(PAGES) == set(COMMANDS)
    for command in COMMANDS.values():
        assert (GUIDES / command.guide).is_file()


@every_command
def test_pages_have_the_same_parts_under_the_name_of_the_command(name: str) -> None:
    title, *parts = sections(PAGES[name])
    assert title.title == plain_but_typeset(FRENCH(f"command.{name}"))
    assert [s.title for s in parts] == [s.title for s in sections(PAGES["present"])[1:]]
    assert len(parts) == SEE + 1
    assert all(s.text.strip() for s in parts)


@every_command
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_is_on_the_page(name: str, language: str) -> None:
    said = {plain(code) for code in codes(part(name, HOW))}
    assert said >= {plain(word) for word in catalogue(language)(f"words.{name}").split("|")}


def test_the_audience_is_named_in_the_same_words_everywhere() -> None:
    named: Mapping[Audience, set[str]] = defaultdict(set)
    for each, command in COMMANDS.items():
        lead = re.match(r"\*\*(.+?)\*\*", part(each, WHO).strip())
        assert lead, each
        named[command.audience].add(lead[1])
    assert all(len(words) == 1 for words in named.values())
    assert len(set.union(*named.values())) == len(Audience)


@every_command
def test_the_buttons_of_the_cards_are_on_the_page(name: str) -> None:
    page = plain(PAGES[name])
    shown = {without_names(title) for title in buttons()[name]}
    for title in shown:
        assert f"« {title} »" in page, title
    usual = f"card.button.{name}"
    if usual in FRENCH and plain(FRENCH(usual)) in shown:
        assert f"**{plain(ENGLISH(usual))}**" in page


@every_command
def test_sentences_are_those_that_the_bot_says(name: str) -> None:
    check_sentences(sections(PAGES[name])[1 + REFUSED].table)


def test_sentences_of_the_index_are_those_that_the_bot_says() -> None:
    tables = [section.table for section in sections(INDEX)]
    check_sentences([row for table in tables for row in table if len(row) == 3])


def test_the_index_lists_every_command_under_its_audience() -> None:
    listed = [list(commands_of(section.table)) for section in sections(INDEX)]
    by_audience = [[n for n, c in COMMANDS.items() if c.audience is audience] for audience in Audience]
    assert [names for names in listed if names] == by_audience


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_its_sentences_and_is_explained(code: str) -> None:
    assert f"refusal.{code}" in FRENCH
    assert f"refusal.{code}" in ENGLISH
    assert any(f"`{code}` |" in page for page in (*PAGES.values(), INDEX))


def check_sentences(rows: list[tuple[str, ...]]) -> None:
    """Rows of: what the bot says, what to do, the code of that sentence."""
    for said, todo, cell in rows:
        (code,) = codes(cell)
        assert "." in code or code in REFUSALS, code
        template = plain(TEMPLATES[code if "." in code else f"refusal.{code}"])
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(template))
        assert re.fullmatch(pattern, plain(said)), said
        assert todo
        assert todo != said


def commands_of(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """The commands of a table of the index, each with its title and first words."""
    for row in rows:
        link = re.fullmatch(r"\[(.+)\]\((\w+)\.md\)", row[0])
        if link is None:
            continue
        name = link[2]
        assert plain(link[1]) == plain(FRENCH(f"command.{name}"))
        first = [catalogue(language)(f"words.{name}").split("|")[0] for language in ("fr", "en")]
        assert [plain(cell) for cell in row[2:]] == [f"`{plain(word)}`" for word in first]
        yield name


def buttons() -> Mapping[str, set[str]]:
    """The titles under which the reviewed cards show each command, suggestions after a misspelt word apart."""
    found: Mapping[str, set[str]] = defaultdict(set)
    for path in GOLDEN.glob("*.json"):
        if not path.stem.startswith("unknown"):
            for verb, title in _presses(json.loads(path.read_text("utf-8"))):
                found[verb].add(plain(title))
    return found


def without_names(title: str) -> str:
    """The title of a button for a voice held by proxy, or for one of several, whosever it is and at any hour."""
    for code in ("card.which_proxy.to", "card.which_proxy.of"):
        of_one = re.escape(plain(TEMPLATES[code])).replace(r"\{name\}", ".+").replace(r"\{hours\}", r".+ \d\d:\d\d")
        if re.fullmatch(of_one, title):
            return plain(FRENCH(code, name="NOM", hours=FRENCH("card.now.hours.from", since="10:25")))
    by_proxy = re.escape(plain(TEMPLATES["card.button.by_proxy"]))
    pattern = by_proxy.replace(r"\{title\}", "(.+)").replace(r"\{name\}", ".+")
    found = re.fullmatch(pattern, title)
    return plain(FRENCH("card.button.by_proxy", title=found[1], name="NOM")) if found else title


def plain_but_typeset(text: str) -> str:
    """With ordinary spaces: Markdown is typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _presses(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if node.get("type") == "Action.Execute":
            yield str(node["verb"]), str(node["title"])
        for value in node.values():
            yield from _presses(value)
    elif isinstance(node, list):
        for value in node:
            yield from _presses(value)
