"""An authority with its services, running once for these tests, and the keys that it gave."""

from collections.abc import Iterator

import pytest

from tests.kit.minutes import SignedMinutes, signed
from tests.kit.pki import Pki, authority

PASSWORD = "un mot de passe é"


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pki]:
    with authority(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture(scope="session")
def document() -> SignedMinutes:
    """The small sitting: its prepared document waits for Hélène Castaing, then for Rémi Durand."""
    return signed()
