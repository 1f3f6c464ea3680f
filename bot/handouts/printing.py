"""Sets a guide on paper: PDF/UA-1, with the fonts of the minutes, and the same bytes from the same text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import typst

from bot.handouts import markdown
from bot.handouts.markdown import Block, Heading, Paragraph, Picture
from bot.handouts.shelf import FOLDER, TEMPLATES, Guide
from bot.texts import catalogue
from voting.minutes.glyphs import FONTS, legible

PAPERS = ("a4", "a5")


def print_guide(guide: Guide, paper: str = "a4") -> bytes:
    """That guide as a PDF. Blocks."""
    blocks = _kept(markdown.read(guide.read()))
    titles = [b for b in blocks if isinstance(b, Heading) and b.level == 1]
    title = markdown.words(titles[0].runs)
    texts = catalogue(guide.language)
    data = {
        "title": title,
        "author": texts("handout.author"),
        "description": texts("handout.description", title=title),
        "language": guide.language,
        "paper": paper,
        "foot": texts("handout.foot"),
        "blocks": [_data(b, guide.path.parent) for b in blocks if b is not titles[0]],
    }
    return typeset("guide.typ", data)


def typeset(template: str, data: Mapping[str, object]) -> bytes:
    """What Typst makes of that template and data: one accessible PDF. Blocks."""
    compiler = typst.Compiler(
        str(TEMPLATES / template),
        root="/",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(legible(data), ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("Typst answered something else than one PDF")
    return made


def _kept(blocks: Sequence[Block]) -> list[Block]:
    """What makes sense on paper: no line of links, and no heading over nothing."""
    kept: list[Block] = []
    for block in reversed(blocks):
        after = kept[-1] if kept else None
        if _only_leads_on(block) or (isinstance(block, Heading) and _is_empty(block, after)):
            continue
        kept.append(block)
    return kept[::-1]


def _is_empty(heading: Heading, after: Block | None) -> bool:
    return after is None or (isinstance(after, Heading) and after.level <= heading.level)


def _only_leads_on(block: Block) -> bool:
    """A line of links, which lead nowhere on paper."""
    if not isinstance(block, Paragraph):
        return False
    return all(run.style == "link" or not run.text.strip(" ·,.") for run in block.runs)


def _data(block: Block, folder: Path) -> dict[str, object]:
    data = asdict(block)
    if isinstance(block, Picture):
        data["source"] = str((folder / block.source).resolve())
    return data


__all__ = ["FOLDER", "PAPERS", "print_guide", "typeset"]
