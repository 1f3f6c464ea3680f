"""A key in somebody's hand, wherever it is kept."""

from dataclasses import dataclass
from typing import Any

from pyhanko.sign.signers import Signer as CmsSigner


@dataclass(frozen=True, slots=True)
class PersonalKey:
    """A ``voting.minutes.signers.Signer`` of a real person. Says nothing of the key when it is printed."""

    _signer: CmsSigner

    def __repr__(self) -> str:
        return "PersonalKey()"

    @property
    def is_demonstration(self) -> bool:
        """Never."""
        return False

    @property
    def certificate(self) -> Any:
        """The certificate that goes with it, in the signature library's own class."""
        return self._signer.signing_cert

    @property
    def between(self) -> list[Any]:
        """The certificates of issuers that it brings along."""
        return list(self._signer.cert_registry)

    def cms_signer(self) -> CmsSigner:
        """The signing end."""
        return self._signer
