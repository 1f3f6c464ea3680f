"""The resolutions in the SCDL schema *délibérations* 2.1.5: adopted ones only, one row each."""

import csv
import io

from voting.minutes.exports.decided import Resolution, day, resolutions
from voting.minutes.exports.issuer import is_siret
from voting.minutes.exports.matters import matter_name
from voting.minutes.exports.paper import ExportBlocked, Paper, must_be_public
from voting.minutes.exports.tables import harmless
from voting.minutes.scribe import Scribe

COLUMNS = (
    *("COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM", "DELIB_OBJET"),
    *("BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE"),
    *("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION", "DELIB_URL"),
)


def scdl(scribe: Scribe, body_siret: str = "") -> tuple[Paper, ...]:
    """The file, or ``ExportBlocked`` naming what is missing. ``body_siret`` serves when the sitting holds none."""
    must_be_public(scribe.minutes)
    convened = scribe.minutes.convened
    siret = convened.body_siret or body_siret
    if not convened.body_name:
        raise ExportBlocked("body_name")
    if not siret:
        raise ExportBlocked("siret")
    if not is_siret(siret):
        raise ExportBlocked("siret_wrong", siret=siret)
    adopted = [d for d in resolutions(scribe.minutes, public=True) if d.is_adopted]
    unnamed = [d.item.number for d in adopted if matter_name(d.item.matter_code) is None]
    if unnamed:
        raise ExportBlocked("matter_code", items=", ".join(unnamed))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in adopted:
        writer.writerow([harmless(value) for value in _row(scribe, one, siret)])
    name = f"deliberations-{siret}-{day(scribe):%Y%m%d}.csv"
    return (Paper(name=name, kind="text/csv", content=text.getvalue().encode()),)


def _row(scribe: Scribe, one: Resolution, siret: str) -> list[str | int]:
    convened, code = scribe.minutes.convened, one.item.matter_code
    return [
        *(convened.body_name, siret, one.item.number, day(scribe).isoformat()),
        *(code, matter_name(code) or "", one.item.title),
        *("", "", "", ""),
        *_figures(scribe, one),
        "",
    ]


def _figures(scribe: Scribe, one: Resolution) -> tuple[str | int, ...]:
    """Whoever takes no part is left out of the voters: the schema wants the sum of the three figures.

    Nothing where there is neither for nor against: a choice among several, a single candidacy.
    """
    if one.last is None or one.rounds:
        return ("", "", "", "", "")
    tally = one.last.tally
    seats = sum(1 for member in scribe.minutes.convened.members if member.votes)
    took_part = tally.votes_for + tally.against + tally.abstention
    return (max(seats, took_part), took_part, tally.votes_for, tally.against, tally.abstention)
