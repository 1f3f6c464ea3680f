"""The format of a story: who does what, when. A story is data; it speaks of parts, and casting gives them to people.

A scene is played on one item of the agenda. Items without a scene are voted in the ordinary course.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.simulation.tempers import Temper
from voting.domain.assembly import ItemKind
from voting.domain.tally import Choice


class Deed(StrEnum):
    """What somebody does, with a button or in words."""

    ARRIVE = "arrive"
    LEAVE = "leave"
    GIVE_PROXY = "give_proxy"
    ACCEPT_PROXY = "accept_proxy"
    TAKE_PROXY_BACK = "take_proxy_back"
    RECUSE = "recuse"
    ASK_FLOOR = "ask_floor"
    """With ``says``, what he will say when he has it."""
    WITHDRAW = "withdraw"
    POINT_OF_ORDER = "point_of_order"
    ASK_SECRET = "ask_secret"  # noqa: S105
    CHANGE_VOTE = "change_vote"
    """Had answered something else first."""
    LOSE_NETWORK = "lose_network"
    """Hears the call and sees nothing: the clerk must take his voice."""
    TAKE_VOICE = "take_voice"
    """The clerk records the spoken answer of ``to``."""
    SPEAK_TOO_LONG = "speak_too_long"
    """Asks for the floor, and goes on well beyond the time of the others."""
    ASK_HELP = "ask_help"
    SUSPEND = "suspend"
    SAY = "say"


class Split(StrEnum):
    """How the assembly divides on an item."""

    ORDINARY = "ordinary"
    """As the dice fall: agreed most of the time, else against by the opposition."""
    AGREED = "agreed"
    DIVIDED = "divided"
    """The opposition against, everybody else for."""
    DEFEATED = "defeated"
    """The opposition for, everybody else against."""
    TIED = "tied"
    """As many for as against; the chair's own voice settles it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One deed of one part."""

    who: str
    deed: Deed
    to: str = ""
    """The part that it concerns: the holder of a proxy, the member whose voice is taken."""
    says: str = ""
    """What is said, or the reason given: a code of the catalogue, or the words themselves."""
    after: float = 1.5
    """Seconds of the story before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """On which item: the first of that kind still free after that part of the agenda (0 its start, 1 its end)."""

    kind: ItemKind | None = None
    """None: any item that is voted."""
    number: str = ""
    """That item and no other."""
    share: float = 0.0
    only: bool = False
    """Nowhere rather than on an item of another kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What happens around one item, beyond its call, its vote and its result. Left out when a part is not cast."""

    chapter: str
    """Its title is ``demo.chapter.<chapter>``."""
    where: Where = Where()
    between: tuple[Act, ...] = ()
    """Before the item is called."""
    debate: tuple[Act, ...] = ()
    during: tuple[Act, ...] = ()
    """While the vote is open."""
    split: Split = Split.ORDINARY
    choices: tuple[tuple[str, Choice], ...] = ()
    """Parts that answer apart from the rest."""
    silent: tuple[str, ...] = ()
    """Parts that do not answer at all."""
    options: tuple[str, ...] = ()
    """The catalogue's codes of what one chooses among; the assembly takes the first, the opposition the second."""
    voices: int = 1
    """How many it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A story. Scenes come in the order of their weight: a short agenda plays the first ones."""

    before: tuple[Act, ...] = ()
    """Before the sitting, each from where he is."""
    absent: tuple[str, ...] = ()
    """Parts that do not answer the roll call."""
    scenes: tuple[Scene, ...] = ()
    opening: str = "roll_call"
    """The chapters that begin and end it; empty: none is announced."""
    ending: str = "end"
    tempers: tuple[tuple[str, Temper], ...] = ()
    """Parts whose way with cards is not left to chance."""
    seed: int = 2020
    words: int = 0
    """How many general remarks the catalogue has (``demo.words.1``…) for speakers without words of their own."""
