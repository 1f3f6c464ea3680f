"""Files between people and the bot in a 1:1 chat, by way of the store where Teams puts them.

Answers for: speaking to nobody but that store (each address comes from outside), without any token of ours, reading no
more than is acceptable. Leaves what is in a file to others.
Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import asyncio
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from bot.ports import FileNotFetched, FileNotPut
from bot.teams.hosts import HostRefused, ServiceUrls
from bot.teams.streams import TooLong, read_at_most
from bot.turn import SharedFile

STORES = (".sharepoint.com", ".sharepoint.us", ".sharepoint.cn")
"""OneDrive and SharePoint: a file sent in a chat is put into the person's own."""
LARGEST = 5_000_000
SECONDS = 20.0
UPLOAD_SECONDS = 120.0
"""For a whole file, whatever happens."""
PART = 3 * 320 * 1024
"""Bytes sent at once: upload sessions want multiples of 320 KiB, the event loop no more than a mebibyte."""
WAITS = (1.0, 3.0)
"""Before a part is sent again."""
_BUSY = frozenset({429, 500, 502, 503, 504})
_REASONS = {401: "gone", 403: "gone", 404: "gone", 409: "gone", 410: "gone", 413: "full", 507: "full"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsFiles:
    """Satisfies ``bot.ports.FileShare``."""

    session: aiohttp.ClientSession
    hosts: ServiceUrls = field(default_factory=lambda: ServiceUrls(hosts=STORES))
    waits: tuple[float, ...] = WAITS

    async def fetch(self, file: SharedFile) -> bytes:
        """Its content. The address is short-lived and opens by itself: it is asked once, and is in no log."""
        try:
            address = self._checked(file.download_url)
        except HostRefused:
            raise FileNotFetched("foreign") from None
        try:
            async with self.session.get(
                address,
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

    async def put(self, address: str, content: bytes) -> None:
        """Fill an upload session, part by part. Its address opens by itself, and is in no log."""
        try:
            place = self._checked(address)
        except HostRefused:
            raise FileNotPut("foreign") from None
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                for start in range(0, len(content), PART):
                    await self._part(place, content, start)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise FileNotPut("silent") from error

    def is_known(self, address: str) -> bool:
        """Whether it leads to that store."""
        try:
            self._checked(address)
        except HostRefused:
            return False
        return True

    def _checked(self, address: str) -> URL:
        """The very address that is then called, so that no two readings of it can differ. ``HostRefused``."""
        try:
            place = URL(address)
        except ValueError:
            raise HostRefused(address) from None
        self.hosts.check(str(place.with_query(None)))  # what opens it stands behind
        return place

    async def _part(self, place: URL, content: bytes, start: int) -> None:
        part = content[start : start + PART]
        end = start + len(part)
        done = (200, 201) if end == len(content) else (200, 202)
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {start}-{end - 1}/{len(content)}",
        }
        for wait in (*self.waits, None):
            timeout = aiohttp.ClientTimeout(total=SECONDS)
            async with self.session.put(
                place, data=part, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status = response.status
            if status in done:
                return
            if status not in _BUSY or wait is None:
                raise FileNotPut(_REASONS.get(status, "silent"))
            await asyncio.sleep(wait)
