"""The files that a package starts from: ``manifest/`` of a source tree, or its copy in the wheel."""

import json
from collections.abc import Mapping
from pathlib import Path

ICONS = ("color.png", "outline.png")
TEMPLATE = "manifest.json"

_IN_WHEEL = Path(__file__).parent / "files"
_IN_TREE = Path(__file__).parents[2] / "manifest"


def read(name: str) -> bytes:
    """One of the files above."""
    return ((_IN_WHEEL if _IN_WHEEL.is_dir() else _IN_TREE) / name).read_bytes()


def consents() -> Mapping[str, str]:
    """What the app asks of each chat that it is added to: the name of each permission, and its type."""
    asked = json.loads(read(TEMPLATE))["authorization"]["permissions"]["resourceSpecific"]
    return {one["name"]: one["type"].lower() for one in asked}
