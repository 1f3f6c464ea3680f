"""The assembly, its people and its papers as they stood at the convocation. Holds no state of the sitting."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.ids import ItemId, PersonId


class Body(StrEnum):
    """Which deliberative body sits."""

    COUNCIL = "council"
    STANDING_COMMITTEE = "cpr"
    TENDER_COMMITTEE = "cao"
    DEPARTMENT = "department"
    DEPARTMENT_COMMITTEE = "department_committee"
    EPCI = "epci"
    """A grouping of municipalities with its own taxes."""
    ASSOCIATION = "association"
    """Anybody who is no French local authority: its own rules are its law."""


class Mode(StrEnum):
    """Where the members are."""

    ROOM = "room"
    HYBRID = "hybrid"
    REMOTE = "remote"


class Regime(StrEnum):
    """Which law is asked for, where a body in a mode has several."""

    ORDINARY = "ordinary"
    EMERGENCY_2020 = "emergency_2020"
    WRITTEN_EXCHANGE = "written_exchange"


class Civility(StrEnum):
    """How French minutes address a person."""

    MRS = "Mme"
    MR = "M."


class Role(StrEnum):
    """What a person is on the roll of this sitting."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    SECRETARY = "secretary"
    """A member proposed for sitting secretary; the office itself is given in the sitting."""
    CLERK = "clerk"
    ADVISOR = "advisor"
    SUPPORT = "support"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of the roll, frozen with the names and offices of that day."""

    id: PersonId
    civility: Civility
    first_name: str
    last_name: str
    group: str = ""
    office: str = ""
    role: Role = Role.MEMBER
    votes: bool = False
    """Holds a seat with a vote. A substitute does not: he votes only while he sits for ``substitute_for``."""
    substitute_for: PersonId | None = None

    @property
    def full_name(self) -> str:
        """First name then last name, as on a ballot paper."""
        return f"{self.first_name} {self.last_name}".strip()


class ItemKind(StrEnum):
    """What is put to the assembly."""

    REPORT = "report"
    AMENDMENT = "amendment"
    MOTION = "motion"
    ELECTION = "election"
    AWARD = "award"
    INFORMATION = "information"


class LegalSubject(StrEnum):
    """Subjects that the law treats apart (CGCT L. 4132-9-1 al. 4)."""

    ORDINARY = ""
    PRESIDENCY_ELECTION = "presidency_election"
    PERMANENT_COMMISSION = "permanent_commission"
    INITIAL_BUDGET = "initial_budget"
    COMMISSIONS = "commissions"
    OUTSIDE_BODIES = "outside_bodies"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of the summons, with the text put to the vote."""

    id: ItemId
    number: str
    title: str
    kind: ItemKind = ItemKind.REPORT
    rapporteur: str = ""
    commission: str = ""
    opinion: str = ""
    parent: ItemId | None = None
    confidential: bool = False
    legal_subject: LegalSubject = LegalSubject.ORDINARY
    matter_code: str = ""
    visas: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
