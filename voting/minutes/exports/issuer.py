"""Who issues the acts: the SIRET and SIREN numbers, and the département whose prefect receives them."""

import re
from dataclasses import dataclass

from voting.minutes.exports.paper import ExportBlocked

_SIRET = re.compile(r"\d{14}", re.ASCII)
_DEPARTMENT = re.compile(r"0(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB])|97[0-9]|98[4-8]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """As acts are filed under it."""

    siren: str
    department: str
    """Three characters: 045, 02A, 974."""


def is_siret(siret: str) -> bool:
    """Fourteen digits and Luhn's sum."""
    if not _SIRET.fullmatch(siret):
        return False
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(siret))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def issuer(siret: str, department: str) -> Issuer:
    """Of an act to transmit, or ``ExportBlocked`` naming what is missing or wrong."""
    if not siret:
        raise ExportBlocked("ctes_siret")
    if not is_siret(siret):
        raise ExportBlocked("siret_wrong", siret=siret)
    if not department:
        raise ExportBlocked("department")
    code = department_code(department)
    if not code:
        raise ExportBlocked("department_wrong", department=department)
    return Issuer(siren=siret[:9], department=code)


def department_code(written: str) -> str:
    """Its three characters, the zero in front added; empty when there is no such département."""
    code = written.strip().upper().zfill(3)
    return code if _DEPARTMENT.fullmatch(code) else ""
