"""Fetches the files that people send to the bot in a 1:1 chat, from the store where Teams puts them.

Answers for: asking nobody but that store (the address comes from outside), without any token of ours, and reading no
more than is acceptable. Leaves what is in the file to ``voting.imports``.
Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from bot.ports import FileNotFetched
from bot.teams.hosts import HostRefused, ServiceUrls
from bot.teams.streams import TooLong, read_at_most
from bot.turn import SharedFile

STORES = (".sharepoint.com", ".sharepoint.us", ".sharepoint.cn")
"""OneDrive and SharePoint: a file sent in a chat is put into the sender's own."""
LARGEST = 5_000_000
SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsFiles:
    """Satisfies ``bot.ports.FileShare``."""

    session: aiohttp.ClientSession
    hosts: ServiceUrls = field(default_factory=lambda: ServiceUrls(hosts=STORES))

    async def fetch(self, file: SharedFile) -> bytes:
        """Its content. The address is short-lived and opens by itself: it is asked once, and is in no log."""
        address, _, _ = file.download_url.partition("?")  # what opens it stands behind
        try:
            self.hosts.check(address)
        except HostRefused:
            raise FileNotFetched("foreign") from None
        try:
            async with self.session.get(
                URL(file.download_url),
                timeout=aiohttp.ClientTimeout(total=SECONDS),
                allow_redirects=False,  # to whom, nobody would have checked
            ) as response:
                if response.status != 200:
                    raise FileNotFetched("gone")
                return await read_at_most(response.content, LARGEST)
        except TooLong:
            raise FileNotFetched("too_big") from None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise FileNotFetched("silent") from error
