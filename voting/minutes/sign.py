"""Signs prepared minutes: the chair certifies, the others approve, an archival timestamp closes (PAdES B-LTA).

The file stays PDF/A-3a and PDF/UA-1 after each signature. Three habits of pyHanko 0.38 are worked around, each one
where it is met; the tests hold the result, so that a new version shows.
"""

import asyncio
import hashlib
import io
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from asn1crypto import cms
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner, PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_cms import Signer as CmsSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfSigningSession,
    PdfTimeStamper,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.stamp.static import StaticStampStyle
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from voting.domain.ids import PersonId
from voting.minutes.facts import Minutes
from voting.minutes.official import require_official
from voting.minutes.scribe import Scribe, scribe
from voting.minutes.signatories import SEAL_FIELD, Capacity, Signatory, signatories
from voting.minutes.signers import Authority, Signer
from voting.minutes.stamp import capacity, stamp_style
from voting.wording import catalogue

Result = TypeVar("Result")

_DIGEST: Final = "sha256"
_ROOM_FOR_ANOTHERS: Final = 2 * 14_000
"""Hexadecimal digits kept for a signature that is made elsewhere, below the 32,767 bytes that PDF/A allows."""

# It warns at each signature that nothing is fetched: that is what we ask for.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)


class SignerMissing(LookupError):
    """Somebody who must sign has nothing to sign with."""

    def __init__(self, person: PersonId) -> None:
        super().__init__(person)
        self.person = person


class Unproven(ValueError):
    """The certificate of a signature in the file does not lead to an authority, or is revoked; the cause says which."""


class NoTimestamps(LookupError):
    """There is no timestamp service to close the document with."""


def sign(
    prepared: bytes,
    minutes: Minutes,
    signers: Mapping[PersonId, Signer],
    authority: Authority,
    at: datetime,
    *,
    language: str = "fr",
) -> bytes:
    """Every signature that those minutes wait for, in order, then the archival timestamp. Runs a loop of its own.

    Raises ``NotOfficial`` for a rehearsal.
    """
    require_official(minutes.convened.sitting)
    waiting = signatories(minutes)
    for signatory in waiting:
        if signatory.person not in signers:
            raise SignerMissing(signatory.person)
    writer = scribe(minutes, catalogue(language))
    pdf = prepared
    for signatory in waiting:
        pdf = add_signature(pdf, signatory, signers[signatory.person], authority, at, writer)
    return seal(pdf, authority, at)


def add_signature(
    pdf: bytes, signatory: Signatory, signer: Signer, authority: Authority, at: datetime, writer: Scribe
) -> bytes:
    """One signature more, in its own revision; with a timestamp service, with all that proves it later (B-LT)."""
    context = _context(authority, at) if authority.timestamper is not None else None
    return asyncio.run(_released(_add_signature(pdf, signatory, signer, authority, at, writer, context), context))


def seal(pdf: bytes, authority: Authority, at: datetime) -> bytes:
    """The proofs of every signature, and the archival timestamp over everything before it (B-LTA)."""
    if authority.timestamper is None:
        raise NoTimestamps
    context = _context(authority, at)
    return asyncio.run(_released(_seal(pdf, authority.timestamper, context), context))


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """A document ready for a signature that is made elsewhere: only its digest needs to leave."""

    pdf: bytes
    """With an empty place for the signature; the digest covers all the rest."""
    digest: bytes
    start: int
    stop: int
    """The place."""

    def filled(self, signature: bytes) -> bytes:
        """The signed document. ``signature``: a CMS in DER, over that digest."""
        output = io.BytesIO(self.pdf)
        PreparedByteRangeDigest(self.digest, self.start, self.stop).fill_with_cms(output, signature)
        return output.getvalue()


def digest(pdf: bytes, signatory: Signatory, at: datetime, writer: Scribe) -> Digested:
    """The document with the place of that signature, and what somebody else must sign."""
    return asyncio.run(_digest(pdf, signatory, at, writer))


def stamped(signature: bytes, authority: Authority) -> bytes:
    """That CMS with a timestamp over its signature value, unless it has one or no service is at hand."""
    return asyncio.run(_stamped(signature, authority))


class _Writer(IncrementalPdfFileWriter):
    """Leaves XMP alone: rewritten by the library, its description of PDF/UA extension schemas is no longer valid."""

    def _update_meta(self) -> None:
        pass


