"""What minutes state, as data: codes, figures, names and instants. No sentence and no layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from voting.domain import events as e
from voting.domain.assembly import AgendaItem, Member
from voting.domain.attendance import Interval, Presence
from voting.domain.events.exchange import ExchangeEvent
from voting.domain.events.minuting import LifeEvent
from voting.domain.ids import IncidentId, ItemId, OptionId, PersonId, RequestId
from voting.domain.majorities import SIMPLE
from voting.domain.polls import Ballot, Mandate, Purpose, Terms
from voting.domain.proxies import ProxyEnd
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import VotingMethod
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """An arrival, a departure or a change of place during the sitting."""

    at: datetime
    person: PersonId
    before: Presence
    after: Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyTerm:
    """A proxy while it gave a vote: from its acceptance on. ``ended`` is None when it lasted to the end."""

    grantor: PersonId
    holder: PersonId
    since: datetime
    until: datetime | None = None
    ended: ProxyEnd | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaking turn."""

    request: RequestId
    at: datetime
    until: datetime | None
    person: PersonId
    kind: FloorKind
    poll: int | None = None
    """The number of the poll during which it was given: it was about that poll alone (R59)."""
    paused_at: datetime | None = None
    idle: timedelta = timedelta()
    """How long its clock stood still."""
    said: tuple[str, ...] = ()
    """Its substance, in paragraphs, as the clerk wrote it; empty while nothing is written."""

    @property
    def spoken(self) -> timedelta | None:
        """The time used; None while it runs."""
        return None if self.until is None else (self.paused_at or self.until) - self.at - self.idle


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFact:
    """One incident, as the staff told it."""

    id: IncidentId
    at: datetime
    """The hour at which it happened."""
    text: tuple[str, ...]
    """In paragraphs."""
    item: ItemId | None
    person: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A pause of the sitting begins."""

    at: datetime
    reason: str
    asked_by: PersonId | None
    """Who had asked for it; None: nobody but the chair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption:
    """It ends."""

    at: datetime
    quorum: QuorumCheck
    lasted: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall:
    """The call by name: its times, who was missing, the quorum found."""

    opened_at: datetime
    closed: e.RollCallClosed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """One poll from its opening to its proclamation or annulment. ``ballots`` holds the voice that counts."""

    opened: e.PollOpened
    ballots: Mapping[PersonId, Ballot]
    recused: tuple[PersonId, ...]
    """Who had withdrawn from the item when the poll opened."""
    closed: e.PollClosed | None = None
    proclaimed: e.ResultProclaimed | None = None
    annulled: e.PollAnnulled | None = None
    papers: e.PapersCounted | None = None
    marked: tuple[PersonId, ...] = ()
    """The marked register of a secret ballot, where one was kept."""
    option_papers: e.OptionPapersCounted | None = None
    """Those of a secret choice among several."""
    elder: e.ElderStated | None = None
    """Who was said to be the older one of those who were equal, and by whom."""
    chosen: e.ContestProclaimed | None = None
    """The proclamation of a choice among several."""

    @property
    def at(self) -> datetime:
        """When it was opened: its place in the account."""
        return self.opened.at

    @property
    def decides_item(self) -> bool:
        """Whether it is the vote on the item itself."""
        return self.opened.purpose is Purpose.ITEM

    @property
    def items(self) -> tuple[ItemId, ...]:
        """Everything that it decides: several where items are voted together."""
        return (self.opened.item, *self.opened.also)

    @property
    def is_secret(self) -> bool:
        """On paper: there is no name to print."""
        return self.opened.method is VotingMethod.SECRET

    @property
    def terms(self) -> Terms:
        """By what it is decided."""
        counted = zip(self.opened.colleges, self.closed.colleges if self.closed else (), strict=False)
        return Terms(
            majority=self.opened.majority or SIMPLE,
            casting_vote=self.opened.casting_vote,
            colleges=tuple(counted),
            is_amended=bool(self.opened.amended_by),
        )

    def mandates(self, choice: Choice | None) -> tuple[Mandate, ...]:
        """The voices that answered so, in the order of the roll; None asks for those that gave no answer."""
        return tuple(m for m in self.opened.electorate if self.choice_of(m.member) is choice)

    @property
    def final(self) -> e.ResultProclaimed | e.ContestProclaimed | None:
        """The proclamation, whatever was asked."""
        return self.proclaimed or self.chosen

    def choosing(self, option: OptionId) -> tuple[Mandate, ...]:
        """The voices for that option, in the order of the roll."""
        return tuple(m for m in self.opened.electorate if self.option_of(m.member) == option)

    def option_of(self, member: PersonId) -> OptionId | None:
        """For whom or for what that voice is, where one is chosen among several."""
        ballot = self.ballots.get(member)
        return ballot.option if ballot is not None else None

    def choice_of(self, member: PersonId) -> Choice | None:
        """What counts for that voice."""
        ballot = self.ballots.get(member)
        return ballot.choice if ballot else None


