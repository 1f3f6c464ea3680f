"""Everybody who plays in one sitting: found by id, with what each has to say. Holds no behaviour of its own."""

from collections import defaultdict

from bot.simulation.actor import Actor
from bot.simulation.dice import dice
from bot.simulation.hall import Hall, Said
from bot.simulation.members import SimulatedMember
from bot.simulation.staging import Staged, Staging
from bot.texts import Catalogue, catalogue, language_of
from voting.domain.ids import PersonId


class Company:
    """The actors of a sitting, members with a vote among them."""

    def __init__(self, hall: Hall, staging: Staging) -> None:
        """One actor per person of the roll."""
        self.hall = hall
        self.staging = staging
        self.texts: Catalogue = catalogue(language_of(hall.client.writer.locale))
        voting = [m.id for m in staging.members if m.votes or m.substitute_for is not None]
        self.members = {p: SimulatedMember(hall, p, staging) for p in voting if p not in staging.real}
        self.too_long: set[PersonId] = set()
        """Those who will go on and on once they have the floor."""
        self.words_of: defaultdict[PersonId, list[str]] = defaultdict(list)
        """Codes of what each will say when he has the floor."""
        self._others = {m.id: Actor(hall, m.id) for m in staging.members if m.id not in self.members}
        self._names = {m.id: m.full_name for m in staging.members}
        self._chance = dice(staging.seed, "words")

    def actor(self, person: str) -> Actor:
        """That person at his screen."""
        member = self.members.get(PersonId(person))
        return member.actor if member is not None else self._others[PersonId(person)]

    def part(self, name: str) -> Actor:
        """Whoever plays that part; it must have been cast."""
        return self.actor(self.staging.cast[name])

    def name(self, person: str) -> str:
        """First name and last name."""
        return self._names[PersonId(person)]

    def handle(self, person: str) -> str:
        """What one types to name that person: the name, or the id where two people share it."""
        name = self.name(person)
        return name if list(self._names.values()).count(name) == 1 else person

    def staged(self) -> Staged | None:
        """The item that the assembly is at."""
        item = self.hall.question.item
        return self.staging.items[item.id] if item is not None else None

    def speak(self, person: str, code: str, meaning: Said = Said.OTHER, **fields: str) -> None:
        """Have that person say a sentence of the catalogue, or these very words."""
        self.hall.speak(PersonId(person), self.said(code, **fields), meaning)

    def said(self, code: str, **fields: str) -> str:
        """That sentence of the catalogue; what is no code of it is said as written."""
        return self.texts(code, **fields) if code in self.texts else code

    def intervene(self, person: str) -> str:
        """Have that person say what he asked the floor for, or some remark; the words, empty when there are none."""
        said = self.words_of[PersonId(person)]
        code = said.pop(0) if said else ""
        if not code and not self.staging.remarks:
            return ""
        words = self.said(code or f"demo.words.{self._chance.randint(1, self.staging.remarks)}")
        self.speak(person, words)
        return words
