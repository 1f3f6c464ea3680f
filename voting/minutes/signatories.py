"""Who signs the minutes, in order, and the name of the PDF field that waits for each."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.assembly import Body
from voting.domain.ids import PersonId
from voting.minutes.facts import Minutes
from voting.minutes.presence import deliberative, was_present

SEAL_FIELD = "Horodatage_1"
"""The field of the archival timestamp, made empty with the others: a later one would be untagged."""


class Capacity(StrEnum):
    """In which capacity somebody signs."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """One signature that the document waits for."""

    person: PersonId
    capacity: Capacity

    @property
    def field(self) -> str:
        """The name of its field. It says who: a verifier compares it with the journal."""
        return f"Signature_{self.capacity.value}_{self.person}"


def signatories(minutes: Minutes) -> tuple[Signatory, ...]:
    """The chair first, who certifies; then the secretary (CGCT L. 4132-12), or the voting members of a CAO (R53)."""
    signing: dict[PersonId, Capacity] = {}
    if minutes.chair is not None:
        signing[minutes.chair] = Capacity.CHAIR
    if minutes.convened.body is Body.TENDER_COMMITTEE:
        voting = deliberative(minutes)
        for member in minutes.convened.members:
            if member.id in voting and was_present(minutes, member.id):
                signing.setdefault(member.id, Capacity.MEMBER)
    elif minutes.secretary is not None:
        signing.setdefault(minutes.secretary, Capacity.SECRETARY)
    return tuple(Signatory(person=person, capacity=capacity) for person, capacity in signing.items())
