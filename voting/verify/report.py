"""The answers of a verification: nine questions, each answered apart, never one bare yes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from voting.wording import Catalogue

NAMES: Final = (
    "signatures",
    "timestamps",
    "updates",
    "journal",
    "checkpoint",
    "recount",
    "mandates",
    "quorum",
    "rebuild",
)
"""The questions, in the order in which they are answered. Scripts rely on these words."""

Fields = dict[str, str | int]

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact that a check found; its sentence is in the catalogue under ``verify.<name>.<code>``."""

    code: str
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check says: yes, no, or None when it was not asked or cannot be judged; with at least one finding."""

    ok: bool | None
    findings: tuple[Finding, ...]

    @property
    def code(self) -> str:
        """The first finding's: the reason that matters most."""
        return self.findings[0].code

    @property
    def fields(self) -> Fields:
        """The facts of the first finding."""
        return self.findings[0].fields


def answer(ok: bool | None, code: str, **fields: str | int) -> Answer:
    """An answer of one finding."""
    return Answer(ok, (Finding(code, fields),))


def judged(faults: list[Finding], good: Finding) -> Answer:
    """No when there is a fault, else yes."""
    return Answer(False, tuple(faults)) if faults else Answer(True, (good,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every answer about one file. ``unreadable`` says, instead of nine times the same, why nothing could be judged."""

    signatures: Answer
    timestamps: Answer
    updates: Answer
    journal: Answer
    checkpoint: Answer
    recount: Answer
    mandates: Answer
    quorum: Answer
    rebuild: Answer
    signers_anchored: bool = False
    """The signers' certificates lead to an authority that the caller trusts."""
    journal_anchored: bool = False
    """The checkpoint is signed by a journal key that the caller knows."""
    unreadable: Finding | None = None

    def answers(self) -> Iterator[tuple[str, Answer]]:
        """Each question with its answer."""
        for name in NAMES:
            yield name, getattr(self, name)

    @property
    def is_verified(self) -> bool:
        """Every asked check is true, and both signers and journal key are anchored: the only case of exit code 0."""
        asked = [a.ok for _, a in self.answers() if a.code != "not_asked"]
        return all(ok is True for ok in asked) and self.signers_anchored and self.journal_anchored

    @property
    def is_intact(self) -> bool:
        """No check says no: what remains is to know whom to trust."""
        return all(a.ok is not False for _, a in self.answers())

    def detail(self, name: str, texts: Catalogue) -> str:
        """One answer in plain words."""
        found: Answer = getattr(self, name)
        if self.unreadable is not None:
            return texts(f"verify.file.{self.unreadable.code}", **self.unreadable.fields)
        said = [texts(f"verify.{name}.{f.code}", **f.fields) for f in found.findings[:_SHOWN]]
        more = len(found.findings) - _SHOWN
        if more > 0:
            said.append(texts.plural("verify.more", more, n=more))
        return " ".join(said)

    def summary(self, texts: Catalogue) -> str:
        """The conclusion in one sentence."""
        if self.unreadable is not None:
            return texts(f"verify.file.{self.unreadable.code}", **self.unreadable.fields)
        if self.is_verified:
            return texts("verify.verdict.verified")
        if not self.is_intact:
            return texts("verify.verdict.broken")
        anchored = self.signers_anchored and self.journal_anchored
        return texts(f"verify.verdict.{'undecided' if anchored else 'unanchored'}")

    def as_json(self, texts: Catalogue) -> dict[str, dict[str, bool | str | None]]:
        """One member per answer, for scripts."""
        return {name: {"ok": a.ok, "detail": self.detail(name, texts)} for name, a in self.answers()}
