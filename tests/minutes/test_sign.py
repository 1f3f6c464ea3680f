"""The signatures: in order, over everything, in a file that stays archival and accessible."""

import io
import re
from datetime import UTC, datetime

import pikepdf
import pytest
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from tests.kit import archival
from tests.kit.minutes import SITTINGS, SignedMinutes, signed
from voting.minutes.sign import SignerMissing, sign


@pytest.mark.parametrize("name", SITTINGS)
def test_the_file_stays_archival_and_accessible_after_every_signature(name: str) -> None:
    assert archival.faults(signed(name).pdf) == []


@pytest.mark.parametrize("name", SITTINGS)
def test_nothing_of_the_prepared_document_is_touched(name: str) -> None:
    document = signed(name)
    assert document.pdf.startswith(document.prepared)


def test_each_revision_keeps_the_archival_form() -> None:
    pdf = signed().pdf
    ends = [found.end() + 1 for found in re.finditer(rb"%%EOF", pdf)]
    assert len(ends) == 4
    assert [archival.faults(pdf[:end]) for end in ends] == [[], [], [], []]


@pytest.fixture
def document() -> SignedMinutes:
    """Made before an asynchronous test runs: signing runs a loop of its own."""
    return signed()


async def test_an_independent_library_accepts_both_signatures_and_the_timestamp(document: SignedMinutes) -> None:
    reader = PdfFileReader(io.BytesIO(document.pdf))
    roots = list(load_certs_from_pemder_data(document.keys.ca_pem))
    for embedded in reader.embedded_regular_signatures:
        status = await async_validate_pdf_signature(
            embedded,
            ValidationContext(trust_roots=roots, allow_fetching=False, moment=datetime(2026, 12, 1, tzinfo=UTC)),
        )
        assert status.bottom_line
        assert status.timestamp_validity is not None
    [seal] = reader.embedded_timestamp_signatures
    stamped = await async_validate_pdf_timestamp(seal, ValidationContext(trust_roots=roots, allow_fetching=False))
    assert stamped.valid and stamped.trusted


def test_the_chair_certifies_and_the_secretary_locks() -> None:
    with pikepdf.open(io.BytesIO(signed().pdf)) as pdf:
        chair, secretary, seal = (field.V for field in pdf.Root.AcroForm.Fields)
        assert pdf.Root.Perms.DocMDP.objgen == chair.objgen
        assert int(chair.Reference[0].TransformParams.P) == 2
        assert str(secretary.Reference[0].TransformMethod) == "/FieldMDP"
        assert str(seal.SubFilter) == "/ETSI.RFC3161"


def test_a_tender_committee_is_signed_by_those_who_voted() -> None:
    with pikepdf.open(io.BytesIO(signed("tender").pdf)) as pdf:
        names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
    assert names == [
        "Signature_chair_m001",
        "Signature_member_m003",
        "Signature_member_m004",
        "Signature_member_s2",
        "Horodatage_1",
    ]


def test_nothing_is_signed_when_somebody_cannot() -> None:
    document = signed()
    only_chair = {person: key for person, key in document.keys.signers.items() if person == "m001"}
    with pytest.raises(SignerMissing) as refused:
        sign(document.prepared, document.minutes, only_chair, document.keys.authority, document.minutes.convened.at)
    assert refused.value.person == "m004"
