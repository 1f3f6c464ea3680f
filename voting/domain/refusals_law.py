"""Refusals that the law of the body makes before and around the sitting: which law, which notice, who is present."""

from dataclasses import dataclass
from datetime import date

from voting.domain.assembly import Body, Mode, Regime
from voting.domain.attendance import Presence
from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class NoLawWritten(Refusal):
    """No rule set answers to that body in that mode."""

    code = "no_law_written"
    body: Body
    mode: Mode
    regime: Regime = Regime.ORDINARY


@dataclass(kw_only=True, eq=False)
class LawEnded(Refusal):
    """That law no longer governs a sitting of that day (R54)."""

    code = "law_ended"
    last_day: date


@dataclass(kw_only=True, eq=False)
class PresenceNotAdmitted(Refusal):
    """In this kind of sitting, whoever takes part in that way is not present (R08)."""

    code = "presence_not_admitted"
    presence: Presence
