"""Reads a WebVTT transcript: cues with their times and, where a line says so, who speaks.

Answers for: the form of the file, line by line. Leaves to others whose turn each cue falls into.
"""

import html
import re
from dataclasses import dataclass, replace
from datetime import timedelta

from voting.imports import source
from voting.imports.findings import Findings, tidy
from voting.imports.refusals import Code

MAX_BYTES = 20_000_000

_LINE_END = re.compile(r"\r\n|\r|\n")
_ARROW = "-->"
_TIME = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_NOT_CUES = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Something said between two moments of the recording."""

    line: int
    begins: timedelta
    ends: timedelta
    voice: str
    """Who speaks, as the file has it; empty when it does not say."""
    text: str


def parse_vtt(content: bytes) -> tuple[Cue, ...]:
    """The cues in the order of the file, or `FileRefused` with every line that is at fault."""
    source.check_size(content, MAX_BYTES)
    lines = _LINE_END.split(source.decode(content))
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise source.refused(Code.VTT_NO_HEADER, line=1, value=lines[0])
    findings = Findings()
    cues = tuple(cue for block in _blocks(lines) for cue in _cues(block, findings))
    findings.refuse()
    if not cues:
        raise source.refused(Code.TRANSCRIPT_EMPTY)
    return cues


_Block = list[tuple[int, str]]


def _blocks(lines: list[str]) -> list[_Block]:
    """Lines with their numbers, parted by empty ones; the header is none."""
    blocks: list[_Block] = [[]]
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            blocks[-1].append((number, line))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block and not block[0][1].startswith(_NOT_CUES)]


def _cues(block: _Block, findings: Findings) -> list[Cue]:
    place = next((n for n, (_, line) in enumerate(block[:2]) if _ARROW in line), None)
    if place is None:
        if block[0][0] > 2:  # the lines right below the header belong to it
            findings.add(Code.VTT_NO_TIMES, block[0][0], value=block[0][1])
        return []
    number, timing = block[place]
    first, _, rest = timing.partition(_ARROW)
    begins, ends = _moment(first.strip()), _moment(rest.split()[0] if rest.split() else "")
    if begins is None or ends is None or ends < begins:
        findings.add(Code.VTT_BAD_TIMES, number, value=timing)
        return []
    return _voices(block[place + 1 :], begins, ends)


def _voices(lines: _Block, begins: timedelta, ends: timedelta) -> list[Cue]:
    """One cue for each voice that speaks in it."""
    cues: list[Cue] = []
    voice = ""
    for number, line in lines:
        parts = _VOICE.split(line)
        for place, part in enumerate(parts):
            if place % 2:
                voice = tidy(html.unescape(part))
                continue
            text = tidy(html.unescape(_TAG.sub("", part)))
            if not text:
                continue
            if cues and cues[-1].voice == voice:
                cues[-1] = replace(cues[-1], text=f"{cues[-1].text} {text}")
            else:
                cues.append(Cue(line=number, begins=begins, ends=ends, voice=voice, text=text))
    return cues


def _moment(text: str) -> timedelta | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=thousandths)
