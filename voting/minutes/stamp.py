"""What is seen of a signature on the page: who, in which capacity, when. Set by Typst, tagged by nobody."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Final

import typst
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp.static import StaticStampStyle

from voting.minutes.fields import BOX_HEIGHT, BOX_WIDTH
from voting.minutes.glyphs import legible
from voting.minutes.scribe import Scribe, sentence
from voting.minutes.signatories import Signatory

_HERE: Final = Path(__file__).parent
_WHOLE_BOX: Final = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins()
)


class _Stamp(PdfContent):
    """A page set by Typst as the appearance of a signature: the library's own text has wrong glyph widths."""

    def __init__(self, page: bytes) -> None:
        super().__init__(box=BoxConstraints(width=BOX_WIDTH, height=BOX_HEIGHT))
        self._page = page

    def render(self) -> bytes:
        writer = self._ensure_writer
        self.resources.xobject["/Stamp"] = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        return b"/Stamp Do"


def stamp_style(signatory: Signatory, at: datetime, writer: Scribe, *, is_demonstration: bool) -> StaticStampStyle:
    """The appearance of that signature, over the whole box."""
    page = _page(signatory, at, writer, is_demonstration=is_demonstration)
    return StaticStampStyle(background=_Stamp(page), background_layout=_WHOLE_BOX, border_width=0)


def capacity(signatory: Signatory, writer: Scribe) -> str:
    """In which capacity that person signs, in words that agree."""
    return sentence(writer.people.word(f"minutes.signature.{signatory.capacity.value}", signatory.person)).rstrip(".")


def _page(signatory: Signatory, at: datetime, writer: Scribe, *, is_demonstration: bool) -> bytes:
    texts = writer.texts
    local = writer.calendar.local(at)
    data = {
        "language": texts.language,
        "opening": texts("minutes.signature.stamp"),
        "name": writer.people.full(signatory.person),
        "capacity": capacity(signatory, writer),
        "moment": texts(
            "minutes.signature.stamp.at", date=writer.calendar.day(local.date()), hour=writer.calendar.hour(at)
        ),
        "warning": texts("minutes.signature.stamp.demo") if is_demonstration else "",
    }
    page = typst.compile(
        str(_HERE / "templates" / "stamp.typ"),
        root=str(_HERE / "templates"),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"stamp": json.dumps(legible(data), ensure_ascii=False)},
        format="pdf",
        timestamp=0,
        pdf_tags=False,
    )
    return page
