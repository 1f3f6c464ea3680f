"""Checks of the machine: Python, SQLite, time zones, and the programs that only developers need."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.doctor.findings import Code, Finding, ok, problem, warning

PYTHON = (3, 11)
SQLITE = (3, 51, 3)
"""Before it, two connections that write at once could damage a database in WAL mode. We have one, which keeps clear."""

TIME_ZONE = "Europe/Paris"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What is asked of this machine; tests bring another."""

    python: tuple[int, ...] = sys.version_info[:3]
    sqlite: tuple[int, ...] = sqlite3.sqlite_version_info
    program: Callable[[str], str | None] = shutil.which
    zone: Callable[[str], object] = ZoneInfo
    mounts: str | None = None
    """The kernel's table of mounted drives; None reads it."""
    room: int = 512
    """Megabytes that should be free: years of sittings, and the copy that a migration makes."""


def examine(machine: Machine) -> Iterator[Finding]:
    """Every check of this module."""
    yield _python(machine.python)
    yield _sqlite(machine.sqlite)
    yield _time_zone(machine)
    yield _program(machine, _CHROMIUM, Code.CHROMIUM, Code.CHROMIUM_ABSENT)
    yield _program(machine, ("node",), Code.NODE, Code.NODE_ABSENT)


def _python(found: tuple[int, ...]) -> Finding:
    if found < PYTHON:
        return problem(Code.PYTHON_OLD, version=_dotted(found), wanted=_dotted(PYTHON))
    return ok(Code.PYTHON, version=_dotted(found))


def _sqlite(found: tuple[int, ...]) -> Finding:
    if found < SQLITE:
        return warning(Code.SQLITE_OLD, version=_dotted(found), wanted=_dotted(SQLITE))
    return ok(Code.SQLITE, version=_dotted(found))


def _time_zone(machine: Machine) -> Finding:
    try:
        machine.zone(TIME_ZONE)
    except (KeyError, OSError, ValueError):
        return problem(Code.TIME_ZONE_ABSENT, zone=TIME_ZONE)
    return ok(Code.TIME_ZONE, zone=TIME_ZONE)


def _program(machine: Machine, names: tuple[str, ...], found: Code, absent: Code) -> Finding:
    """For information: nothing that serves a sitting needs it."""
    path = next(filter(None, map(machine.program, names)), None)
    return ok(absent) if path is None else ok(found, path=path)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
