"""A short paper in PDF/A-3a and PDF/UA-1: the same blocks as the minutes, under a heading, with what is attached."""

import json
from dataclasses import dataclass
from datetime import datetime

import typst

from voting.minutes.blocks import Section
from voting.minutes.exports.paper import PDF, Paper
from voting.minutes.glyphs import FONTS, legible
from voting.minutes.render import TEMPLATES
from voting.minutes.scribe import Scribe
from voting.minutes.typography import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file inside the paper."""

    name: str
    kind: str
    description: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """The paper before it is set."""

    name: str
    heading: str
    subtitle: str
    sections: tuple[Section, ...]
    attachments: tuple[Attached, ...] = ()


def printed(scribe: Scribe, leaflet: Leaflet) -> Paper:
    """The PDF. Same sitting, same bytes."""
    inputs = {f"attachment-{place}": attached.content for place, attached in enumerate(leaflet.attachments)}
    compiler = typst.Compiler(
        str(TEMPLATES / "leaflet.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(legible(_data(scribe, leaflet)), ensure_ascii=False), **inputs},
    )
    pdf = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=_moment(scribe))
    if not isinstance(pdf, bytes):
        raise TypeError("Typst answered something else than one PDF")
    return Paper(name=leaflet.name, kind=PDF, content=pdf)


def _data(scribe: Scribe, leaflet: Leaflet) -> object:
    convened = scribe.minutes.convened
    plain: dict[str, object] = {
        "language": scribe.texts.language,
        "title": f"{leaflet.heading} – {convened.title}",
        "author": convened.body_name or scribe.body("minutes.body"),
        "description": leaflet.subtitle,
        "running": leaflet.heading,
        "heading": leaflet.heading,
        "subtitle": leaflet.subtitle,
        "sections": [section.data() for section in leaflet.sections],
        "attachments": [{"name": a.name, "kind": a.kind, "description": a.description} for a in leaflet.attachments],
    }
    if scribe.texts.language != "fr":
        return plain
    return {**{key: typeset(value) for key, value in plain.items()}, "attachments": plain["attachments"]}


def _moment(scribe: Scribe) -> datetime:
    minutes = scribe.minutes
    return (minutes.closed or minutes.opened or minutes.convened).at.replace(microsecond=0)
