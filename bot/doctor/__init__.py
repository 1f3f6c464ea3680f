"""What ``hemicycle doctor`` looks at, one finding per check, without a word to anybody but the database unless asked.

Answers for: what is missing or risky on this machine and in these settings. Leaves the words to
``bot/texts/*/doctor.po`` and the exit code to the command.
"""

import asyncio
from datetime import datetime

from bot.doctor import machine, online, record, server, teams, tracing
from bot.doctor.findings import Code, Finding, State, sentence
from bot.doctor.machine import Machine
from bot.rim import SystemClock
from bot.settings import Settings

__all__ = ["Code", "Finding", "Machine", "State", "examine", "examine_online", "sentence"]


def examine(settings: Settings, here: Machine | None = None, now: datetime | None = None) -> tuple[Finding, ...]:
    """Every check, the machine first. Changes nothing, and may run beside a process that serves."""
    here = here or Machine()
    found = asyncio.run(_database(settings, here))
    return (
        *machine.examine(here),
        record.folder(settings.data_dir, here),
        *found,
        record.key(settings.data_dir, has_record=found[0].code in record.HAS_RECORD),
        record.serving(settings.data_dir, settings.database_url),
        *tracing.examine(settings.otlp_url),
        *teams.examine(settings, now or SystemClock().now()),
    )


def examine_online(settings: Settings) -> tuple[Finding, ...]:
    """What only Microsoft and the way from Teams can answer; nothing where Teams is not set up."""
    return asyncio.run(_online(settings)) if teams.is_set_up(settings) else ()


async def _online(settings: Settings) -> tuple[Finding, ...]:
    try:
        async with online.outside(settings) as asked:
            return await online.examine(asked)
    except (OSError, ValueError):  # a certificate that cannot be read: ``teams`` has said so
        return ()


async def _database(settings: Settings, here: Machine) -> tuple[Finding, ...]:
    """One file, or a server with more to look at."""
    if server.is_meant(settings.database_url):
        return await server.examine(settings.database_url, settings.data_dir)
    return (await record.database(settings.database_url, here),)
