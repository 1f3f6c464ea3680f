"""What every part of the document is written with: the sitting's facts, its names, its calendar, the words."""

from dataclasses import dataclass

from voting.domain.assembly import Mode
from voting.domain.attendance import Source
from voting.domain.ids import PersonId
from voting.domain.polls import Mandate
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import VotingMethod
from voting.minutes.calendar import Calendar
from voting.minutes.facts import Minutes, PollRecord
from voting.minutes.people import People
from voting.wording import Catalogue
from voting.wording.sentences import quorum_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scribe:
    """Writes one sitting's minutes in one language."""

    texts: Catalogue
    minutes: Minutes
    people: People
    calendar: Calendar

    def body(self, code: str, /, **fields: str | int) -> str:
        """The sentence of that code for the body that sits (``.cpr``, ``.council``, ``.cao``)."""
        return self.texts(f"{code}.{self.minutes.convened.body.value}", **fields)

    def quorum(self, check: QuorumCheck) -> str:
        """The quorum as a sentence of the document."""
        return sentence(quorum_sentence(self.texts, check))

    @property
    def where(self) -> str:
        """How the body sat, and in which place where people met in one that the convocation names."""
        convened = self.minutes.convened
        how = self.texts(f"minutes.mode.{convened.mode.value}")
        if convened.mode is Mode.REMOTE or not convened.place:
            return how
        return self.texts("minutes.opening.place", how=how, place=convened.place)

    def names(self, people: tuple[PersonId, ...]) -> tuple[str, ...]:
        """Their short names."""
        return tuple(self.people.short(p) for p in people)

    def spoken(self, poll: PollRecord, mandate: Mandate) -> str:
        """A voice in a list of names, marked when it was given in another way than the poll's own."""
        name = self.people.voice(mandate)
        ballot = poll.ballots.get(mandate.member)
        if ballot is None or poll.opened.method is VotingMethod.SHOW_OF_HANDS:
            return name
        usual = poll.opened.method is VotingMethod.ROLL_CALL
        if (ballot.source is Source.VOICE) is usual:
            return name
        return self.texts("minutes.voice.pressed" if usual else "minutes.voice.spoken", name=name)


def scribe(minutes: Minutes, texts: Catalogue) -> Scribe:
    """A scribe for those minutes."""
    convened = minutes.convened
    return Scribe(
        texts=texts,
        minutes=minutes,
        people=People(texts, convened.members),
        calendar=Calendar(texts, convened.time_zone),
    )


def sentence(text: str) -> str:
    """With its capital and its full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
