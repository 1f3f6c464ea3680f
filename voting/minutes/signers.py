"""What somebody signs with, and who vouches for it. Each kind of key (file, card, service) is a ``Signer``."""

from dataclasses import dataclass
from typing import Protocol

from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko.sign.timestamps import TimeStamper


class Signer(Protocol):
    """One person's means of signing. Where the key is, and how it is unlocked, is its own affair."""

    @property
    def is_demonstration(self) -> bool:
        """A made-up key: the signature says on its face that it has no legal value."""
        ...

    def cms_signer(self) -> CmsSigner:
        """The signing end that pyHanko drives."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What makes signatures last: roots and revocation lists (both in DER), and a timestamp service."""

    roots: tuple[bytes, ...]
    revocations: tuple[bytes, ...] = ()
    timestamper: TimeStamper | None = None
    """None: signatures carry no time but the one that they state themselves, and no proof of revocation (B-B)."""
    fetches: bool = False
    """Revocation lists and OCSP answers that are not given are asked for where the certificates say."""
