"""Every body that may sit has its own words wherever a sentence is chosen by the body."""

import pytest

import voting.wording
from voting.domain.assembly import Body
from voting.wording.catalogue import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_one_body_is_said_of_all(language: str) -> None:
    codes = voting.wording.catalogue(language).codes
    chosen = {code.removesuffix(".cao") for code in codes if code.endswith(".cao")}
    assert len(chosen) > 8
    assert sorted({f"{code}.{body}" for code in chosen for body in Body} - codes) == []
