"""Put the item, or the request made on it, to the vote: as usual, or in the way and by the majority that are asked."""

from dataclasses import replace

from bot.cards.ways import ORDINARY, USUAL
from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.ways import Wished, wished
from voting.domain.commands import OpenPoll
from voting.domain.polls import PollState, Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.tally import Outcome


def run(moment: Moment, ask: Ask) -> Intent:
    """A request for a secret ballot that waits is voted first (R18); once adopted, the item is voted on paper."""
    sitting = moment.snapshot.sitting
    asked = _from_form(ask) if ask.payload.way is not None else _usual_way(ask)
    purpose = _purpose(sitting)
    waits = purpose is not Purpose.ITEM
    usual = VotingMethod.SECRET if _is_secret(sitting) and not waits else VotingMethod.ELECTRONIC
    command = OpenPoll(
        by=moment.person,
        purpose=purpose,
        method=asked.method or usual,
        majority=asked.majority,
        is_joint=asked.is_joint,
        first_letter=asked.letter,
        seconds=asked.seconds,
    )
    return Act(command=command, then=Screen.CONSOLE)


def _usual_way(ask: Ask) -> Wished:
    """As typed; a page may add how long the vote is to last."""
    asked = wished(ask.argument)
    return replace(asked, seconds=_lasting(ask)) if ask.payload.lasts is not None else asked


def _lasting(ask: Ask) -> int | None:
    """What was chosen: a number of seconds, or what the standing orders say."""
    said = ask.payload.lasts or USUAL
    if said == USUAL:
        return None
    if not said.isdecimal():
        raise Misunderstood("misunderstood.stale")
    return int(said)


def _from_form(ask: Ask) -> Wished:
    payload = ask.payload
    try:
        method = VotingMethod(payload.way or "")
    except ValueError:
        raise Misunderstood("misunderstood.stale") from None
    asks = payload.majority is not None and payload.majority != ORDINARY
    typed = wished(f"{payload.majority} {payload.article or ''}") if asks else Wished()
    letter = (payload.letter or "").upper() if method is VotingMethod.ROLL_CALL else ""
    seconds = _lasting(ask)
    return Wished(method=method, majority=typed.majority, is_joint=typed.is_joint, letter=letter, seconds=seconds)


def _purpose(sitting: Sitting) -> Purpose:
    """What is voted now: that the public leave (R33), the end of the debate (R58), the secret (R18), the item."""
    if sitting.course.camera.stands:
        return Purpose.IN_CAMERA
    if sitting.speakers.closure_asked_by is not None and sitting.facts.standing_orders.closure_by_vote:
        return Purpose.CLOSURE
    return Purpose.SECRET_BALLOT_REQUEST if _request_waits(sitting) else Purpose.ITEM


def _request_waits(sitting: Sitting) -> bool:
    item = sitting.agenda.current
    return item is not None and item in sitting.secret_ballot_requests and not _verdicts(sitting)


def _is_secret(sitting: Sitting) -> bool:
    return Outcome.ADOPTED in _verdicts(sitting)


def _verdicts(sitting: Sitting) -> list[Outcome]:
    """What was proclaimed of a request to vote the item under discussion in secret."""
    item = sitting.agenda.current
    polls = sitting.polls.of_item(item) if item is not None else ()
    return [
        p.decision.outcome
        for p in polls
        if p.purpose is Purpose.SECRET_BALLOT_REQUEST and p.state is PollState.PROCLAIMED and p.decision is not None
    ]


COMMAND = UserCommand(name="vote", audience=Audience.STAFF, run=run, takes_argument=True)
