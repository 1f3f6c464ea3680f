"""One paragraph out of a guide, to be quoted: found by the chapter that it is in and by its first words.

Answers for: the words being the guide's own, in the guide's own styles. Leaves to whoever shows them how.
"""

from collections.abc import Iterator
from functools import lru_cache

from bot.handouts import markdown
from bot.handouts.markdown import Block, Grid, Heading, Listing, Paragraph, Run, Runs
from bot.handouts.shelf import guide

KEPT = 128


@lru_cache(KEPT)
def excerpt(name: str, language: str, chapter: str, begins: str) -> Runs:
    """That paragraph of that guide. Raises ``LookupError`` when there is none, or more than one."""
    found = [told for told in _told(name, language, chapter) if markdown.words(told).startswith(begins)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} × {name}/{language}#{chapter}: {begins}")
    return found[0]


def _told(name: str, language: str, chapter: str) -> Iterator[Runs]:
    """Each paragraph, entry and row of that chapter, up to the next heading."""
    one = guide(name, language)
    if one is None:
        raise LookupError(name)
    inside = False
    for block in markdown.read(one.read()):
        if isinstance(block, Heading):
            inside = markdown.anchor(markdown.words(block.runs)) == chapter
        elif inside:
            yield from _paragraphs(block, " : " if one.language == "fr" else ": ")


def _paragraphs(block: Block, colon: str) -> Iterator[Runs]:
    match block:
        case Paragraph():
            yield block.runs
        case Listing():
            yield from block.entries
        case Grid():
            for first, *others in block.rows:
                head = tuple(Run(run.text, "bold") for run in first)
                yield tuple([*head, *(run for cell in others for run in (Run(colon), *cell))])
        case _:
            return
