"""From the document as it was made to the first signed revision: a signature was put on it, and nothing else.

Later revisions are held by the signatures before them; this first step by none, and whoever signs sees its result.
"""

from collections.abc import Iterable

from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.commons import compare_key_refs, qualify_transforming
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON

from voting.verify.container import Container
from voting.verify.faults import Unreadable, reading
from voting.verify.reader import Reader

_PERMISSIONS = "/Perms"


class _FirstPermissions(QualifiedWhitelistRule):
    """The first signature may certify: the library's own rules are for what follows a certification."""

    def apply_qualified(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """See the base class."""
        if _PERMISSIONS in old.root or set(new.root.get(_PERMISSIONS, {})) - {"/DocMDP"}:
            raise SuspiciousModification("permissions that are not those of a first certification")
        if _PERMISSIONS in new.root:
            yield from qualify_transforming(
                ModificationLevel.LTA_UPDATES,
                compare_key_refs(_PERMISSIONS, old, old.root, new.root),
                transform=ReferenceUpdate,
            )


_POLICY = StandardDiffPolicy(
    global_rules=[
        # pyHanko leaves both constructors bare
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {_PERMISSIONS}),  # type: ignore[no-untyped-call]
        _FirstPermissions(),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),  # type: ignore[no-untyped-call]
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule([SigFieldModificationRule()]),
)
"""One of the fields that the document announces is filled; no field is added, no other one touched."""


def only_signed(container: Container) -> bool:
    """Whether the first signature was put on the document without changing anything of it."""
    try:
        return reading(lambda: _only_signed(container.base.raw))
    except Unreadable:
        return False


def _only_signed(raw: bytes) -> bool:
    """Reviews each revision up to the first signed one; a file signed as it was made has none before."""
    review = _POLICY.review_file(Reader(raw), 0)
    return not isinstance(review, SuspiciousModification)
