"""What somebody answered to the question before: a suggestion for his own ballot, and no vote until he confirms it.

A vote counts only when its elector gives it himself (rép. min. Sénat n° 25910): nothing here reaches the record.
"""

from dataclasses import dataclass

from voting.domain.polls import Mandate, Poll, PollState, Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice
from voting.service.views.parts import ItemView, item_view


@dataclass(frozen=True, slots=True, kw_only=True)
class SameVote:
    """The answer given for that voice to the item before."""

    item: ItemView
    choice: Choice


def same_vote(sitting: Sitting, poll: Poll, mandate: Mandate) -> SameVote | None:
    """What this voter could answer again for that voice; None where he gave it no answer, or has answered already."""
    if not _is_plain(poll) or poll.state is not PollState.OPEN or mandate.member in poll.ballots:
        return None
    before = _before(sitting, poll)
    if before is None:
        return None
    then, ballot = before.electorate.get(mandate.member), before.ballots.get(mandate.member)
    if then != mandate or ballot is None:
        return None
    return SameVote(item=item_view(sitting, sitting.items[before.item]), choice=ballot.choice)


def _before(sitting: Sitting, poll: Poll) -> Poll | None:
    """The last item decided before that poll, if it was asked and answered in the same way."""
    earlier = (p for p in reversed(tuple(sitting.polls.all.values())) if p.number < poll.number)
    last = next((p for p in earlier if p.state is PollState.PROCLAIMED and p.purpose is Purpose.ITEM), None)
    return last if last is not None and _is_plain(last) else None


def _is_plain(poll: Poll) -> bool:
    """An item, for or against, by an electronic recorded vote."""
    return poll.purpose is Purpose.ITEM and poll.contest is None and poll.method is VotingMethod.ELECTRONIC
