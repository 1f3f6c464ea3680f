"""The files that a package starts from: ``manifest/`` of a source tree, or its copy in the wheel."""

from pathlib import Path

ICONS = ("color.png", "outline.png")
TEMPLATE = "manifest.json"

_IN_WHEEL = Path(__file__).parent / "files"
_IN_TREE = Path(__file__).parents[2] / "manifest"


def read(name: str) -> bytes:
    """One of the files above."""
    return ((_IN_WHEEL if _IN_WHEEL.is_dir() else _IN_TREE) / name).read_bytes()
