"""The lawful no: a stable code, typed fields, the article. The sentence is made at the edge, from ``bot/texts``."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voting.domain.ids import ItemId, PersonId, PollId
from voting.domain.ruleset import Citation
from voting.domain.sitting import Phase
from voting.domain.tally import Choice


@dataclass(kw_only=True, eq=False)
class Refusal(Exception):
    """Refused by the law or by the state of the sitting; nothing has changed."""

    code: ClassVar[str] = ""

    citation: Citation | None = None

    def __eq__(self, other: object) -> bool:
        """Same refusal with the same facts (tests compare them)."""
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = Exception.__hash__

    def __str__(self) -> str:
        """For developers: the code and its facts."""
        return f"{self.code} {vars(self)}"


@dataclass(kw_only=True, eq=False)
class SittingAlreadyExists(Refusal):
    """Convened twice."""

    code = "sitting_already_exists"


@dataclass(kw_only=True, eq=False)
class SittingUnknown(Refusal):
    """No such sitting."""

    code = "sitting_unknown"


@dataclass(kw_only=True, eq=False)
class WrongPhase(Refusal):
    """The sitting is not in the state that this needs."""

    code = "wrong_phase"
    phase: Phase


@dataclass(kw_only=True, eq=False)
class NotOnTheRoll(Refusal):
    """That person is not on the roll of this sitting."""

    code = "not_on_the_roll"


@dataclass(kw_only=True, eq=False)
class StaffOnly(Refusal):
    """For the clerks, the chair and the appointed secretary."""

    code = "staff_only"


@dataclass(kw_only=True, eq=False)
class ChairOnly(Refusal):
    """For the chair alone."""

    code = "chair_only"
    chair: PersonId


@dataclass(kw_only=True, eq=False)
class NotYours(Refusal):
    """Asked for somebody else, without the right to."""

    code = "not_yours"


@dataclass(kw_only=True, eq=False)
class QuorumNotReached(Refusal):
    """Too few for the body to deliberate."""

    code = "quorum_not_reached"
    counted: int
    required: int


@dataclass(kw_only=True, eq=False)
class SummonsLacksRemote(Refusal):
    """A remote sitting whose summons does not say so (R14)."""

    code = "summons_lacks_remote"


@dataclass(kw_only=True, eq=False)
class ItemForbiddenHere(Refusal):
    """The law keeps that subject out of this kind of sitting (R10)."""

    code = "item_forbidden_here"
    item: ItemId


@dataclass(kw_only=True, eq=False)
class ItemUnknown(Refusal):
    """No such item on the agenda."""

    code = "item_unknown"


@dataclass(kw_only=True, eq=False)
class ItemAlreadySettled(Refusal):
    """Voted or postponed already."""

    code = "item_already_settled"
    item: ItemId


@dataclass(kw_only=True, eq=False)
class NoItemLeft(Refusal):
    """The agenda is exhausted."""

    code = "no_item_left"


@dataclass(kw_only=True, eq=False)
class NoItemUnderDiscussion(Refusal):
    """An item must be called first."""

    code = "no_item_under_discussion"


@dataclass(kw_only=True, eq=False)
class ItemNotVoted(Refusal):
    """An item for information is not put to the vote."""

    code = "item_not_voted"
    item: ItemId


@dataclass(kw_only=True, eq=False)
class NotPresent(Refusal):
    """Has not said that he is here."""

    code = "not_present"
    person: PersonId


@dataclass(kw_only=True, eq=False)
class AlreadyRecorded(Refusal):
    """Nothing to change: it stands already."""

    code = "already_recorded"


@dataclass(kw_only=True, eq=False)
class NoVote(Refusal):
    """Sits without a vote in this body."""

    code = "no_vote"
    person: PersonId


@dataclass(kw_only=True, eq=False)
class ProxiesForbidden(Refusal):
    """No proxy in this body (R44)."""

    code = "proxies_forbidden"


@dataclass(kw_only=True, eq=False)
class ProxyLimitReached(Refusal):
    """That holder has as many as the law allows (R27)."""

    code = "proxy_limit_reached"
    holder: PersonId
    limit: int


@dataclass(kw_only=True, eq=False)
class ProxyToSelf(Refusal):
    """To oneself."""

    code = "proxy_to_self"


@dataclass(kw_only=True, eq=False)
class ProxyChained(Refusal):
    """The holder has given his own vote away, or the grantor holds one (R29)."""

    code = "proxy_chained"
    person: PersonId


@dataclass(kw_only=True, eq=False)
class ProxyAlreadyGiven(Refusal):
    """One proxy at a time: take it back first."""

    code = "proxy_already_given"
    holder: PersonId


@dataclass(kw_only=True, eq=False)
class NoSuchProxy(Refusal):
    """Nothing to accept, refuse or take back."""

    code = "no_such_proxy"


@dataclass(kw_only=True, eq=False)
class RollCallNotOpen(Refusal):
    """No call is running."""

    code = "roll_call_not_open"


@dataclass(kw_only=True, eq=False)
class AlreadyOnTheList(Refusal):
    """Has already asked for the floor."""

    code = "already_on_the_list"
    position: int


@dataclass(kw_only=True, eq=False)
class NotOnTheList(Refusal):
    """Has not asked for the floor."""

    code = "not_on_the_list"


@dataclass(kw_only=True, eq=False)
class ListClosed(Refusal):
    """The speakers' list is closed."""

    code = "list_closed"


