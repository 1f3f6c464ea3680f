"""Signatures made elsewhere: a digest leaves and a CMS comes back, or a parapheur takes the file and returns it."""

import asyncio
import io
from typing import Any

import pytest
from asn1crypto import cms, pem
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from tests.kit import archival
from tests.kit.minutes import SignedMinutes, sign_prepared
from tests.kit.pki import Pki
from tests.signing.test_desk import CHAIR, SECRETARY, key, now, said, whole
from tests.verify.test_attacks import update
from voting.minutes.sign import Digested
from voting.signing.authority import make_authority
from voting.signing.book import open_book
from voting.signing.desk import sign_next
from voting.signing.faults import CannotSign, SigningFault, Unsound, Unusable
from voting.signing.remote import ask_for_signature, take_signature
from voting.signing.returned import accept_return
from voting.signing.told import digest_told, returned_told, told
from voting.verify import verify
from voting.wording import catalogue

FR = catalogue("fr")
OFFLINE = make_authority([], [], "")


def service(pki: Pki, name: str, digest: bytes) -> bytes:
    """What a signing service answers: it has seen the digest and nothing else."""
    signer = key(pki, pki.signer(name)).cms_signer()
    attributes = PdfCMSSignedAttributes(signing_time=now(), cades_signed_attrs=CAdESSignedAttrSpec())
    answer = asyncio.run(signer.async_sign(digest, "sha256", use_pades=True, signed_attr_settings=attributes))
    der: bytes = answer.dump()
    return der


def waiting(document: SignedMinutes) -> Digested:
    return ask_for_signature(open_book(document.prepared, now()), now())


def refused(pki: Pki, pdf: bytes, signature: bytes) -> str:
    with pytest.raises(SigningFault) as fault:
        take_signature(pdf, signature, OFFLINE, now())
    return said(fault.value)


# --- a digest leaves, a CMS comes back -------------------------------------------------------------------------------


def test_only_the_digest_leaves_and_the_file_is_whole_at_the_end(pki: Pki, document: SignedMinutes) -> None:
    pdf = document.prepared
    for name in (CHAIR, SECRETARY):
        away = ask_for_signature(open_book(pdf, now()), now())
        assert away.digest.hex() in digest_told(away.digest, FR)[0]
        pdf = take_signature(away.pdf, service(pki, name, away.digest), whole(pki), now())
    report = verify(pdf, now=now(), trust=[pki.trust], vkeys=document.vkeys)
    assert report.is_verified
    assert archival.faults(pdf) == []


def test_a_cms_in_pem_and_without_any_service(pki: Pki, document: SignedMinutes) -> None:
    away = waiting(document)
    armoured = pem.armor("CMS", service(pki, CHAIR, away.digest))
    signed = take_signature(away.pdf, armoured, OFFLINE, now())
    assert [s.capacity.value for s in open_book(signed, now(), [pki.trust]).waiting] == ["secretary"]


def test_a_signature_that_is_not_over_this_file(pki: Pki, document: SignedMinutes) -> None:
    away = waiting(document)
    assert refused(pki, away.pdf, service(pki, CHAIR, bytes(32))) == "other_digest"


def test_a_signature_value_that_is_not_the_certificates(pki: Pki, document: SignedMinutes) -> None:
    away = waiting(document)
    message = cms.ContentInfo.load(service(pki, CHAIR, away.digest))
    other = cms.ContentInfo.load(service(pki, CHAIR, away.digest))
    message["content"]["signer_infos"][0]["signature"] = other["content"]["signer_infos"][0]["signature"]
    assert refused(pki, away.pdf, message.dump(force=True)) == "does_not_hold"


def test_a_signature_by_somebody_else_or_by_nobody(pki: Pki, document: SignedMinutes) -> None:
    away = waiting(document)
    assert refused(pki, away.pdf, service(pki, SECRETARY, away.digest)) == "other_name"
    assert take_signature(away.pdf, service(pki, SECRETARY, away.digest), OFFLINE, now(), other_name=True)
    message = cms.ContentInfo.load(service(pki, CHAIR, away.digest))
    message["content"]["certificates"] = []
    assert refused(pki, away.pdf, message.dump(force=True)) == "no_certificate"


@pytest.mark.parametrize("signature", [b"", b"Bonjour", b"0\x80", b"-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n"])
def test_what_is_no_signature(pki: Pki, document: SignedMinutes, signature: bytes) -> None:
    assert refused(pki, waiting(document).pdf, signature) == "not_cms"


def test_a_file_that_waits_for_nothing(pki: Pki, document: SignedMinutes) -> None:
    away = waiting(document)
    signature = service(pki, CHAIR, away.digest)
    for pdf in (document.prepared, document.pdf, b"Bonjour", away.pdf + b"\n"):
        assert refused(pki, pdf, signature) == "not_waiting"
    alone = b"/ByteRange [0 40 42 2]".ljust(40) + b"<>" + b"\n\n"
    assert refused(pki, alone, signature) == "not_waiting"


