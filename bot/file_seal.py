"""What an offered file carries to its reader's client and back: which paper, for whom, until when, and a seal.

Answers for: that nobody can ask for another paper, later, or in another's name. It grants nothing: whoever answers is
judged again, and the paper is made again.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.papers import LASTS
from voting.domain.ids import SittingId
from voting.journal.keys import SigningKey

Identity = tuple[str, str]


class NotSealed(Exception):
    """Not an offer of ours, or made to somebody else."""


class OfferExpired(Exception):
    """It was made more than a quarter of an hour ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One paper of one sitting."""

    sitting: SittingId
    paper: str


class FileSeal:
    """Seals with a secret that every process with the journal's key has."""

    def __init__(self, key: SigningKey, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._secret = hashlib.sha256(b"files handed over\n" + key.private_text().encode()).digest()

    def context(self, offered: Offered, to: Identity) -> dict[str, str]:
        """For a quarter of an hour, and for that account alone."""
        until = str(int(self._clock()) + LASTS)
        key = self._key(offered, until, to)
        return {"sitting": offered.sitting, "paper": offered.paper, "until": until, "key": key}

    def read(self, context: Mapping[str, object], by: Identity) -> Offered:
        """What was offered to that account. Raises ``NotSealed`` or ``OfferExpired``."""
        sitting, paper, until, key = (str(context.get(name, "")) for name in ("sitting", "paper", "until", "key"))
        offered = Offered(sitting=SittingId(sitting), paper=paper)
        if not hmac.compare_digest(self._key(offered, until, by).encode(), key.encode()):
            raise NotSealed
        if int(until) < self._clock():
            raise OfferExpired
        return offered

    def _key(self, offered: Offered, until: str, of: Identity) -> str:
        said = json.dumps([offered.sitting, offered.paper, until, *of]).encode()
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()
