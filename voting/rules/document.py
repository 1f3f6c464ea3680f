"""What becomes of the minutes of each body: approved by its next sitting, published, or neither (R36, R37, R53)."""

from collections.abc import Mapping

from voting.domain.assembly import Body
from voting.domain.minuting import MinutesRule, Publication
from voting.domain.ruleset import Citation, PublicityRule
from voting.rules import articles
from voting.rules import department_articles as department

WEEK = 7
"""Days after the sitting that approved them (R37)."""

_MUNICIPAL = "L. 5211-1 et L. 2121-15"
_COUNCILS: Mapping[Body, tuple[Citation, Citation]] = {
    Body.COUNCIL: (articles.MINUTES, articles.MINUTES_PUBLISHED),
    Body.DEPARTMENT: (department.MINUTES, department.MINUTES_PUBLISHED),
    Body.EPCI: (
        articles.cgct("R36", _MUNICIPAL, confirmed=False),
        articles.cgct("R37", _MUNICIPAL, confirmed=False),
    ),
}
"""Why the next sitting approves them, and why they are then published."""


def rule_for(body: Body, publicity: PublicityRule) -> MinutesRule:
    """A council's go before the public in a week; a committee's only where its own rules open its sittings."""
    if body in _COUNCILS:
        approval, published = _COUNCILS[body]
        return MinutesRule(approval=approval, publication=Publication(is_allowed=True, days=WEEK, citation=published))
    if body is Body.TENDER_COMMITTEE:
        private = Publication(is_allowed=False, days=None, citation=articles.TENDER_CONFIDENTIALITY)
        return MinutesRule(approval=None, publication=private)
    if body is Body.ASSOCIATION:
        own = Publication(is_allowed=True, days=None, citation=articles.house("R37"))
        return MinutesRule(approval=articles.house("R36"), publication=own)
    opened = Publication(is_allowed=publicity.public, days=None, citation=publicity.citation)
    return MinutesRule(approval=articles.COMMITTEE_MINUTES, publication=opened)
