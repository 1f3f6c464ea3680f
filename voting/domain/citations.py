"""Where a rule is written, and the law's stance on something. Every answer of a rule set carries one of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule is written."""

    rule: str
    """Our own number of the rule (``R02``), the same in tests and in ``guides/rules``."""
    article: str
    in_force_on: date | None = None
    confirmed: bool = True
    """The wording was read in a source. False must be said wherever the article is shown."""
    url: str = ""


class Stance(StrEnum):
    """What the law says of an item in this kind of sitting."""

    ALLOWED = "allowed"
    WARNED = "warned"
    FORBIDDEN = "forbidden"
