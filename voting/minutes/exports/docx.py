"""The draft of the minutes as a text document (DOCX), for whoever writes the substance of the debates into it."""

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from voting.minutes.blocks import Block, PollBlock, ResolutionBlock, Sheet, Speech, TableBlock, block_lines
from voting.minutes.exports.paper import Paper
from voting.minutes.scribe import Scribe
from voting.minutes.sheet import compose_draft

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_DOCX}.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
}
_STYLES = {"Title": ("Title", 40), "Heading1": ("heading 1", 30), "Heading2": ("heading 2", 24)}
"""By identifier: the name that word processors know, and the size in half points."""


def draft_document(scribe: Scribe) -> tuple[Paper, ...]:
    """One file. It says that it is a draft, and what is signed is the PDF."""
    sheet = compose_draft(scribe)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {
            **_FIXED,
            "word/styles.xml": _styles(),
            "word/document.xml": _document(sheet),
        }.items():
            body = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}'
            package.writestr(zipfile.ZipInfo(name, _LONG_AGO), body.encode(), zipfile.ZIP_DEFLATED)
    return (Paper(name=f"projet-{scribe.minutes.convened.sitting}.docx", kind=_DOCX, content=out.getvalue()),)


def _styles() -> str:
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{known}"/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, (name, (known, size)) in enumerate(_STYLES.items())
    )
    return f'<w:styles xmlns:w="{_MAIN}">{made}</w:styles>'


def _document(sheet: Sheet) -> str:
    return f'<w:document xmlns:w="{_MAIN}"><w:body>{"".join(_body(sheet))}</w:body></w:document>'


def _body(sheet: Sheet) -> Iterator[str]:
    cover = sheet.cover
    yield _paragraph(sheet.watermark, bold=True)
    yield _paragraph(cover.body)
    yield _paragraph(cover.title, style="Title")
    for text in (cover.assembly, cover.date, cover.subtitle):
        yield _paragraph(text)
    for label, value in cover.facts:
        yield _paragraph(f"{label} : {value}")
    for section in sheet.sections:
        yield _paragraph(section.title, style=f"Heading{section.level}")
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case TableBlock():
            yield _table(block)
        case PollBlock() | ResolutionBlock():
            first, *rest = block_lines(block)
            yield _paragraph(first, bold=True)
            yield from map(_paragraph, rest)
        case Speech():
            yield _paragraph(f"{block.speaker} {block.text}")
            yield from map(_paragraph, block.said or ("",))
        case _:
            yield from map(_paragraph, block_lines(block))


def _table(block: TableBlock) -> str:
    rows = (block.header, *(row.cells for row in block.rows))
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = "".join(
        f"<w:tr>{''.join(f'<w:tc>{_paragraph(cell, bold=place == 0)}</w:tc>' for cell in row)}</w:tr>"
        for place, row in enumerate(rows)
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>{made}</w:tbl>{_paragraph('')}"


def _paragraph(text: str, *, style: str = "", bold: bool = False) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{look}<w:r>{run}<w:t xml:space="preserve">{escape(_printable(text))}</w:t></w:r></w:p>'


def _printable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)
