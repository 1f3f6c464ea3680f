"""The books of training and help in memory: gone with the process. For trying things out, and for tests."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from voting.domain.ids import PersonId, SittingId
from voting.service.ports import Aside, Attempt, Exercise, HelpRequest, HelpState, Rehearsal, Trainee


class MemoryRehearsals:
    """Satisfies ``RehearsalBook``."""

    def __init__(self) -> None:
        """None yet."""
        self._all: dict[SittingId, Rehearsal] = {}

    async def keep(self, rehearsal: Rehearsal) -> None:
        """Add or replace, one per sitting."""
        self._all[rehearsal.sitting] = rehearsal

    async def all(self) -> tuple[Rehearsal, ...]:
        """In the order in which they were opened."""
        return tuple(sorted(self._all.values(), key=lambda r: (r.opened_at, r.sitting)))


class MemoryReadiness:
    """Satisfies ``ReadinessBook``."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._trainees: dict[SittingId, tuple[Trainee, ...]] = {}
        self._attempts: dict[SittingId, dict[tuple[PersonId, Exercise], Attempt]] = {}

    async def enrol(self, rehearsal: SittingId, trainees: Iterable[Trainee]) -> None:
        """Those who are expected, in the order of the roll."""
        self._trainees[rehearsal] = tuple(trainees)

    async def trainees(self, rehearsal: SittingId) -> tuple[Trainee, ...]:
        """In the order of the roll."""
        return self._trainees.get(rehearsal, ())

    async def note(self, rehearsal: SittingId, attempt: Attempt) -> None:
        """Add or replace, one per (rehearsal, person, exercise)."""
        self._attempts.setdefault(rehearsal, {})[attempt.person, attempt.exercise] = attempt

    async def attempts(self, rehearsal: SittingId) -> tuple[Attempt, ...]:
        """All of them."""
        return tuple(self._attempts.get(rehearsal, {}).values())


class MemoryHelp:
    """Satisfies ``HelpBook``."""

    def __init__(self) -> None:
        """Nobody asked yet."""
        self._requests: dict[str, HelpRequest] = {}
        self._phones: dict[SittingId, Mapping[PersonId, str]] = {}

    async def put(self, request: HelpRequest) -> None:
        """Add or replace, one per id."""
        self._requests[request.id] = request

    async def take(self, request: str, by: PersonId, at: datetime) -> HelpRequest | None:
        """The request once that person looks after it, or whoever was first."""
        found = self._requests.get(request)
        if found is not None and found.state is HelpState.WAITING:
            found = self._requests[request] = replace(found, state=HelpState.TAKEN, taken_by=by, taken_at=at)
        return found

    async def of(self, sitting: SittingId) -> tuple[HelpRequest, ...]:
        """In the order in which they were asked."""
        found = (request for request in self._requests.values() if request.sitting == sitting)
        return tuple(sorted(found, key=lambda r: (r.asked_at, r.id)))

    async def keep_phones(self, sitting: SittingId, phones: Mapping[PersonId, str]) -> None:
        """The numbers of that roll, in place of those before."""
        self._phones[sitting] = dict(phones)

    async def phones(self, sitting: SittingId) -> Mapping[PersonId, str]:
        """By person, for those who have one."""
        return self._phones.get(sitting, {})

    async def erase(self, sitting: SittingId) -> int:
        """Forget the requests of that sitting and the numbers of its roll; how many requests there were."""
        gone = [name for name, request in self._requests.items() if request.sitting == sitting]
        for name in gone:
            del self._requests[name]
        self._phones.pop(sitting, None)
        return len(gone)


def memory_aside() -> Aside:
    """Three empty books."""
    return Aside(rehearsals=MemoryRehearsals(), readiness=MemoryReadiness(), help=MemoryHelp())
