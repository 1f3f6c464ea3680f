"""The lawful no around sitting in camera (R33)."""

from dataclasses import dataclass

from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class InCameraNotFor(Refusal):
    """No text lets this body sit in camera, most often because its sittings are not public."""

    code = "in_camera_not_for"


@dataclass(kw_only=True, eq=False)
class AlreadyInCamera(Refusal):
    """The public is out already."""

    code = "already_in_camera"


@dataclass(kw_only=True, eq=False)
class NotInCamera(Refusal):
    """The sitting is not in camera."""

    code = "not_in_camera"


@dataclass(kw_only=True, eq=False)
class InCameraRequestWaits(Refusal):
    """Enough have asked that the public leave: that is voted first, without debate."""

    code = "in_camera_request_waits"


@dataclass(kw_only=True, eq=False)
class NoInCameraRequest(Refusal):
    """Nobody, or not enough, asked that the public leave."""

    code = "no_in_camera_request"
