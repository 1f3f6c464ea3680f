"""An award among three offers and an election among three people: what both are tried on."""

from tests.kit.given import Given, given
from tests.kit.sittings import called, contest, item, m, standing_committee, tender_committee
from voting.domain import commands as c
from voting.domain.assembly import ItemKind
from voting.domain.ids import item_id, option_id

O1, O2, O3 = option_id(1), option_id(2), option_id(3)
I1 = item_id(1)
AWARD = item(1, ItemKind.AWARD)
ELECTION = item(1, ItemKind.ELECTION)
CAO = tender_committee(AWARD, item(2))
CPR = standing_committee(ELECTION, item(2))
OFFERS = contest("Offre A", "Offre B", "Offre C")
CANDIDATES = contest(m(2), m(3), m(4))


def award(*steps: c.SittingCommand) -> Given:
    """The choice among the offers, opened, then those steps."""
    return given(*called(CAO), OFFERS, *steps)


def election(*steps: c.SittingCommand) -> Given:
    """The choice among the candidates, opened, then those steps."""
    return given(*called(CPR), CANDIDATES, *steps)
