"""The lawful no of a choice among several."""

from dataclasses import dataclass

from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class OptionsUnclear(Refusal):
    """One cannot choose among these."""

    code = "options_unclear"
    what: str
    """``none``: nobody stands; ``many``: too many; ``blank``: one without a name; ``long``: a name too long;
    ``twice``: one named twice; ``person``: somebody who is not on the roll; ``unknown``: not one of the last round."""


@dataclass(kw_only=True, eq=False)
class BallotIsSecret(Refusal):
    """People are chosen in secret here, and this way of voting shows who votes for whom (R26)."""

    code = "ballot_is_secret"
    may_be_waived: bool
    """The assembly may unanimously decide otherwise."""


@dataclass(kw_only=True, eq=False)
class OptionUnknown(Refusal):
    """The vote names nobody who stands, or answers for or against where one chooses."""

    code = "option_unknown"


@dataclass(kw_only=True, eq=False)
class NotAContest(Refusal):
    """The question is for or against: there is nobody to choose."""

    code = "not_a_contest"


@dataclass(kw_only=True, eq=False)
class RoundDue(Refusal):
    """The last round chose nobody: open the next one, which keeps the list of those who stand."""

    code = "round_due"
    round: int


@dataclass(kw_only=True, eq=False)
class NoRoundDue(Refusal):
    """No round of this item waits for another."""

    code = "no_round_due"


@dataclass(kw_only=True, eq=False)
class ElderUnknown(Refusal):
    """The first ones are equal: the clerk must say who is the older one before the result is proclaimed."""

    code = "elder_unknown"


@dataclass(kw_only=True, eq=False)
class NoElderNeeded(Refusal):
    """Age decides nothing here, or not between these."""

    code = "no_elder_needed"


@dataclass(kw_only=True, eq=False)
class NotUnopposed(Refusal):
    """No text lets a single candidacy take effect without a vote on this item (R26)."""

    code = "not_unopposed"


@dataclass(kw_only=True, eq=False)
class NothingToUncover(Refusal):
    """No secret that the assembly could give up on this item."""

    code = "nothing_to_uncover"
