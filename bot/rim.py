"""The outside that the service asks for through its ports: the machine's clock, new ids, the journal's key."""

import gc
import re
import secrets
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from voting.journal.checkpoint import Checkpoint, origin_of, sign_checkpoint
from voting.journal.keys import SigningKey

KEY_FILE = "journal.key"
VKEY_FILE = "journal.vkey"


class SystemClock:
    """The machine's time, cut to the milliseconds that the journal keeps."""

    def now(self) -> datetime:
        """See ``voting.service.ports.Clock``."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


class RandomIds:
    """144 random bits, in the alphabet of addresses."""

    def new(self) -> str:
        """See ``voting.service.ports.Ids``."""
        return secrets.token_urlsafe(18).replace("-", "a").replace("_", "b")


class KeySigner:
    """Signs heads with a key held in memory."""

    def __init__(self, key: SigningKey) -> None:
        """The key never leaves this object."""
        self._key = key

    def sign(self, sitting: str, size: int, root: bytes) -> str:
        """See ``voting.service.ports.CheckpointSigner``."""
        return sign_checkpoint(Checkpoint(origin_of(sitting), size, root), self._key)


def key_name(body_name: str) -> str:
    """A name for the journal's key that checkpoints may carry: the body's, in plain letters."""
    plain = unicodedata.normalize("NFKD", body_name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.") or "hemicycle"


def journal_key(folder: Path, name: str) -> SigningKey:
    """The installation's key, made the first time; its public half is written beside it for whoever verifies."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        SigningKey.generate(name).save(path)
    key = SigningKey.load(path)
    (folder / VKEY_FILE).write_text(f"{key.vkey}\n", encoding="ascii")
    return key


HELD_SECONDS = 0.0002
"""Seconds for which a thread may keep the interpreter while others wait for it."""


def settle() -> None:
    """Make ready for a process that stays: the collector comes less often, the threads take shorter turns.

    A full round of the collector over what the start has made stops the process for 70 ms, in the middle of a vote more
    often than not; and every press makes a card of some hundred small objects, most of which are gone at once. Left
    alone, a thread keeps the interpreter for 5 ms: the one that writes to the disk would only begin once the batch that
    is decided meanwhile is complete.
    """
    sys.setswitchinterval(HELD_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 10)
