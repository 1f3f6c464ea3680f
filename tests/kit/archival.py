"""Whether a PDF is PDF/A-3a and PDF/UA-1, by an independent validator whose two false alarms are looked into."""

import re

import page

PROFILES = ("3a", "ua1")


def faults(pdf: bytes) -> list[str]:
    """What is wrong with the file, one line each; an empty list is a pass."""
    return [
        f"{profile} {failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
        if not _false_alarm(failure.rule_id, pdf)
    ]


def _false_alarm(rule: str, pdf: bytes) -> bool:
    """The validator misreads a stream whose data end with a carriage return, and any signature that is not the last."""
    if rule.endswith("STREAM-LENGTH-001"):
        return _lengths_hold(pdf)
    if rule.endswith("SIGNATURE-BYTERANGE-001"):
        return _ranges_hold(pdf)
    return False


def _lengths_hold(pdf: bytes) -> bool:
    for found in re.finditer(rb"\d+ 0 obj\s*(<<.*?>>)\s*stream\r?\n", pdf, re.DOTALL):
        length = re.search(rb"/Length (\d+)(?! \d+ R)", found[1])
        if length and not re.match(rb"(\r\n|\n|\r)?endstream", pdf[found.end() + int(length[1]) :][:14]):
            return False
    return True


def _ranges_hold(pdf: bytes) -> bool:
    for found in re.finditer(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf):
        start, first, second, length = (int(number) for number in found.groups())
        opens, closes = pdf[first : first + 1] == b"<", pdf[second - 1 : second] == b">"
        ends = pdf[: second + length].rstrip(b"\r\n").endswith(b"%%EOF")
        if start or not opens or not closes or not ends or second - first > 2 * 32767:
            return False
    return True
