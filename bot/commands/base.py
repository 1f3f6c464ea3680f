"""What a user command is: its name, who may use it, and a pure function from the moment to what should be done.

Words that people type are in ``bot/texts`` (``words.<name>``); cards are chosen here by name, drawn by ``bot.screens``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.cards.payloads import Payload
from voting.domain.attendance import Source
from voting.domain.commands import SittingCommand
from voting.domain.ids import PersonId
from voting.service.helping import HelpReport
from voting.service.live import Snapshot


class Audience(StrEnum):
    """Who may give a command. The core checks again; this decides what is offered and explained."""

    EVERYONE = "everyone"
    """Anybody on the roll."""
    STAFF = "staff"
    """Clerks, the chair, the appointed sitting secretary."""
    CHAIR = "chair"


class Screen(StrEnum):
    """A card that can be shown to one person."""

    HOME = "home"
    BALLOT = "ballot"
    BALLOT_CHANGE = "ballot_change"
    MY_VOTES = "my_votes"
    HELP = "help"
    CONSOLE = "console"
    CUES = "cues"
    AGENDA = "agenda"
    MOVE_ITEM = "move_item"
    MEMBERS = "members"
    QUORUM = "quorum"
    TIMES = "times"
    STATE = "state"
    CALLING = "calling"
    CHOOSE_PERSON = "choose_person"
    WHICH_PROXY = "which_proxy"
    GIVE_REASON = "give_reason"
    SPOKEN_VOTE = "spoken_vote"
    OPEN_CONTEST = "open_contest"
    NAME_ELDER = "name_elder"
    OTHER_POLL = "other_poll"
    HANDS = "hands"
    PAPERS = "papers"
    REGISTER = "register"
    NOTES = "notes"
    NOTE = "note"
    INCIDENTS = "incidents"
    INCIDENT = "incident"
    EXCHANGE = "exchange"
    WRITE = "write"


class Errand(StrEnum):
    """What needs more than the state of the sitting: files, accounts, other sittings. The shell runs it."""

    BIND_MEETING = "bind_meeting"
    NEW_SITTING = "new_sitting"
    FILES = "files"
    """Sent in the 1:1 chat, without a word: no command asks for it."""
    CONSENT = "consent"
    """The answer to a file that was offered there: no command asks for it."""
    RECONVENE = "reconvene"
    MINUTES = "minutes"
    EXPORTS = "exports"
    HELP_WANTED = "help_wanted"
    ACCOUNTS = "accounts"
    REHEARSAL = "rehearsal"
    EXERCISES = "exercises"
    READINESS = "readiness"
    HELP_DESK = "help_desk"
    PURGE = "purge"
    STAND_INS = "stand_ins"
    SHEET = "sheet"
    CONNECTED = "connected"
    MINUTES_STATE = "minutes_state"
    SUBMIT_MINUTES = "submit_minutes"
    APPROVE_MINUTES = "approve_minutes"
    CORRECT_MINUTES = "correct_minutes"
    PUBLISH_MINUTES = "publish_minutes"
    ARCHIVE_MINUTES = "archive_minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Who asks, in which sitting, from where."""

    person: PersonId
    snapshot: Snapshot
    personal: bool
    """In the 1:1 chat, not in the meeting's."""
    stamp: str
    """What the same wish carries when Teams sends it again: the client's own time of writing, or the activity's id."""
    guides: str = ""
    """The address of the server where the guides are; empty where it has none."""
    connected: int = 0
    """Members who are connected to the call and not noted as here; told to the staff alone."""
    helped: HelpReport | None = None
    """How a lifted sitting was helped, where the state of it is asked for; told to the staff alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What was typed after the command's words, or what the button carried."""

    argument: str = ""
    payload: Payload = field(default_factory=Payload)
    is_press: bool = False

    @property
    def source(self) -> Source:
        """How this wish reached the record."""
        return Source.CARD if self.is_press else Source.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Show a card; nothing changes."""

    screen: Screen
    verb: str = ""
    """For a form: the command that its button gives."""
    page: int | None = None
    member: str | None = None
    """Whose voice, on a ballot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Say one sentence; nothing changes."""

    code: str
    fields: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Submit a command to the core, then show what became of it."""

    command: SittingCommand
    key: str | None = None
    then: Screen | Say = Screen.HOME


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Run an errand of the shell."""

    errand: Errand


Intent = Act | Show | Say | Run


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCommand:
    """One command of the bot, as a button and as words."""

    name: str
    audience: Audience
    run: Callable[[Moment, Ask], Intent]
    takes_argument: bool = False
    """Words may follow (a name, a number, a reason)."""
    is_offered: bool = True
    """Listed in help and in suggestions."""

    @property
    def guide(self) -> str:
        """Its page, below ``guides/``."""
        return f"commands/{self.name}.md"


class Misunderstood(Exception):
    """The words after the command make no sense: a code and its fields for one clear sentence."""

    def __init__(self, code: str, **fields: str | int) -> None:
        """``code`` is that of a sentence in the catalogues."""
        super().__init__(code)
        self.code = code
        self.fields = fields