async def _add_signature(
    pdf: bytes,
    signatory: Signatory,
    signer: Signer,
    authority: Authority,
    at: datetime,
    writer: Scribe,
    context: ValidationContext | None,
) -> bytes:
    style = stamp_style(signatory, at, writer, is_demonstration=signer.is_demonstration)
    machine = _machine(signatory, signer.cms_signer(), authority, writer, context, style)
    session = _session(machine, pdf, at)
    checked = await session.perform_presign_validation()
    room = await session.estimate_signature_container_size(checked)
    document = session.prepare_tbs_document(checked, room)
    prepared, output = document.digest_tbs_document()
    await document.perform_signature(
        prepared.document_digest, PdfCMSSignedAttributes(signing_time=at, cades_signed_attrs=CAdESSignedAttrSpec())
    )
    output.seek(0)
    signed: bytes = output.read()
    return signed


async def _digest(pdf: bytes, signatory: Signatory, at: datetime, writer: Scribe) -> Digested:
    style = stamp_style(signatory, at, writer, is_demonstration=False)
    machine = _machine(signatory, ExternalSigner(None, None), None, writer, None, style)
    document = _session(machine, pdf, at).prepare_tbs_document(None, _ROOM_FOR_ANOTHERS)
    prepared, output = document.digest_tbs_document()
    output.seek(0)
    return Digested(
        pdf=output.read(),
        digest=prepared.document_digest,
        start=prepared.reserved_region_start,
        stop=prepared.reserved_region_end,
    )


def _machine(
    signatory: Signatory,
    signer: CmsSigner,
    authority: Authority | None,
    writer: Scribe,
    context: ValidationContext | None,
    style: StaticStampStyle,
) -> PdfSigner:
    metadata = PdfSignatureMetadata(
        field_name=signatory.field,
        md_algorithm=_DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=capacity(signatory, writer),
        certify=signatory.capacity is Capacity.CHAIR,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        embed_validation_info=context is not None,
        validation_context=context,
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    timestamper = authority.timestamper if authority is not None else None
    return PdfSigner(metadata, signer, timestamper=timestamper, stamp_style=style)


def _session(machine: PdfSigner, pdf: bytes, at: datetime) -> PdfSigningSession:
    session = machine.init_signing_session(_Writer(io.BytesIO(pdf)), existing_fields_only=True)
    session.system_time = at
    return session


async def _stamped(signature: bytes, authority: Authority) -> bytes:
    message = cms.ContentInfo.load(signature)
    [info] = message["content"]["signer_infos"]
    if authority.timestamper is None or len(info["unsigned_attrs"]):
        return signature
    value = hashlib.new(_DIGEST, info["signature"].native).digest()
    token = await authority.timestamper.async_timestamp(value, _DIGEST)
    info["unsigned_attrs"] = cms.CMSAttributes(
        [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})]
    )
    der: bytes = message.dump()
    return der


async def _seal(pdf: bytes, timestamper: TimeStamper, context: ValidationContext) -> bytes:
    writer = _Writer(io.BytesIO(pdf))
    output = io.BytesIO()
    await PdfTimeStamper(timestamper, field_name=SEAL_FIELD).async_timestamp_pdf(
        writer,
        _DIGEST,
        context,
        output=output,
        validation_paths=[await _path(s, context) for s in writer.prev.embedded_regular_signatures],
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )
    return output.getvalue()


async def _path(signature: EmbeddedPdfSignature, context: ValidationContext) -> ValidationPath:
    """From that signer to an authority: its certificates and proofs are kept with the archival timestamp."""
    validator = CertificateValidator(
        signature.signer_cert, intermediate_certs=signature.other_embedded_certs, validation_context=context
    )
    try:
        return await validator.async_validate_path()
    except (PathError, ValidationError) as error:
        raise Unproven(signature.field_name) from error


async def _released(work: Awaitable[Result], context: ValidationContext | None) -> Result:
    """The connections that a context opened are closed with it."""
    try:
        return await work
    finally:
        if context is not None:
            # pyhanko-certvalidator says it is typed and leaves this method bare
            await context.aclose()  # type: ignore[no-untyped-call]


def _context(authority: Authority, at: datetime) -> ValidationContext:
    options: dict[str, Any] = {"allow_fetching": True} if authority.fetches else {"moment": at}
    return ValidationContext(
        trust_roots=[cert for root in authority.roots for cert in load_certs_from_pemder_data(root)],
        crls=list(authority.revocations),
        revocation_mode="require",
        **options,
    )
