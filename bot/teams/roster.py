"""What Teams says of people and meetings, read from the JSON of its answers.

Answers for: tolerance of their spelling. Leaves to the electoral roll what any of it means: a role here gives no right.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.teams.activity import mapping, text

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMember:
    """Somebody who may read the chat; not necessarily somebody who is in the meeting."""

    user_id: str
    account: str | None
    name: str
    email: str | None
    upn: str | None
    tenant_id: str | None
    role: str
    """`user`, `guest` or `anonymous`."""

    @classmethod
    def read(cls, wire: Json) -> "RosterMember":
        """From a member of the roster, where the object id goes by either of its names."""
        account = text(wire.get("aadObjectId")) or text(wire.get("objectId"))
        tenant = text(wire.get("tenantId"))
        return cls(
            user_id=text(wire.get("id")) or "",
            account=account.casefold() if account else None,
            name=text(wire.get("name")) or "",
            email=text(wire.get("email")),
            upn=text(wire.get("userPrincipalName")),
            tenant_id=tenant.casefold() if tenant else None,
            role=(text(wire.get("userRole")) or "user").casefold(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody's part in a meeting at this moment: never to be kept."""

    member: RosterMember
    role: str
    """`organizer`, `presenter` or `attendee`; empty when Teams does not say."""
    is_in_meeting: bool

    @classmethod
    def read(cls, wire: Json) -> "Participant":
        """From the participant call, whose keys may carry a stray space."""
        meeting = {key.strip(): value for key, value in mapping(wire.get("meeting")).items()}
        return cls(
            member=RosterMember.read(mapping(wire.get("user"))),
            role=(text(meeting.get("role")) or "").strip().casefold(),
            is_in_meeting=meeting.get("inMeeting") is True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A scheduled meeting."""

    id: str
    graph_id: str | None
    """The id that Graph knows it by, for the attendance report."""
    title: str
    join_url: str | None
    starts: str | None
    ends: str | None
    organizer: str | None
    """The organizer's Entra object id."""
    conversation_id: str | None

    @classmethod
    def read(cls, wire: Json) -> "Meeting":
        """From the meeting call; times are left as Teams writes them."""
        details = mapping(wire.get("details"))
        return cls(
            id=text(details.get("id")) or "",
            graph_id=text(details.get("msGraphResourceId")),
            title=text(details.get("title")) or "",
            join_url=text(details.get("joinUrl")),
            starts=text(details.get("scheduledStartTime")),
            ends=text(details.get("scheduledEndTime")),
            organizer=text(mapping(wire.get("organizer")).get("aadObjectId")),
            conversation_id=text(mapping(wire.get("conversation")).get("id")),
        )
