"""The lawful no of the ways of voting that are not pressed, and of majorities. See ``refusals``."""

from dataclasses import dataclass

from voting.domain.ids import PersonId
from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class NotCalledYet(Refusal):
    """In a vote by name one answers when one's name is called."""

    code = "not_called_yet"
    member: PersonId


@dataclass(kw_only=True, eq=False)
class NamesLeftToCall(Refusal):
    """A vote by name closes when every name was called, twice if it did not answer."""

    code = "names_left_to_call"
    left: int


@dataclass(kw_only=True, eq=False)
class NobodyLeftToCall(Refusal):
    """Every name was called."""

    code = "nobody_left_to_call"


@dataclass(kw_only=True, eq=False)
class LetterUnknown(Refusal):
    """A call by name begins at a letter of the alphabet."""

    code = "letter_unknown"
    letter: str


@dataclass(kw_only=True, eq=False)
class NotByPress(Refusal):
    """This vote is held in the room: by hands or on paper."""

    code = "not_by_press"


@dataclass(kw_only=True, eq=False)
class OtherMethod(Refusal):
    """The poll that runs is held in another way."""

    code = "other_method"


@dataclass(kw_only=True, eq=False)
class NotCountedYet(Refusal):
    """What the room voted must be recorded before the close."""

    code = "not_counted_yet"


@dataclass(kw_only=True, eq=False)
class NotInTheRoom(Refusal):
    """That voter is afar: hands and papers are for those who are together."""

    code = "not_in_the_room"
    person: PersonId


@dataclass(kw_only=True, eq=False)
class NamedTwice(Refusal):
    """One voice cannot be given in two ways."""

    code = "named_twice"
    member: PersonId


@dataclass(kw_only=True, eq=False)
class TooManyPapers(Refusal):
    """More envelopes than electors."""

    code = "too_many_papers"
    envelopes: int
    electors: int


@dataclass(kw_only=True, eq=False)
class PapersDoNotAddUp(Refusal):
    """The papers counted are not those that came out of the box."""

    code = "papers_do_not_add_up"
    envelopes: int
    papers: int


@dataclass(kw_only=True, eq=False)
class RecordedBallotNotAsked(Refusal):
    """No text lets members ask for a vote by name here, most often because every vote is one."""

    code = "recorded_ballot_not_asked"


@dataclass(kw_only=True, eq=False)
class MajorityOutOfRange(Refusal):
    """Half or less would adopt a text and its contrary; more than all can never be."""

    code = "majority_out_of_range"


@dataclass(kw_only=True, eq=False)
class PollLengthUnfit(Refusal):
    """Nobody could vote in so short a time, or nobody would wait so long."""

    code = "poll_length_unfit"
    least: int
    most: int
