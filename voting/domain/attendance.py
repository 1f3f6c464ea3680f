"""Who is in the room, and since when: intervals per person. Says nothing of who may vote: ``seats.py`` does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from voting.domain.ids import PersonId


class Presence(StrEnum):
    """Where a person is. *Represented* is not one of them: it follows from a proxy."""

    IN_ROOM = "in_room"
    REMOTE = "remote"
    AUDIO_ONLY = "audio_only"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def is_here(self) -> bool:
        """Takes part in the sitting, in whatever place."""
        return self in (Presence.IN_ROOM, Presence.REMOTE, Presence.AUDIO_ONLY)


class Source(StrEnum):
    """How a fact of a person reached the record."""

    CARD = "card"
    TEXT = "text"
    CLERK = "clerk"
    VOICE = "voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of one presence; ``until`` is None while it lasts."""

    presence: Presence
    since: datetime
    until: datetime | None = None


Register = Mapping[PersonId, tuple[Interval, ...]]


def current(register: Register, person: PersonId) -> Presence:
    """Where that person is now; a person never heard of is absent."""
    intervals = register.get(person)
    return intervals[-1].presence if intervals else Presence.ABSENT


def moved(register: Register, person: PersonId, presence: Presence, at: datetime) -> Register:
    """The register after that person moved; the running interval ends at the same instant."""
    past = register.get(person, ())
    if past:
        past = (*past[:-1], replace(past[-1], until=at))
    return {**register, person: (*past, Interval(presence=presence, since=at))}
