"""Puts a question: what every poll needs, whatever it asks, and its electorate frozen into the opening."""

from datetime import datetime

from voting.domain import events as e
from voting.domain.assembly import AgendaItem
from voting.domain.commands import OpenPoll
from voting.domain.contests import Contest
from voting.domain.decide import blocks, camera, exchange, guards, opening
from voting.domain.decide.floor import end_turn
from voting.domain.ids import poll_id
from voting.domain.polls import Purpose
from voting.domain.refusals import MethodForbidden, NoElector, SecretBallotRequestWaits
from voting.domain.ruleset import RuleSet, VotingMethod
from voting.domain.seats import electorate
from voting.domain.sitting import Sitting
from voting.domain.tally import Outcome


def ask(
    sitting: Sitting, command: OpenPoll, rules: RuleSet, now: datetime, contest: Contest | None = None
) -> list[e.SittingEvent]:
    """The poll on the item under discussion; the running turn ends. A choice among several has its own majority."""
    item = guards.item(sitting)
    also = blocks.together(sitting, item.id, command)
    if command.purpose is Purpose.ITEM:
        exchange.check_held(sitting, (item.id, *also), rules)
    voices = electorate(sitting, rules)
    opening.check_method(sitting, command, voices, rules)
    guards.presided(sitting, rules)
    check = guards.quorate(sitting, rules)
    if not voices:
        raise NoElector()
    number = len(sitting.polls.all) + 1
    opened = e.PollOpened(
        at=now,
        by=command.by,
        poll=poll_id(number),
        number=number,
        item=item.id,
        purpose=command.purpose,
        method=command.method,
        electorate=voices,
        quorum=check,
        majority=opening.majority(command, voices, check, rules) if contest is None else None,
        colleges=opening.colleges(sitting, command, voices, rules),
        casting_vote=opening.casting_vote(sitting, command, rules) if contest is None else None,
        call_order=opening.call_order(sitting, command, voices),
        contest=contest,
        amended_by=sitting.amended_by(item.id) if command.purpose is Purpose.ITEM else (),
        also=also,
        ends_at=opening.ends_at(sitting, command, now),
    )
    return [*end_turn(sitting, command.by, now), opened, *_first_name(opened)]


def _first_name(opened: e.PollOpened) -> list[e.SittingEvent]:
    """A vote by name calls its first one at once."""
    first = opened.call_order[:1]
    return [e.NameCalled(at=opened.at, by=opened.by, poll=opened.poll, member=m, round=1) for m in first]


def check_request(sitting: Sitting, item: AgendaItem, method: VotingMethod, rules: RuleSet) -> None:
    """A request for a secret ballot is decided first, and a secret that was decided is kept (R18).

    Elsewhere hands and papers are refused once enough members have asked for a vote by name (R25).
    """
    camera.check_answered(sitting, rules)
    verdicts = verdicts_on_secrecy(sitting, item)
    if item.id in sitting.secret_ballot_requests and not verdicts:
        raise SecretBallotRequestWaits()
    if Outcome.ADOPTED in verdicts and method is not VotingMethod.SECRET:
        raise MethodForbidden(citation=rules.secrecy.citation)  # the assembly chose the secret: no recorded vote
    rule = rules.conduct.public_ballot
    if rule is not None and Outcome.ADOPTED not in verdicts and _is_by_name(sitting, item):
        if method in (VotingMethod.SHOW_OF_HANDS, VotingMethod.SECRET):
            raise MethodForbidden(citation=rule.citation)


def _is_by_name(sitting: Sitting, item: AgendaItem) -> bool:
    """Enough members asked that this item, or one that is voted with it, be voted by name."""
    asked = (sitting.recorded_ballots.get(i) for i in (item.id, *sitting.agenda.block_of(item.id)))
    return any(request is not None and request.stands for request in asked)


def verdicts_on_secrecy(sitting: Sitting, item: AgendaItem) -> list[Outcome]:
    """What the assembly answered to the requests for a secret ballot on that item."""
    return [
        p.decision.outcome
        for p in sitting.polls.of_item(item.id)
        if p.purpose is Purpose.SECRET_BALLOT_REQUEST and p.decision is not None
    ]