@dataclass(kw_only=True, eq=False)
class NobodyWaits(Refusal):
    """The list is empty."""

    code = "nobody_waits"


@dataclass(kw_only=True, eq=False)
class NobodySpeaks(Refusal):
    """No turn runs."""

    code = "nobody_speaks"


@dataclass(kw_only=True, eq=False)
class Recused(Refusal):
    """Withdrew from this item (R24)."""

    code = "recused"


@dataclass(kw_only=True, eq=False)
class SilenceDuringVote(Refusal):
    """No intervention between the opening of a vote and its proclamation (R59)."""

    code = "silence_during_vote"


@dataclass(kw_only=True, eq=False)
class MethodForbidden(Refusal):
    """That way of voting is not allowed in this kind of sitting (R16)."""

    code = "method_forbidden"


@dataclass(kw_only=True, eq=False)
class PollPending(Refusal):
    """A poll waits for its close or its proclamation."""

    code = "poll_pending"
    poll: PollId
    number: int


@dataclass(kw_only=True, eq=False)
class NoPoll(Refusal):
    """No poll to close, proclaim or annul."""

    code = "no_poll"


@dataclass(kw_only=True, eq=False)
class PollNotOpen(Refusal):
    """The poll takes no votes (not opened, closed, or another one)."""

    code = "poll_not_open"


@dataclass(kw_only=True, eq=False)
class PollStillOpen(Refusal):
    """Close the vote before proclaiming."""

    code = "poll_still_open"
    number: int


@dataclass(kw_only=True, eq=False)
class NoElector(Refusal):
    """Nobody could vote."""

    code = "no_elector"


@dataclass(kw_only=True, eq=False)
class NoMandate(Refusal):
    """That person does not give this voice in this poll: the electorate froze when it opened."""

    code = "no_mandate"
    member: PersonId


@dataclass(kw_only=True, eq=False)
class AlreadyVoted(Refusal):
    """The card is older than the voice that counts; that one stands."""

    code = "already_voted"
    member: PersonId
    choice: Choice
    at: datetime


@dataclass(kw_only=True, eq=False)
class SecretBallotAlreadyRequested(Refusal):
    """One request per item."""

    code = "secret_ballot_already_requested"


@dataclass(kw_only=True, eq=False)
class NoSecretBallotRequest(Refusal):
    """Nobody asked for a secret ballot on this item."""

    code = "no_secret_ballot_request"


@dataclass(kw_only=True, eq=False)
class SecretBallotRequestWaits(Refusal):
    """The request must be put to the vote before the item (R18)."""

    code = "secret_ballot_request_waits"


@dataclass(kw_only=True, eq=False)
class ReasonMissing(Refusal):
    """A reason must be given."""

    code = "reason_missing"


@dataclass(kw_only=True, eq=False)
class RollIncomplete(Refusal):
    """The roll or the agenda cannot hold a sitting."""

    code = "roll_incomplete"
    what: str
    """``chair``: not exactly one; ``voters``: none; ``ids``: one twice; ``substitutes``: one who has a vote of his own,
    or sits for nobody's seat; ``colleges``: a voter in none, or one without voters; ``items``: one twice, or a parent
    unknown or in a circle."""


@dataclass(kw_only=True, eq=False)
class AgendaEmpty(Refusal):
    """Nothing to deliberate on."""

    code = "agenda_empty"
