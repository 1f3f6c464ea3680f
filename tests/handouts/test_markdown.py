"""The guides' Markdown is read as blocks, and no mark of it is left over in any guide."""

import re

import pytest

from bot.handouts.markdown import Code, Grid, Heading, Listing, Paragraph, Picture, Run, read, runs, words
from bot.handouts.shelf import READERS, Guide, guide, guides

ALL = [*guides("fr"), *guides("en")]
MARKS = re.compile(r"\*\*|\]\(|^#|```|(?<!\w)\|(?!\w)", re.MULTILINE)


def test_every_kind_of_block() -> None:
    text = """
# Titre

Un **mot** et `un autre`,
à la suite.

- un
  deux
- trois

1. a
2. b

| x | y |
|---|---|
| 1 | `a` |

![Une carte](images/c.png)

3. suite

   ```sh
   ls
   ```
"""
    title, told, plain, numbered, table, picture, later, code = read(text)
    assert title == Heading(1, (Run("Titre"),))
    assert isinstance(told, Paragraph)
    assert words(told.runs) == "Un mot et un autre, à la suite."
    assert isinstance(plain, Listing)
    assert [words(entry) for entry in plain.entries] == ["un deux", "trois"]
    assert isinstance(numbered, Listing)
    assert (numbered.is_numbered, numbered.start) == (True, 1)
    assert table == Grid(((Run("x"),), (Run("y"),)), (((Run("1"),), (Run("a", "code"),)),))
    assert picture == Picture("Une carte", "images/c.png")
    assert isinstance(later, Listing)
    assert later.start == 3
    assert code == Code("ls")


def test_runs_in_their_styles() -> None:
    assert runs("**gras**, *penché*, [`mot`](a.md)") == (
        Run("gras", "bold"),
        Run(", "),
        Run("penché", "emph"),
        Run(", "),
        Run("mot", "link", "a.md"),
    )


def _texts(one: Guide) -> list[str]:
    found = []
    for block in read(one.read()):
        match block:
            case Heading() | Paragraph():
                found.append(words(block.runs))
            case Listing():
                found += [words(entry) for entry in block.entries]
            case Grid():
                found += [words(cell) for row in (block.head, *block.rows) for cell in row]
            case _:
                continue
    return found


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.name}-{one.language}")
def test_no_mark_is_left_in_a_guide(one: Guide) -> None:
    assert [text for text in _texts(one) if MARKS.search(text)] == []


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.name}-{one.language}")
def test_every_picture_says_what_it_shows(one: Guide) -> None:
    """RGAA 1.1: a picture without words is nothing to who hears the page."""
    for block in read(one.read()):
        if isinstance(block, Picture):
            assert len(block.alt.split()) >= 3
            assert (one.path.parent / block.source).is_file()


def test_a_guide_that_is_not_translated_is_the_french_one() -> None:
    assert guide("chair", "en") == Guide(name="chair", language="fr")
    assert guide("member", "en") == Guide(name="member", language="en")
    assert guide("nothing", "fr") is None
    assert all(one.path.is_file() for one in ALL)
    assert {one.name for one in guides("fr")} == set(READERS)
