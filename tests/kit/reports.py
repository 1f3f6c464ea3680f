"""Attendance reports as Teams writes them, of any day, people and language."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
Row = tuple[str, str, str, str]
"""Name, address, and the two moments in UTC (ISO 8601)."""

ENGLISH = (
    "1. Summary",
    "2. Participants",
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
    "3. In-Meeting Activities",
    "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
)
FRENCH = (
    "1. Résumé",
    "2. Participants",
    "Nom\tPremière participation\tDernier départ\tDurée de la réunion\tE-mail\tID du participant (UPN)\tRôle",
    "3. Activités pendant la réunion",
    "Nom\tHeure d’arrivée\tHeure de départ\tDurée\tE-mail\tRôle",
)


def american(at: datetime) -> str:
    return f"{at.month}/{at.day}/{at:%y}, {at:%I:%M:%S}\u202f{at:%p}"


def european(at: datetime) -> str:
    return f"{at:%d/%m/%Y %H:%M:%S}"


def written(rows: Sequence[Row], words: tuple[str, ...] = FRENCH, *, encoding: str = "utf-16") -> bytes:
    """The CSV that an organiser downloads."""
    moment = american if words is ENGLISH else european
    lines = [words[0], "Meeting title\tCPR", "", words[1], words[2]]
    lines += [f"{n}\t{_at(a, moment)}\t{_at(z, moment)}\t1 h\t{mail}\t{mail}\tPresenter" for n, mail, a, z in rows]
    lines += ["", words[3], words[4]]
    lines += [f"{n}\t{_at(a, moment)}\t{_at(z, moment)}\t1 h\t{mail}\tPresenter" for n, mail, a, z in rows]
    return "\r\n".join([*lines, ""]).encode(encoding)


def recorded(rows: Sequence[Row], accounts: Sequence[str] = ()) -> bytes:
    """The JSON of Graph; an account for each row, if any."""
    given = [*accounts, *[""] * len(rows)]
    records = [
        {
            "emailAddress": mail,
            "identity": {"displayName": name, **({"id": account} if account else {})},
            "attendanceIntervals": [
                {"joinDateTime": f"{since}.1234567Z", "leaveDateTime": f"{until}Z", "durationInSeconds": 1}
            ],
        }
        for (name, mail, since, until), account in zip(rows, given, strict=False)
    ]
    return json.dumps({"attendanceRecords": records}).encode()


def _at(text: str, moment: object) -> str:
    assert callable(moment)
    return str(moment(datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(PARIS)))
