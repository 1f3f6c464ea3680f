"""The record, opened for one command and closed after it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from bot.cli.operate import settings
from bot.cli.say import REFUSED, Stop, texts
from voting.domain.refusals import SittingUnknown

if TYPE_CHECKING:
    from bot.core import Core
    from bot.installation import Installation

Result = TypeVar("Result")


def with_installation(work: Callable[["Installation"], Awaitable[Result]], *, read_only: bool = False) -> Result:
    """What that work gives, on the installation that the settings name."""
    from bot.serving import open_installation_of

    configured = settings()

    async def run() -> Result:
        installation = await open_installation_of(configured, read_only=read_only)
        try:
            return await work(installation)
        finally:
            await installation.close()

    return asyncio.run(run())


def of_sitting(sitting: str, work: Callable[["Core"], Awaitable[Result]]) -> Result:
    """The same, reading one sitting; stops when there is none of that identifier."""
    try:
        return with_installation(lambda installation: work(installation.core), read_only=True)
    except SittingUnknown as unknown:
        raise Stop(texts()("cli.unknown_sitting", sitting=sitting), REFUSED) from unknown
