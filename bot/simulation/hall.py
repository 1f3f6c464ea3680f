"""The meeting that the simulated people are in: its chats, its pace, what is said aloud in it.

Speech is written into the meeting's chat, where everybody reads it; as in Teams, the bot only gets what mentions it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.local.chats import Person, Shown
from bot.local.client import LocalClient
from bot.local.town import Town
from bot.simulation.pace import Pace
from bot.texts import Catalogue
from voting.domain.assembly import AgendaItem
from voting.domain.ids import PersonId, SittingId


class Said(StrEnum):
    """What people recognise when it is said."""

    VOTE = "vote"
    VOTE_SECRET = "vote_secret"  # noqa: S105
    FLOOR = "floor"
    OTHER = "other"


CALLS_TO_VOTE = (Said.VOTE, Said.VOTE_SECRET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the assembly is asked: everybody in the room knows."""

    item: AgendaItem | None = None
    on_request: bool = False
    """Whether to vote in secret, not yet the item itself."""
    round: int = 0
    """How many votes have been called in the sitting, this one included."""


class Hall:
    """What is common to everybody present."""

    def __init__(self, town: Town, sitting: SittingId, client: LocalClient, pace: Pace) -> None:
        """The sitting has its meeting in that town; ``client`` posts what its people do."""
        self.sitting = sitting
        self.chats = town.chats
        self.meeting = town.meetings[sitting]
        self.people: Mapping[PersonId, Person] = town.people(sitting)
        self.client = client
        self.pace = pace
        self.question = Question()
        self.hands: set[PersonId] = set()
        """Raised: the chair waits a moment."""
        self.answers: Counter[str] = Counter()
        """How many cards, notices and errors came back."""
        self._meant: dict[str, Said] = {}

    def speak(self, by: PersonId, sentence: str, meaning: Said = Said.OTHER) -> None:
        """Say something aloud."""
        message = self.chats.say(self.meeting, self.people[by], sentence)
        self._meant[message] = meaning

    def meaning(self, shown: Shown) -> Said | None:
        """What a message of that chat says to those who listen; None when nobody spoke."""
        return self._meant.get(shown.id) if shown.chat_id == self.meeting.id else None


def the_item(item: AgendaItem, texts: Catalogue) -> str:
    """An item as one speaks of it."""
    return texts(f"card.item.the.{item.kind.value}", number=item.number)
