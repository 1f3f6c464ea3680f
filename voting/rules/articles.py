"""The articles that the rule sets cite, each written once. ``confirmed=False``: not read in a source."""

from datetime import date

from voting.domain.ruleset import Citation

_REMOTE_SINCE = date(2022, 8, 1)
_CGCT = "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070633/"


def cgct(rule: str, article: str, *, since: date | None = None, confirmed: bool = True) -> Citation:
    """An article of the *Code général des collectivités territoriales*."""
    return Citation(rule=rule, article=f"CGCT, art. {article}", in_force_on=since, confirmed=confirmed, url=_CGCT)


def house(rule: str, of: str = "") -> Citation:
    """The rules that the body made for itself: nobody here has read them."""
    return Citation(rule=rule, article=f"règlement intérieur{of}", confirmed=False)


COUNCIL_QUORUM = cgct("R01", "L. 4132-13")
STANDING_QUORUM = cgct("R02", "L. 4132-13-1")
STANDING_REMOTE_QUORUM = cgct("R03", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)
COUNCIL_SECOND_CONVOCATION = cgct("R04", "L. 4132-13, al. 2")
STANDING_SECOND_CONVOCATION = cgct("R04", "L. 4132-13-1, al. 2")
TENDER_QUORUM = cgct("R43", "L. 1411-5")

COUNCIL_ELECTION_QUORUM = cgct("R07", "L. 4133-1")

REMOTE_PRESENCE = cgct("R08", "L. 4132-9-1, al. 2", since=_REMOTE_SINCE)
REMOTE_VIDEO = cgct("R09", "L. 4132-9-1, al. 1", since=_REMOTE_SINCE)
REMOTE_ITEMS = cgct("R10", "L. 4132-9-1, al. 4", since=_REMOTE_SINCE)
ROOM_EACH_HALF_YEAR = cgct("R11", "L. 4132-9-1, al. 4", since=_REMOTE_SINCE)
REMOTE_SUMMONS = cgct("R14", "L. 4132-9-1, al. 6", since=_REMOTE_SINCE)
REMOTE_ARRANGEMENTS = cgct("R15", "L. 4132-9-1, al. 7", since=_REMOTE_SINCE)
REMOTE_METHODS = cgct("R16", "L. 4132-9-1, al. 3", since=_REMOTE_SINCE)
REMOTE_SECRECY = cgct("R18", "L. 4132-9-1, al. 3", since=_REMOTE_SINCE)
REMOTE_PROCLAMATION = cgct("R20", "L. 4132-9-1, al. 3", since=_REMOTE_SINCE)
COUNCIL_BROADCAST = cgct("R12", "L. 4132-9-1, al. 5", since=_REMOTE_SINCE)

STANDING_REMOTE_PRESENCE = cgct("R08", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)
STANDING_VIDEO = cgct("R09", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)
STANDING_ARRANGEMENTS = cgct("R15", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)
STANDING_METHODS = cgct("R16", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)
STANDING_SECRECY = cgct("R18", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)
STANDING_PROCLAMATION = cgct("R20", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)
STANDING_SUMMONS = cgct("R14", "L. 4133-6-2", since=_REMOTE_SINCE, confirmed=False)

COUNCIL_PROCLAMATION = cgct("R20", "L. 4132-14, al. 3", confirmed=False)
STANDING_ROOM_METHODS = house("R16")
STANDING_ROOM_SECRECY = house("R18")
STANDING_ROOM_PROCLAMATION = house("R20")
STANDING_PUBLIC_BALLOT = house("R25")
STANDING_NOTICE = house("R32")
STANDING_SIZE = cgct("R30", "L. 4133-4")

CASTING_VOTE = cgct("R19", "L. 4132-14, al. 1")
MAJORITY = cgct("R21", "L. 4132-13, al. 3")
STANDING_MAJORITY = cgct("R21", "L. 4132-13-1, al. 2")
PROXY = cgct("R27", "L. 4132-15")
POLICE = cgct("R34", "L. 4132-11")
RECUSAL = cgct("R24", "L. 1111-6")
SPEAKING = house("R58")
SILENCE = house("R59")
NOMINATIONS = cgct("R26", "L. 4132-14, al. 2")

PUBLIC_BALLOT = cgct("R25", "L. 4132-14, al. 1")
COUNCIL_NOTICE = cgct("R31", "L. 4132-18")
IN_CAMERA = cgct("R33", "L. 4132-10")

UNANIMITY = Citation(rule="R22", article="rép. min. Sénat n° 15666, JO du 24 mars 2005")
STANDING_NOT_PUBLIC = Citation(rule="R13", article="CE, Sect., 18 décembre 1996, Région Centre, n° 151790")

MINUTES = cgct("R36", "L. 4132-12")
MINUTES_PUBLISHED = cgct("R37", "L. 4132-12")
COMMITTEE_MINUTES = house("R36")

TENDER_REMOTE = Citation(rule="R46", article="ord. n° 2014-1329 du 6 novembre 2014, art. 2 ; CGCT, art. L. 1414-2")
TENDER_SECRECY = Citation(rule="R51", article="ord. n° 2014-1329 du 6 novembre 2014, art. 2")
TENDER_CONFIDENTIALITY = Citation(rule="R47", article="ord. n° 2014-1329 du 6 novembre 2014, art. 4 I")
TENDER_SUBSTITUTES = Citation(rule="R44", article="rép. min. Sénat n° 17172, JO du 2 juin 2011")
TENDER_PROCLAMATION = Citation(rule="R20", article="ord. n° 2014-1329 du 6 novembre 2014, art. 2", confirmed=False)
TENDER_NO_PROXY = cgct("R44", "L. 1411-5", confirmed=False)
TENDER_MAJORITY = cgct("R21", "L. 4132-13, al. 3", confirmed=False)
TENDER_CASTING_VOTE = house("R52", " de la commission")
TENDER_NOTICE = house("R32", " de la commission")
TENDER_ROOM_METHODS = house("R51", " de la commission")
TENDER_ROOM_PROCLAMATION = house("R20", " de la commission")
TENDER_RECORDING = Citation(rule="R48", article="ord. n° 2014-1329 du 6 novembre 2014, art. 4 I")
TENDER_DEEMED_PRESENT = Citation(rule="R49", article="décret n° 2014-1627, art. 7-1 (décret n° 2022-997)")
TENDER_WRITTEN = Citation(rule="R50", article="ord. n° 2014-1329 du 6 novembre 2014, art. 3")
TENDER_PARTICIPATION = Citation(rule="R50", article="ord. n° 2014-1329 du 6 novembre 2014, art. 4 II")
TENDER_PRIVATE = cgct("R53", "L. 1411-5", confirmed=False)
TENDER_CHAIR = cgct("R42", "L. 1411-5", confirmed=False)
