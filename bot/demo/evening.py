"""After the sitting: the minutes are drawn up, signed with demonstration keys, written with their proofs, verified.

Everything is made in memory first; a file is put in place whole or not at all.
"""

import asyncio
import os
import shlex
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.core import Core
from bot.papers import NoCheckpoint, Record, final
from voting import verify as checking
from voting.domain.ids import SittingId
from voting.minutes.demo_keys import make_demo_keys
from voting.minutes.document import draw_up
from voting.minutes.render import render
from voting.minutes.sign import sign
from voting.minutes.signatories import signatories
from voting.rebuild import rebuild
from voting.wording import catalogue

MINUTES, AUTHORITY, VKEY, JOURNAL = "minutes.pdf", "ca.pem", "journal.vkey", "journal.jsonl"
ATTEMPTS, BETWEEN = 50, 0.1
"""Of waiting for the signed head, which comes right after the last commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What is left of a sitting: four files."""

    minutes: bytes
    authority: bytes
    vkey: str
    journal: bytes

    def write(self, folder: Path) -> None:
        """Put them in that folder, in place of older ones."""
        vkey = f"{self.vkey}\n".encode()
        for name, content in zip(names(), (self.minutes, self.authority, vkey, self.journal), strict=True):
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as unfinished:
                unfinished.write(content)
            os.chmod(unfinished.name, 0o644)
            os.replace(unfinished.name, folder / name)


def names() -> tuple[str, ...]:
    """The four files."""
    return MINUTES, AUTHORITY, VKEY, JOURNAL


async def papers_of(core: Core, sitting: SittingId, now: datetime, language: str) -> Papers:
    """The signed minutes of a closed sitting and what proves them."""
    held = await _record(core, sitting)
    return await asyncio.to_thread(_sign, held, str(core.key.vkey), now, language)


def check(papers: Papers, now: datetime) -> checking.Report:
    """Verify the minutes as anybody would with the three other files. Blocks."""
    return checking.verify(papers.minutes, now=now, trust=[papers.authority], vkeys=[papers.vkey], rebuild=rebuild)


def command(folder: Path) -> str:
    """The command that verifies them again."""
    words = [
        "hemicycle",
        "verify",
        folder / MINUTES,
        "--trust",
        folder / AUTHORITY,
        "--vkey",
        folder / VKEY,
        "--rebuild",
    ]
    return shlex.join(map(str, words))


async def _record(core: Core, sitting: SittingId) -> Record:
    for _ in range(ATTEMPTS):
        try:
            return await final(core, sitting)
        except NoCheckpoint:
            await asyncio.sleep(BETWEEN)
    return await final(core, sitting)


def _sign(held: Record, vkey: str, now: datetime, language: str) -> Papers:
    minutes = draw_up(held.events)
    prepared = render(minutes, held.journal, held.checkpoint, language=language)
    people = {s.person: minutes.roll[s.person].full_name for s in signatories(minutes)}
    keys = make_demo_keys(people, now, catalogue(language))
    signed = sign(prepared, minutes, keys.signers, keys.authority, now, language=language)
    return Papers(minutes=signed, authority=keys.ca_pem, vkey=vkey, journal=held.journal)
