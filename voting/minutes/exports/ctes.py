"""What a transmission to the prefecture (@CTES) asks for each adopted resolution: fields and names of files.

Answers for: their shape as the message 1-1 wants it. Leaves the sending, and the classification that the prefecture
gave, to the approved transmitter (*tiers de télétransmission*). For the staff alone: confidential items are acts too.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from voting.domain.assembly import Body
from voting.minutes.exports.decided import Resolution, day, resolutions
from voting.minutes.exports.extracts import named_extracts
from voting.minutes.exports.issuer import Issuer, issuer
from voting.minutes.exports.matters import is_matter_code, matter_name
from voting.minutes.exports.paper import ExportBlocked, Paper
from voting.minutes.exports.tables import excel_table, headings, one_line
from voting.minutes.scribe import Scribe

NATURE = ("1", "DE")
"""A resolution; 99_DE is the type of the paper that holds one."""
_NO_TRANSMITTER: Mapping[Body, str] = {
    Body.TENDER_COMMITTEE: "tender_acts",
    Body.ASSOCIATION: "no_authority",
}
_LONGEST_NUMBER, _LONGEST_SUBJECT = 15, 500
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE", "€": "EUR"}
    | dict.fromkeys("\u00a0\u202f\u2009", " ")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act, under the names that the columns have."""

    item: str
    act_number: str
    """NumeroInterne: capitals, digits and ``_``, fifteen at most."""
    act_date: str
    nature_code: str
    nature: str
    matter_code: str
    matter_1: str
    """CodeMatiere1, then CodeMatiere2."""
    matter_2: str
    matter_name: str
    """Empty for a code that the national nomenclature does not have: the prefecture's own prevails."""
    subject: str
    """In the characters of ISO-8859-1, five hundred at most."""
    message_file: str
    document_file: str
    extract_file: str
    """Our extract of it, to be sent under ``document_file`` once it is signed; empty for a confidential item."""
    paper_document: str
    """Whether something follows on paper: O or N."""


def ctes(scribe: Scribe, body_siret: str = "", department: str = "") -> tuple[Paper, ...]:
    """A table for the clerk and the same for a program; ``ExportBlocked`` names what is missing."""
    convened = scribe.minutes.convened
    if convened.body in _NO_TRANSMITTER:
        raise ExportBlocked(_NO_TRANSMITTER[convened.body])
    by = issuer(convened.body_siret or body_siret, department)
    made = tuple(one for one in resolutions(scribe.minutes) if one.is_adopted)
    if not made:
        raise ExportBlocked("no_act")
    _must_have_matters(made)
    acts = list(_acts(scribe, made, by))
    columns = [field.name for field in fields(Act)]
    rows = [[getattr(act, column) for column in columns] for act in acts]
    name = f"ctes-{convened.sitting}"
    whole = {
        "format": "hemicycle-ctes/1",
        "siren": by.siren,
        "department": by.department,
        "acts": [asdict(act) for act in acts],
    }
    return (
        excel_table(f"{name}.csv", [headings(scribe, columns), *rows]),
        Paper(
            name=f"{name}.json",
            kind="application/json",
            content=json.dumps(whole, ensure_ascii=False, indent=2).encode(),
        ),
    )


def _must_have_matters(made: tuple[Resolution, ...]) -> None:
    lacking = [one.item.number for one in made if not is_matter_code(one.item.matter_code)]
    if lacking:
        raise ExportBlocked("matter_code", items=", ".join(lacking))


def _acts(scribe: Scribe, made: tuple[Resolution, ...], by: Issuer) -> Iterator[Act]:
    on, numbers, extracts = day(scribe), _numbers(made), named_extracts(scribe)
    for one, number in zip(made, numbers, strict=True):
        name = _file_name(by, on, number)
        first, _, second = one.item.matter_code.partition(".")
        yield Act(
            item=one.item.number,
            act_number=number,
            act_date=on.isoformat(),
            nature_code=NATURE[0],
            nature=NATURE[1],
            matter_code=one.item.matter_code,
            matter_1=first,
            matter_2=second,
            matter_name=matter_name(one.item.matter_code) or "",
            subject=_subject(one.item.title),
            message_file=f"{name}_0.xml",
            document_file=f"99_{NATURE[1]}-{name}_1.pdf",
            extract_file="" if one.item.confidential else next(extracts)[0],
            paper_document="N",
        )


def _file_name(by: Issuer, on: date, number: str) -> str:
    return f"{by.department}-{by.siren}-{on:%Y%m%d}-{number}-{NATURE[1]}-1-1"


def _numbers(made: tuple[Resolution, ...]) -> list[str]:
    """Each its own: a second act under one item has ``_2`` behind it. ``ExportBlocked`` names those that have none."""
    numbers: list[str] = []
    taken: dict[str, int] = {}
    wrong: list[str] = []
    for one in made:
        base = _act_number(one.item.number)
        taken[base] = taken.get(base, 0) + 1
        number = base if taken[base] == 1 else f"{base}_{taken[base]}"
        if not base or len(number) > _LONGEST_NUMBER or number in numbers:
            wrong.append(one.item.number)
        numbers.append(number)
    if wrong:
        raise ExportBlocked("act_number", items=", ".join(wrong), most=_LONGEST_NUMBER)
    return numbers


def _act_number(number: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "_", _without_accents(number).upper()).strip("_")


def _subject(title: str) -> str:
    """Without the signs that ISO-8859-1 lacks, cut at a word where it is too long."""
    text = one_line("".join(_in_latin_1(sign) for sign in title.translate(_PLAIN)))
    if len(text) <= _LONGEST_SUBJECT:
        return text
    return text[: _LONGEST_SUBJECT - 3].rsplit(" ", 1)[0] + "..."


def _in_latin_1(sign: str) -> str:
    try:
        sign.encode("iso-8859-1")
    except UnicodeEncodeError:
        return _without_accents(sign).encode("ascii", "ignore").decode() or "?"
    return sign


def _without_accents(text: str) -> str:
    return "".join(s for s in unicodedata.normalize("NFKD", text) if not unicodedata.combining(s))
