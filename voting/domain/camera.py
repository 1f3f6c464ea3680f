"""Whether the public may follow, and who asks that it leave (R33)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from voting.domain.events.cameras import CameraEvent, InCameraBegun, InCameraEnded, InCameraRequested
from voting.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """The request that waits for its vote, and since when the public is out."""

    asking: tuple[PersonId, ...] = ()
    stands: bool = False
    """Enough have asked: it is put to the vote before anything else."""
    since: datetime | None = None
    """None: the sitting is as public as its law makes it."""

    def after(self, event: CameraEvent) -> "Camera":
        """The next state."""
        match event:
            case InCameraRequested():
                asking = (*self.asking, event.person)
                return replace(self, asking=asking, stands=len(asking) >= event.needed)
            case InCameraBegun():
                return replace(self, since=event.at)
            case InCameraEnded():
                return replace(self, since=None)
            case _:
                assert_never(event)

    def answered(self) -> "Camera":
        """The assembly has voted on the request, one way or the other."""
        return replace(self, asking=(), stands=False)
