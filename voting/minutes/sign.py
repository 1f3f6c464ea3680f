"""Signs prepared minutes: the chair certifies, the others approve, an archival timestamp closes (PAdES B-LTA).

The file stays PDF/A-3a and PDF/UA-1 after each signature. Three habits of pyHanko 0.38 are worked around, each one
where it is met; the tests hold the result, so that a new version shows.
"""

import asyncio
import io
import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import typst
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfTimeStamper,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.stamp.static import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from voting.domain.ids import PersonId
from voting.minutes.facts import Minutes
from voting.minutes.fields import BOX_HEIGHT, BOX_WIDTH
from voting.minutes.scribe import Scribe, scribe, sentence
from voting.minutes.signatories import SEAL_FIELD, Capacity, Signatory, signatories
from voting.minutes.signers import Authority, Signer
from voting.wording import catalogue

_HERE: Final = Path(__file__).parent
_DIGEST: Final = "sha256"
_WHOLE_BOX: Final = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins()
)

# It warns at each signature that nothing is fetched: that is what we ask for.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)


class SignerMissing(LookupError):
    """Somebody who must sign has nothing to sign with."""

    def __init__(self, person: PersonId) -> None:
        super().__init__(person)
        self.person = person


def sign(
    prepared: bytes,
    minutes: Minutes,
    signers: Mapping[PersonId, Signer],
    authority: Authority,
    at: datetime,
    *,
    language: str = "fr",
) -> bytes:
    """Every signature that those minutes wait for, in order, then the archival timestamp. Runs a loop of its own."""
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
    """One signature more, in its own revision, with all that proves it later (B-LT)."""
    return asyncio.run(_add_signature(pdf, signatory, signer, authority, at, writer))


def seal(pdf: bytes, authority: Authority, at: datetime) -> bytes:
    """The archival timestamp over everything before it (B-LTA)."""
    return asyncio.run(_seal(pdf, authority, at))


class _Writer(IncrementalPdfFileWriter):
    """Leaves XMP alone: rewritten by the library, its description of PDF/UA extension schemas is no longer valid."""

    def _update_meta(self) -> None:
        pass


class _Stamp(PdfContent):
    """A page set by Typst as the appearance of a signature: the library's own text has wrong glyph widths."""

    def __init__(self, page: bytes) -> None:
        super().__init__(box=BoxConstraints(width=BOX_WIDTH, height=BOX_HEIGHT))
        self._page = page

    def render(self) -> bytes:
        writer = self._ensure_writer
        self.resources.xobject["/Stamp"] = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        return b"/Stamp Do"


async def _add_signature(
    pdf: bytes, signatory: Signatory, signer: Signer, authority: Authority, at: datetime, writer: Scribe
) -> bytes:
    certifies = signatory.capacity is Capacity.CHAIR
    metadata = PdfSignatureMetadata(
        field_name=signatory.field,
        md_algorithm=_DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=_capacity(signatory, writer),
        certify=certifies,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        embed_validation_info=True,
        validation_context=_context(authority, at),
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    style = StaticStampStyle(
        background=_Stamp(_stamp(signatory, signer, at, writer)), background_layout=_WHOLE_BOX, border_width=0
    )
    machine = PdfSigner(metadata, signer.cms_signer(), timestamper=authority.timestamper, stamp_style=style)
    session = machine.init_signing_session(_Writer(io.BytesIO(pdf)), existing_fields_only=True)
    session.system_time = at
    checked = await session.perform_presign_validation()
    room = await session.estimate_signature_container_size(checked)
    document = session.prepare_tbs_document(checked, room)
    digest, output = document.digest_tbs_document()
    await document.perform_signature(
        digest.document_digest, PdfCMSSignedAttributes(signing_time=at, cades_signed_attrs=CAdESSignedAttrSpec())
    )
    output.seek(0)
    signed: bytes = output.read()
    return signed


async def _seal(pdf: bytes, authority: Authority, at: datetime) -> bytes:
    output = io.BytesIO()
    await PdfTimeStamper(authority.timestamper, field_name=SEAL_FIELD).async_timestamp_pdf(
        _Writer(io.BytesIO(pdf)),
        _DIGEST,
        _context(authority, at),
        output=output,
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )
    return output.getvalue()


def _context(authority: Authority, at: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=[cert for root in authority.roots for cert in load_certs_from_pemder_data(root)],
        crls=list(authority.revocations),
        moment=at,
        allow_fetching=False,
        revocation_mode="require",
    )


def _capacity(signatory: Signatory, writer: Scribe) -> str:
    return sentence(writer.people.word(f"minutes.signature.{signatory.capacity.value}", signatory.person)).rstrip(".")


def _stamp(signatory: Signatory, signer: Signer, at: datetime, writer: Scribe) -> bytes:
    texts = writer.texts
    local = writer.calendar.local(at)
    data = {
        "language": texts.language,
        "opening": texts("minutes.signature.stamp"),
        "name": writer.people.full(signatory.person),
        "capacity": _capacity(signatory, writer),
        "moment": texts(
            "minutes.signature.stamp.at", date=writer.calendar.day(local.date()), hour=writer.calendar.hour(at)
        ),
        "warning": texts("minutes.signature.stamp.demo") if signer.is_demonstration else "",
    }
    page = typst.compile(
        str(_HERE / "templates" / "stamp.typ"),
        root=str(_HERE / "templates"),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"stamp": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        timestamp=0,
        pdf_tags=False,
    )
    return page
