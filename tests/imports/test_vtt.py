"""WebVTT transcripts: cues, voices, and files that are at fault, line by line."""

from datetime import timedelta

import pytest

from tests.imports.kit import places
from voting.imports.vtt import MAX_BYTES, Cue, parse_vtt

GOOD = """WEBVTT - Réunion
Kind: captions

NOTE écrit par une machine
00:00:00.000 --> rien

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:04.500 align:start
<v Yannick Le Goff>Je soutiens <i>ce</i> rapport &amp; son bilan.</v>

00:05.250 --> 00:06.000
<v.loud Aïcha Benali>Et moi
aussi.<v Rémi Durand>Pas moi.
"""


def test_cues_have_their_times_and_voices() -> None:
    first, second, third = parse_vtt(GOOD.encode())
    assert first == Cue(
        line=12,
        begins=timedelta(seconds=1),
        ends=timedelta(seconds=4, milliseconds=500),
        voice="Yannick Le Goff",
        text="Je soutiens ce rapport & son bilan.",
    )
    assert (second.line, second.voice, second.text) == (15, "Aïcha Benali", "Et moi aussi.")
    assert (third.line, third.voice, third.text) == (16, "Rémi Durand", "Pas moi.")
    assert second.begins == third.begins == timedelta(seconds=5, milliseconds=250)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_a_mark_do_not_matter(end: str) -> None:
    assert parse_vtt(b"\xef\xbb\xbf" + GOOD.replace("\n", end).encode()) == parse_vtt(GOOD.encode())


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"1\n00:01.000 --> 00:02.000\nx\n", [("vtt_no_header", 1, "")]),
        (b"", [("vtt_no_header", 1, "")]),
        (b"WEBVTT\n\nNOTE rien\n", [("transcript_empty", 0, "")]),
        (b"WEBVTT\n\n00:01.000 --> 00:61.000\nx\n", [("vtt_bad_times", 3, "")]),
        (b"WEBVTT\n\n00:03.000 --> 00:02.000\nx\n", [("vtt_bad_times", 3, "")]),
        (b"WEBVTT\n\n7\n00:03.000 -->\nx\n", [("vtt_bad_times", 4, "")]),
        (b"WEBVTT\n\nperdu\n\n1:2 --> 3\nx\n", [("vtt_no_times", 3, ""), ("vtt_bad_times", 5, "")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nété\n".encode("cp1252"), [("not_utf8", 4, "")]),
        ("WEBVTT".encode("utf-16"), [("utf16", 1, "")]),
        (b"x" * (MAX_BYTES + 1), [("file_too_big", 0, "")]),
    ],
)
def test_a_bad_file_is_refused_with_its_lines(content: bytes, found: list[tuple[str, int, str]]) -> None:
    assert places(lambda: parse_vtt(content)) == found
