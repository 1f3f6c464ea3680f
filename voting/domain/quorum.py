"""The quorum as a figure: how many count, how many are needed, by which law."""

from dataclasses import dataclass

from voting.domain.ruleset import QuorumBase


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumCheck:
    """What a check found; frozen into the journal wherever the law asks for it."""

    present: int
    represented: int
    in_office: int
    required: int
    base: QuorumBase
    article: str
    """The article as cited that day (the journal must not depend on today's code)."""

    @property
    def counted(self) -> int:
        """How many count under the base of this body."""
        return self.count(self.base)

    @property
    def is_reached(self) -> bool:
        """Enough count."""
        return self.counted >= self.required

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self.required - self.counted)

    def count(self, base: QuorumBase) -> int:
        """The numerator under that base."""
        return self.present + (self.represented if base is QuorumBase.PRESENT_OR_REPRESENTED else 0)
