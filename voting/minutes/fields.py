"""Lays empty, tagged signature fields over the places that the document keeps for them.

They exist before anybody signs: a field added by the signing library would be untagged, and the file no longer PDF/UA.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

BOX_WIDTH, BOX_HEIGHT = 215, 74
"""Size of a signature box in points, as the template draws it."""
_PRINTED_LOCKED = 4 + 128
"""Annotation flags: it prints, and it cannot be moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a field goes: its page from 1, and its upper left corner in points from the upper left of the page."""

    field: str
    label: str
    page: int
    x: float
    y: float


def prepare(pdf: bytes, places: Iterable[Place], seal: tuple[str, str]) -> bytes:
    """The same document with those fields and the invisible one of the archival timestamp; same bytes every time.

    The last signature locks everything but the timestamp.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tags = _Tags(document)
        fields = [_box(document, tags, place) for place in places]
        seal_name, seal_label = seal
        if fields:
            fields[-1].Lock = _lock(document, seal_name)
        fields.append(_field(document, tags, document.pages[-1], seal_name, seal_label, (0.0, 0.0, 0.0, 0.0)))
        tags.finish()
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array(fields), SigFlags=3))
        target = io.BytesIO()
        document.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target.getvalue()


class _Tags:
    """The structure tree while fields are added to it."""

    def __init__(self, document: Pdf) -> None:
        self._document = document
        self._tree = document.Root.StructTreeRoot
        kids = self._tree.K
        self._root = kids[0] if isinstance(kids, Array) else kids
        self._next = max(int(self._tree.get(Name.ParentTreeNextKey, 0)), _highest(self._tree.ParentTree) + 1)

    def add(self, widget: Object, page: Page, label: str) -> None:
        """A ``Form`` element that holds the widget, findable from it by its key."""
        widget.StructParent = self._next
        reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
        element = self._document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Form, P=self._root, Pg=page.obj, Alt=String(label), K=reference)
        )
        self._adopt(element)
        self._index(element)
        self._next += 1

    def finish(self) -> None:
        """Says which key is free."""
        self._tree.ParentTreeNextKey = self._next

    def _adopt(self, element: Object) -> None:
        if isinstance(self._root.K, Array):
            self._root.K.append(element)
        else:
            self._root.K = Array([self._root.K, element])

    def _index(self, element: Object) -> None:
        parents = self._tree.ParentTree
        entry = Array([self._next, element])
        if Name.Nums in parents:
            parents.Nums.extend(entry)
        else:
            leaf = Dictionary(Limits=Array([self._next, self._next]), Nums=entry)
            parents.Kids.append(self._document.make_indirect(leaf))


def _highest(node: Object) -> int:
    own = [int(key) for key in list(node.get(Name.Nums, []))[0::2]]
    return max([-1, *own, *(_highest(kid) for kid in node.get(Name.Kids, []))])


def _box(document: Pdf, tags: _Tags, place: Place) -> Object:
    page = document.pages[place.page - 1]
    left, top = place.x, float(page.mediabox[3]) - place.y
    corners = (left, top - BOX_HEIGHT, left + BOX_WIDTH, top)
    widget = _field(document, tags, page, place.field, place.label, corners)
    blank = document.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, BOX_WIDTH, BOX_HEIGHT]), Resources=Dictionary()
    )
    widget.AP = Dictionary(N=blank)
    return widget


def _field(
    document: Pdf, tags: _Tags, page: Page, name: str, label: str, corners: tuple[float, float, float, float]
) -> Object:
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(name),
            TU=String(label),
            Contents=String(label),
            F=_PRINTED_LOCKED,
            Rect=Array([round(c, 2) for c in corners]),
            P=page.obj,
        )
    )
    tags.add(widget, page, label)
    if Name.Annots not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(widget)
    page.obj.Tabs = Name.S
    return widget


def _lock(document: Pdf, but: str) -> Object:
    return document.make_indirect(
        Dictionary(Type=Name.SigFieldLock, Action=Name.Exclude, Fields=Array([String(but)]), P=1)
    )
