"""The lawful no of whoever tells an incident."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class IncidentUnknown(Refusal):
    """No incident of this sitting has that number."""

    code = "incident_unknown"


@dataclass(kw_only=True, eq=False)
class IncidentOutside(Refusal):
    """That hour is not one of this sitting: it has not come, or the sitting was over."""

    code = "incident_outside"
    until: datetime
    """The latest hour that may be told."""


@dataclass(kw_only=True, eq=False)
class IncidentTooLong(Refusal):
    """More than the telling of an incident holds."""

    code = "incident_too_long"
    length: int
    most: int
