"""Which chapter of which guide applies to somebody now: where the help card leads. Pure."""

from bot.commands.base import Moment
from voting.domain.assembly import Role
from voting.domain.sitting import Phase

_CHAPTERS = {
    ("member", "fr"): ("si-vous-ne-pouvez-pas-venir", "le-jour-de-la-séance", "si-quelque-chose-ne-va-pas"),
    ("member", "en"): ("if-you-cannot-come", "on-the-day", "if-something-goes-wrong"),
    ("clerk", "fr"): ("avant", "pendant", "après"),
    ("clerk", "en"): ("before", "during", "after"),
    ("chair", "fr"): ("ce-que-vous-avez-sous-les-yeux", "le-déroulé", "les-moments-délicats"),
    ("support", "fr"): ("la-veille--qui-appeler", "le-jour-même--la-file-daide", "après"),
}
"""Before the sitting opens, while it is held, and afterwards; a member is told what to do when something goes wrong."""


def reader(moment: Moment) -> str:
    """Whose guide it is."""
    sitting = moment.snapshot.sitting
    if moment.person == sitting.officers.chair:
        return "chair"
    role = sitting.roll[moment.person].role
    return {Role.CLERK: "clerk", Role.SUPPORT: "support"}.get(role, "member")


def chapter(moment: Moment, language: str) -> str:
    """The path of that chapter on this server."""
    name, course = reader(moment), moment.snapshot.sitting.course
    spoken = language if (name, language) in _CHAPTERS else "fr"
    before, during, after = _CHAPTERS[name, spoken]
    is_ahead = course.phase is Phase.CONVENED and not course.roll_call_open
    anchor = before if is_ahead else after if course.phase is Phase.CLOSED else during
    return f"/guides/{name}?lang={language}#{anchor}"


def known() -> dict[tuple[str, str], tuple[str, ...]]:
    """Every chapter that a card may lead to, by guide and language."""
    return dict(_CHAPTERS)