Entry = (
    Movement
    | Turn
    | IncidentFact
    | PollRecord
    | e.ProxyAccepted
    | e.ProxyEnded
    | e.ProxyStarted
    | e.RecusalDeclared
    | e.SecretBallotRequested
    | e.RecordedBallotRequested
    | e.InCameraRequested
    | e.InCameraBegun
    | e.InCameraEnded
    | e.SpeakersListClosed
    | e.ItemPostponed
    | e.SecretaryAppointed
    | e.ChairHandedOver
    | e.ClosureRequested
    | e.ClosureDeclined
    | e.DebateClosed
    | e.SuspensionRequested
    | e.SuspensionDeclined
    | Suspension
    | Resumption
    | e.StatementRecorded
    | e.ItemMoved
    | e.AmendmentsOrdered
    | e.ItemMoot
    | e.BlockFormed
    | e.BlockItemRemoved
    | e.BallotUncovered
    | e.UnopposedDeclared
    | ExchangeEvent
)
"""One thing told at its place in the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAccount:
    """An item as it was taken: called, debated, voted or left."""

    item: AgendaItem
    called: e.ItemCalled
    entries: tuple[Entry, ...]
    is_resumed: bool = False
    """It had been left before, for an amendment or another item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Everything that is printed of one sitting. Missing instants mean that the sitting has not come to them yet."""

    convened: e.SittingConvened
    opened: e.SittingOpened | None
    closed: e.SittingClosed | None
    not_held: e.SittingNotHeld | None
    """Over without having been opened, for want of a quorum."""
    leads: PersonId | None
    """Who chairs at the end of these events."""
    stated: tuple[e.StatementRecorded, ...]
    """What was stated before the opening."""
    early: tuple[IncidentFact, ...]
    """The incidents of before the opening; all of them when there was none."""
    secretary: PersonId | None
    roll_call: RollCall | None
    stays: Mapping[PersonId, tuple[Interval, ...]]
    terms: tuple[ProxyTerm, ...]
    preamble: tuple[Entry, ...]
    """What happened after the opening and before the first item."""
    accounts: tuple[ItemAccount, ...]
    not_taken: tuple[ItemId, ...]
    life: tuple[LifeEvent, ...] = ()
    """What was done with the document after the sitting."""

    @property
    def roll(self) -> dict[PersonId, Member]:
        """Everybody on the roll, by id, in its order."""
        return {m.id: m for m in self.convened.members}

    @property
    def items(self) -> dict[ItemId, AgendaItem]:
        """The agenda by id, in its order."""
        return {i.id: i for i in self.convened.items}

    @property
    def chair(self) -> PersonId | None:
        """Who opened the sitting in the chair, or had it when it could not be held."""
        if self.opened is not None:
            return self.opened.chair
        return self.leads if self.not_held is not None else None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Every speaking turn in order, on items and between them."""
        told = (self.preamble, *(a.entries for a in self.accounts))
        return tuple(entry for entries in told for entry in entries if isinstance(entry, Turn))

    @property
    def moot(self) -> frozenset[ItemId]:
        """The amendments that lost their object."""
        told = (entry for a in self.accounts for entry in a.entries)
        return frozenset(x.item for x in (*self.preamble, *told) if isinstance(x, e.ItemMoot))

    @property
    def polls(self) -> tuple[PollRecord, ...]:
        """Every poll of the sitting in order, annulled ones included."""
        return tuple(entry for a in self.accounts for entry in a.entries if isinstance(entry, PollRecord))