def test_a_signature_too_long_for_its_place(pki: Pki, document: SignedMinutes) -> None:
    away = waiting(document)
    issued = pki.signer(CHAIR)
    held = key(pki, issued).cms_signer()
    registry: Any = held.cert_registry
    for _ in range(40):
        registry.register_multiple([key(pki, pki.signer("Une autre personne")).certificate])
    answer = asyncio.run(held.async_sign(away.digest, "sha256", use_pades=True))
    assert refused(pki, away.pdf, answer.dump()) == "too_long"


# --- a parapheur -----------------------------------------------------------------------------------------------------


def parapheur(pki: Pki, pdf: bytes, name: str = CHAIR) -> bytes:
    return sign_next(open_book(pdf, now()), key(pki, pki.signer(name)), OFFLINE, now())


def kept_out(sent: bytes, returned: bytes, *trust: bytes) -> str:
    with pytest.raises(CannotSign) as fault:
        accept_return(sent, returned, now(), list(trust) or None)
    said(fault.value)
    return (
        f"{fault.value.question}.{fault.value.finding.code}" if isinstance(fault.value, Unsound) else fault.value.code
    )


def test_what_left_comes_back_signed(pki: Pki, document: SignedMinutes) -> None:
    once = parapheur(pki, document.prepared)
    back = accept_return(document.prepared, once, now(), [pki.trust])
    assert ([s.capacity.value for s in back.added], back.is_ready_to_close) == (["chair"], False)
    twice = accept_return(document.prepared, parapheur(pki, once, SECRETARY), now())
    assert ([s.capacity.value for s in twice.added], twice.is_ready_to_close) == (["chair", "secretary"], True)
    assert "Hélène Castaing, Rémi Durand" in returned_told(twice, FR)


def test_a_parapheur_that_closes_the_file_too(document: SignedMinutes) -> None:
    back = accept_return(document.prepared, document.pdf, now(), document.trust)
    assert (back.timestamp, back.is_ready_to_close) == (True, False)
    assert "Horodatage d’archivage" in returned_told(back, FR)


def test_nothing_came_of_it(pki: Pki, document: SignedMinutes) -> None:
    assert kept_out(document.prepared, document.prepared) == "nothing_signed"


def test_a_parapheur_that_rewrites_the_file(pki: Pki, document: SignedMinutes) -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(parapheur(pki, document.prepared))) as pdf:
        pdf.save(out)
    assert kept_out(document.prepared, out.getvalue()) == "rewritten"


def test_a_parapheur_that_prints_something_on_a_page(pki: Pki, document: SignedMinutes) -> None:
    signed = parapheur(pki, document.prepared)
    assert kept_out(document.prepared, update(signed, "page")) == "updates.tail"
    told_first = sign_prepared(update(document.prepared, "page"), document.minutes, keys=document.keys)
    assert kept_out(document.prepared, told_first) == "updates.changed_before"


def test_a_parapheur_that_signs_in_a_field_of_its_own(pki: Pki, document: SignedMinutes) -> None:
    held = key(pki, pki.signer(CHAIR)).cms_signer()
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

    writer = IncrementalPdfFileWriter(io.BytesIO(document.prepared))
    signed = PdfSigner(PdfSignatureMetadata(field_name="Parapheur"), held).sign_pdf(writer).getvalue()
    assert kept_out(document.prepared, signed) in ("updates.changed_before", "signatures.unexpected")


def test_an_update_without_any_signature(document: SignedMinutes) -> None:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(document.prepared))
    writer.root["/Lang"] = generic.TextStringObject("en")
    writer.update_container(writer.root)
    changed = io.BytesIO()
    writer.write(changed)
    with pytest.raises(SigningFault):
        accept_return(document.prepared, changed.getvalue(), now())


def test_a_signer_whom_nobody_trusts(pki: Pki, document: SignedMinutes) -> None:
    assert kept_out(document.prepared, document.pdf, pki.trust) == "signatures.untrusted"


def test_a_damaged_return(pki: Pki, document: SignedMinutes) -> None:
    signed = parapheur(pki, document.prepared)
    with pytest.raises(SigningFault):
        accept_return(document.prepared, signed[:-2000], now())
    with pytest.raises(Unusable):
        accept_return(b"Bon", b"Bonjour", now())


# --- what is read before signing -------------------------------------------------------------------------------------


def test_the_page_says_what_is_signed_by_whom_and_how(pki: Pki, document: SignedMinutes) -> None:
    fresh = open_book(document.prepared, now())
    page = "\n".join(told(fresh, "pv.pdf", FR)).replace("\u00a0", " ")
    assert fresh.fingerprint in page
    assert "1. Mme Hélène Castaing, La présidente de séance – à signer maintenant (champ Signature_chair_m001)" in page
    assert "2. M. Rémi Durand, Le secrétaire de séance – ensuite" in page
    assert "n’est jamais une signature" in page
    once = open_book(parapheur(pki, document.prepared), now())
    assert "1. Mme Hélène Castaing, La présidente de séance – signé" in "\n".join(told(once, "pv.pdf", FR)).replace(
        "\u00a0", " "
    )
    twice = open_book(parapheur(pki, once.pdf, SECRETARY), now())
    assert "minutes seal pv.pdf" in "\n".join(told(twice, "pv.pdf", FR))
    done = open_book(document.pdf, now())
    assert "hemicycle verify pv.pdf" in "\n".join(told(done, "pv.pdf", catalogue("en")))
