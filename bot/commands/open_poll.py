"""Put the item, or the request made on it, to the vote."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import OpenPoll
from voting.domain.polls import PollState, Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting


def run(moment: Moment, ask: Ask) -> Intent:
    """A request for a secret ballot that waits is voted first (R18)."""
    purpose = Purpose.SECRET_BALLOT_REQUEST if _request_waits(moment.snapshot.sitting) else Purpose.ITEM
    command = OpenPoll(by=moment.person, purpose=purpose, method=VotingMethod.ELECTRONIC)
    return Act(command=command, then=Screen.CONSOLE)


def _request_waits(sitting: Sitting) -> bool:
    item = sitting.agenda.current
    if item is None or item not in sitting.secret_ballot_requests:
        return False
    return not any(
        p.purpose is Purpose.SECRET_BALLOT_REQUEST and p.state is PollState.PROCLAIMED
        for p in sitting.polls.of_item(item)
    )


COMMAND = UserCommand(name="vote", audience=Audience.STAFF, run=run)
