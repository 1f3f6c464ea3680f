"""The articles of a *département*: twins of those of a region, their numbers as far as they were read."""

from datetime import date

from voting.domain.ruleset import Citation
from voting.rules.articles import cgct, house

_REMOTE_SINCE = date(2022, 8, 1)

COUNCIL_QUORUM = cgct("R01", "L. 3121-14")
COUNCIL_SECOND_CONVOCATION = cgct("R04", "L. 3121-14, al. 2")
COUNCIL_ELECTION_QUORUM = cgct("R07", "L. 3122-1", confirmed=False)
COUNCIL_NOTICE = cgct("R31", "L. 3121-19", confirmed=False)
MINUTES = cgct("R36", "L. 3121-13")
MINUTES_PUBLISHED = cgct("R37", "L. 3121-13")
COUNCIL_PROCLAMATION = cgct("R20", "L. 3121-15", confirmed=False)
IN_CAMERA = cgct("R33", "L. 3121-11", confirmed=False)
POLICE = cgct("R34", "L. 3121-12", confirmed=False)
MAJORITY = cgct("R21", "L. 3121-14, al. 3")
PUBLIC_BALLOT = cgct("R25", "L. 3121-15, al. 1")
CASTING_VOTE = cgct("R19", "L. 3121-15, al. 1")
NOMINATIONS = cgct("R26", "L. 3121-15, al. 2")
PROXY = cgct("R27", "L. 3121-16")

REMOTE_PRESENCE = cgct("R08", "L. 3121-9-1, al. 2", since=_REMOTE_SINCE)
REMOTE_VIDEO = cgct("R09", "L. 3121-9-1, al. 1", since=_REMOTE_SINCE)
REMOTE_ITEMS = cgct("R10", "L. 3121-9-1, al. 4", since=_REMOTE_SINCE)
ROOM_EACH_HALF_YEAR = cgct("R11", "L. 3121-9-1, al. 4", since=_REMOTE_SINCE)
COUNCIL_BROADCAST = cgct("R12", "L. 3121-9-1, al. 5", since=_REMOTE_SINCE)
REMOTE_SUMMONS = cgct("R14", "L. 3121-9-1, al. 6", since=_REMOTE_SINCE)
REMOTE_ARRANGEMENTS = cgct("R15", "L. 3121-9-1, al. 7", since=_REMOTE_SINCE)
REMOTE_METHODS = cgct("R16", "L. 3121-9-1, al. 3", since=_REMOTE_SINCE)
REMOTE_SECRECY = cgct("R18", "L. 3121-9-1, al. 3", since=_REMOTE_SINCE)
REMOTE_PROCLAMATION = cgct("R20", "L. 3121-9-1, al. 3", since=_REMOTE_SINCE)

COMMITTEE_QUORUM = cgct("R02", "L. 3121-14-1")
COMMITTEE_SECOND_CONVOCATION = cgct("R04", "L. 3121-14-1, al. 2")
COMMITTEE_MAJORITY = cgct("R21", "L. 3121-14-1, al. 2")
COMMITTEE_NOT_PUBLIC = house("R13")
COMMITTEE_ROOM_METHODS = house("R16")
COMMITTEE_ROOM_SECRECY = house("R18")
COMMITTEE_ROOM_PROCLAMATION = house("R20")
COMMITTEE_PUBLIC_BALLOT = house("R25")
COMMITTEE_NOTICE = house("R32")


def remote_committee(rule: str) -> Citation:
    """The law that lets a standing committee sit from afar: its article in the code was not found."""
    return Citation(
        rule=rule,
        article="loi n° 2022-217 du 21 février 2022, art. 170",
        in_force_on=_REMOTE_SINCE,
        confirmed=False,
    )


COMMITTEE_REMOTE_QUORUM = remote_committee("R03")
COMMITTEE_REMOTE_PRESENCE = remote_committee("R08")
COMMITTEE_VIDEO = remote_committee("R09")
COMMITTEE_SUMMONS = remote_committee("R14")
COMMITTEE_ARRANGEMENTS = remote_committee("R15")
COMMITTEE_METHODS = remote_committee("R16")
COMMITTEE_SECRECY = remote_committee("R18")
COMMITTEE_PROCLAMATION = remote_committee("R20")
