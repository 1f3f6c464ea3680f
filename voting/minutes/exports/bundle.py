"""Several papers in one file, so that a browser fetches them at once. The same papers give the same bytes."""

import io
import zipfile
from collections import Counter
from collections.abc import Sequence

from voting.minutes.exports.paper import Paper

ZIP = "application/zip"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first day that the format knows."""


def bundle(papers: Sequence[Paper], name: str) -> Paper:
    """That one paper; of several, an archive of that name."""
    if len(papers) == 1:
        return papers[0]
    out, seen = io.BytesIO(), Counter[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            seen[paper.name] += 1
            inside = zipfile.ZipInfo(_distinct(paper.name, seen[paper.name]), _LONG_AGO)
            archive.writestr(inside, paper.content, zipfile.ZIP_DEFLATED)
    return Paper(name=name, kind=ZIP, content=out.getvalue())


def _distinct(name: str, times: int) -> str:
    """A second vote on the same item has an extract of the same name."""
    stem, dot, ending = name.rpartition(".")
    return name if times == 1 else f"{stem}-{times}{dot}{ending}"
