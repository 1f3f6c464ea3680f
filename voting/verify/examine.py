"""Puts every signature of the file through pyHanko, once, with the analysis of what was added after it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from cryptography import x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    ModificationInfo,
    PdfSignatureStatus,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from voting.verify.anchors import Anchors
from voting.verify.container import Container, is_seal
from voting.verify.faults import Unreadable, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found of one signature or document timestamp. All false when it could not even be read."""

    field: str
    is_seal: bool
    signer: str = ""
    """The common name of the certificate."""
    intact: bool = False
    """The bytes that it covers are those that were signed."""
    valid: bool = False
    """The signature value is the certificate's."""
    trusted: bool = False
    revoked: bool = False
    expired: bool = False
    """Its certificate was not valid at the time for which it is judged."""
    certifies: bool = False
    """Made by the author: from there on, nothing but signatures may be added."""
    unchanged: bool = False
    """Only what it allows was added after it."""
    time: datetime | None = None
    """When, by a timestamp; None when no timestamp says so."""
    time_holds: bool = True
    """Its own timestamp, if there is one, is intact."""
    time_trusted: bool = False
    """The timestamp comes from a service that the caller trusts."""


def examine(container: Container, anchors: Anchors, now: datetime) -> tuple[Examined, ...]:
    """Every signature in order. Document timestamps are judged now, signatures at the time that those prove."""
    return asyncio.run(_examine(container, anchors, now))


def embedded_certificates(container: Container) -> list[x509.Certificate]:
    """The certificates kept in the document for later checks (DSS); none when there is no such store."""
    store = _store(container)
    if store is None:
        return []
    try:
        return reading(lambda: [x509.load_der_x509_certificate(c.dump()) for c in store.load_certs()])
    except Unreadable:
        return []


async def _examine(container: Container, anchors: Anchors, now: datetime) -> tuple[Examined, ...]:
    store = _store(container)

    def context(moment: datetime) -> ValidationContext:
        options: dict[str, Any] = {
            "trust_roots": anchors.roots(),
            "moment": moment,
            "allow_fetching": False,
            "revocation_mode": "soft-fail",
        }
        return store.as_validation_context(options) if store is not None else ValidationContext(**options)

    found: dict[str, Examined] = {}
    proven = now
    for signature in reversed([s for s in container.signatures if is_seal(s)]):
        seal = await _guarded(signature, partial(_seal, now=now), context)
        found[seal.field] = seal
        if seal.trusted and seal.time is not None:
            proven = min(proven, seal.time)
    for signature in (s for s in container.signatures if not is_seal(s)):
        examined = await _guarded(signature, partial(_signature, moment=proven), context)
        found[examined.field] = examined
    return tuple(found[s.field_name] for s in container.signatures)


_Contexts = Callable[[datetime], ValidationContext]
_Check = Callable[[EmbeddedPdfSignature, _Contexts], Coroutine[Any, Any, Examined]]


async def _guarded(signature: EmbeddedPdfSignature, check: _Check, context: _Contexts) -> Examined:
    """The check, or a signature of which nothing holds when the library trips over it."""
    try:
        return await check(signature, context)
    except Exception:  # a container made to trip the library is a signature that does not hold
        return Examined(field=signature.field_name, is_seal=is_seal(signature))


async def _seal(signature: EmbeddedPdfSignature, context: _Contexts, now: datetime) -> Examined:
    """Its certificate must be valid now. Lists of the revoked are those of its day: what is kept cannot be fresher."""
    status: DocumentTimestampStatus = await async_validate_pdf_timestamp(signature, context(now))
    expired = not _is_valid(signature, now)
    if not (status.trusted or status.revoked or expired) and status.timestamp <= now:
        status = await async_validate_pdf_timestamp(signature, context(status.timestamp))
    return Examined(
        field=signature.field_name,
        is_seal=True,
        signer=_common_name(signature),
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        revoked=status.revoked,
        expired=expired,
        unchanged=_unchanged(status),
        time=status.timestamp,
        time_trusted=status.trusted,
    )


async def _signature(signature: EmbeddedPdfSignature, context: _Contexts, moment: datetime) -> Examined:
    status: PdfSignatureStatus = await async_validate_pdf_signature(signature, context(moment), context(moment))
    token: TimestampSignatureStatus | None = status.timestamp_validity
    return Examined(
        field=signature.field_name,
        is_seal=False,
        signer=_common_name(signature),
        intact=status.intact,
        valid=status.valid,
        trusted=status.trusted,
        revoked=status.revoked,
        expired=not _is_valid(signature, moment),
        certifies=_certifies(signature),
        unchanged=_unchanged(status),
        time=token.timestamp if token is not None else None,
        time_holds=token is None or (token.intact and token.valid),
        time_trusted=token is not None and token.trusted,
    )


def _is_valid(signature: EmbeddedPdfSignature, moment: datetime) -> bool:
    certificate = signature.signer_cert
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def _unchanged(status: ModificationInfo) -> bool:
    """Everything added since is allowed: by the signer's own policy, or at most proofs after a timestamp."""
    if isinstance(status, PdfSignatureStatus):
        return status.docmdp_ok is True
    return status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)


def _certifies(signature: EmbeddedPdfSignature) -> bool:
    """Made by the author, and nothing but signatures may follow: notes on the pages could mislead a reader."""
    references = signature.sig_object.get("/Reference", ())
    transforms = {str(reference.get_object().get("/TransformMethod", "")) for reference in references}
    return "/DocMDP" in transforms and signature.docmdp_level in (MDPPerm.NO_CHANGES, MDPPerm.FILL_FORMS)


def _common_name(signature: EmbeddedPdfSignature) -> str:
    subject = signature.signer_cert.subject.native
    return str(subject.get("common_name", signature.signer_cert.subject.human_friendly))


def _store(container: Container) -> DocumentSecurityStore | None:
    """The proofs kept in the document. Damaged ones are as good as none: the signatures cover them and say so."""
    if not container.signatures:
        return None
    try:
        return reading(lambda: DocumentSecurityStore.read_dss(container.signatures[-1].reader))
    except Unreadable:
        return None
