"""Tells which of our files somebody sent, from what is in it: people name them as they like.

Answers for: recognising. Leaves everything that may be wrong inside to the reader of that kind.
"""

import tomllib
from enum import StrEnum

from voting.imports import agenda, connections, members, source, table
from voting.imports.findings import Findings
from voting.imports.refusals import Code, FileRefused


class FileKind(StrEnum):
    """What people send of a sitting."""

    MEMBERS = "members"
    AGENDA = "agenda"
    ORDERS = "orders"
    CONNECTIONS = "connections"
    """Not of a convocation: Teams' attendance report, after the sitting."""


def kind_of(content: bytes) -> FileKind | None:
    """The kind whose column names stand in its header more often; standing orders are TOML. None: none of ours.

    Raises ``FileRefused`` for what no table can be read from: too big, another encoding, an old Excel.
    """
    if connections.is_report(content):
        return FileKind.CONNECTIONS
    named = {
        FileKind.MEMBERS: _matches(content, members.COLUMNS),
        FileKind.AGENDA: _matches(content, agenda.COLUMNS),
    }
    most = max(named.values())
    best = [kind for kind, found in named.items() if found == most]
    if most and len(best) == 1:
        return best[0]
    return FileKind.ORDERS if _is_toml(content) else None


def _matches(content: bytes, columns: tuple[str, ...]) -> int:
    try:
        return len(table.read(content, columns, Findings()).columns)
    except FileRefused as refused:
        if any(problem.code not in (Code.NO_HEADER, Code.FILE_EMPTY) for problem in refused.problems):
            raise
        return 0


def _is_toml(content: bytes) -> bool:
    try:
        return bool(tomllib.loads(source.decode(content)))
    except tomllib.TOMLDecodeError:
        return False
