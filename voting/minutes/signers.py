"""What somebody signs with, and who vouches for it. PKCS#12, PKCS#11 and remote signing are other ``Signer``s."""

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
    revocations: tuple[bytes, ...]
    timestamper: TimeStamper
