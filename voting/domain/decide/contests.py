"""A choice among several: who stands, round after round, and who or what is chosen (R07, R26).

Voices are in ``votes``, closing and striking in ``polls``, as for any poll.
"""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.contests import (
    LABEL,
    MOST_OPTIONS,
    Contest,
    ContestResult,
    Nominee,
    Option,
    OptionCount,
    TieBreak,
    decide_contest,
    tied_first,
)
from voting.domain.decide import guards
from voting.domain.decide.floor import end_turn
from voting.domain.decide.putting import ask, check_request
from voting.domain.evolve_contests import papers_of
from voting.domain.ids import PersonId, option_id
from voting.domain.polls import Poll, PollState, Purpose
from voting.domain.refusals import AlreadyRecorded, ItemNotVoted, MethodForbidden, PollNotOpen, PollStillOpen
from voting.domain.refusals.ballots import OtherMethod, PapersDoNotAddUp, TooManyPapers
from voting.domain.refusals.block import InBlock
from voting.domain.refusals.contests import (
    BallotIsSecret,
    ElderUnknown,
    NoElderNeeded,
    NoRoundDue,
    NothingToUncover,
    NotUnopposed,
    OptionsUnclear,
    OptionUnknown,
    RoundDue,
)
from voting.domain.ruleset import ContestRule, MajorityBase, RuleSet, Secrecy, VotingMethod
from voting.domain.seats import quorum
from voting.domain.sitting import Phase, Sitting

Command = c.OpenContest | c.OpenNextRound | c.RecordOptionPapers | c.StateElder | c.DeclareUnopposed | c.UncoverBallot


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The staff names who stands; the chair reads out a single candidacy, or that the secret is given up."""
    guards.phase(sitting, Phase.OPEN)
    match command:
        case c.OpenContest():
            return _open(sitting, command, rules, now)
        case c.OpenNextRound():
            return _next_round(sitting, command, rules, now)
        case c.RecordOptionPapers():
            return _papers(sitting, command, now)
        case c.StateElder():
            return _elder(sitting, command, now)
        case c.DeclareUnopposed():
            return _unopposed(sitting, command, rules, now)
        case c.UncoverBallot():
            return _uncover(sitting, command, rules, now)
        case _:
            assert_never(command)


def rule_of(sitting: Sitting, item: AgendaItem, rules: RuleSet) -> ContestRule:
    """How one is chosen among several on that item of this sitting."""
    return rules.contest(item, sitting.facts.standing_orders)


def last_round(sitting: Sitting, item: AgendaItem) -> Poll | None:
    """The round of that item that was proclaimed last, when it chose nobody."""
    rounds = [p for p in sitting.polls.of_item(item.id) if p.contest is not None and p.state is PollState.PROCLAIMED]
    return rounds[-1] if rounds and rounds[-1].result is not None and rounds[-1].result.winner is None else None


def _open(sitting: Sitting, command: c.OpenContest, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    item = _contestable(sitting)
    guards.no_poll_pending(sitting)
    before = last_round(sitting, item)
    if before is not None and before.contest is not None:
        raise RoundDue(round=before.contest.round + 1)
    rule = rule_of(sitting, item, rules)
    options = _options(sitting, command.nominees, 0)
    _check_options(options)
    _check_method(sitting, item, command.method, rule, rules)
    contest = _contest(sitting, item, rule, rules, options)
    return ask(sitting, _question(command.by, command.method), rules, now, contest)


def _next_round(sitting: Sitting, command: c.OpenNextRound, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    item = _contestable(sitting)
    guards.no_poll_pending(sitting)
    before = last_round(sitting, item)
    if before is None or before.contest is None:
        raise NoRoundDue()
    stood = before.contest.options
    if not {o.id for o in stood}.issuperset(command.withdrawn):
        raise OptionsUnclear(what="unknown")
    kept = tuple(o for o in stood if o.id not in command.withdrawn)
    options = (*kept, *_options(sitting, command.joining, _named_so_far(sitting, item)))
    _check_options(options)
    rule = rule_of(sitting, item, rules)
    _check_method(sitting, item, before.method, rule, rules)
    contest = _contest(sitting, item, rule, rules, options, before)
    return ask(sitting, _question(command.by, before.method), rules, now, contest)


def _question(by: PersonId, method: VotingMethod) -> c.OpenPoll:
    """All choose together, colleges or not."""
    return c.OpenPoll(by=by, purpose=Purpose.ITEM, method=method, is_joint=True)


def _contestable(sitting: Sitting) -> AgendaItem:
    item = guards.item(sitting)
    if item.kind in (ItemKind.INFORMATION, ItemKind.AMENDMENT):
        raise ItemNotVoted(item=item.id)
    if sitting.agenda.block_of(item.id):
        raise InBlock(item=item.id)
    return item


def _check_method(sitting: Sitting, item: AgendaItem, method: VotingMethod, rule: ContestRule, rules: RuleSet) -> None:
    """No recorded vote where the law wants the secret, unless it was given up (CGCT L. 4132-14 al. 2)."""
    check_request(sitting, item, method, rules)
    if method is VotingMethod.SHOW_OF_HANDS:  # lawful perhaps, and not offered here: no article says no
        raise MethodForbidden()
    covered = rule.secrecy is Secrecy.REQUIRED or (
        rule.secrecy is Secrecy.WAIVABLE and item.id not in sitting.agenda.uncovered
    )
    if covered and method is not VotingMethod.SECRET:
        raise BallotIsSecret(may_be_waived=rule.secrecy is Secrecy.WAIVABLE, citation=rule.secrecy_citation)


def _named_so_far(sitting: Sitting, item: AgendaItem) -> int:
    """How many options the rounds of that item have named: an id never comes back for somebody else."""
    named = {o.id for p in sitting.polls.of_item(item.id) if p.contest is not None for o in p.contest.options}
    return len(named)


def _options(sitting: Sitting, nominees: tuple[Nominee, ...], before: int) -> tuple[Option, ...]:
    if len(nominees) > MOST_OPTIONS:
        raise OptionsUnclear(what="many")
    if any(n.person is not None and n.person not in sitting.roll for n in nominees):
        raise OptionsUnclear(what="person")
    return tuple(
        Option(id=option_id(number), label=_label(sitting, nominee), person=nominee.person)
        for number, nominee in enumerate(nominees, start=before + 1)
    )


def _label(sitting: Sitting, nominee: Nominee) -> str:
    """The name on the roll, or the words typed."""
    label = sitting.roll[nominee.person].full_name if nominee.person is not None else " ".join(nominee.label.split())
    if not label:
        raise OptionsUnclear(what="blank")
    if len(label) > LABEL:
        raise OptionsUnclear(what="long")
    return label


def _check_options(options: tuple[Option, ...]) -> None:
    if not options:
        raise OptionsUnclear(what="none")
    if len(options) > MOST_OPTIONS:
        raise OptionsUnclear(what="many")
    names = [(o.person, "" if o.person is not None else o.label.casefold()) for o in options]
    if len(set(names)) != len(names):
        raise OptionsUnclear(what="twice")


def _contest(
    sitting: Sitting,
    item: AgendaItem,
    rule: ContestRule,
    rules: RuleSet,
    options: tuple[Option, ...],
    before: Poll | None = None,
) -> Contest:
    number = before.contest.round + 1 if before is not None and before.contest is not None else 1
    return Contest(
        options=options,
        round=number,
        previous=before.id if before is not None else None,
        elects=item.kind is ItemKind.ELECTION,
        relative=number > rule.absolute_rounds,
        base=rule.base,
        whole=_whole(sitting, rule.base, rules),
        tie=rule.tie,
        article=rule.citation.article,
    )


def _whole(sitting: Sitting, base: MajorityBase, rules: RuleSet) -> int:
    check = quorum(sitting, rules)
    return {
        MajorityBase.VOTES_CAST: 0,
        MajorityBase.PRESENT: check.present,
        MajorityBase.PRESENT_OR_REPRESENTED: check.present + check.represented,
        MajorityBase.IN_OFFICE: check.in_office,
    }[base]


def _papers(sitting: Sitting, command: c.RecordOptionPapers, now: datetime) -> list[e.SittingEvent]:
    """What came out of the box: each option's papers, blank and invalid ones, as many as envelopes."""
    guards.staff(sitting, command.by)
    poll = sitting.polls.open_poll()
    if poll is None:
        raise PollNotOpen()
    if poll.contest is None or not poll.is_secret:
        raise OtherMethod()
    if sorted(x.option for x in command.counts) != sorted(o.id for o in poll.contest.options):
        raise OptionUnknown()
    votes = [x.votes for x in command.counts]
    found = (*votes, command.blank, command.invalid)
    if sum(found) != command.envelopes or min(found) < 0:
        raise PapersDoNotAddUp(envelopes=command.envelopes, papers=sum(found))
    if command.envelopes > len(poll.electorate):
        raise TooManyPapers(envelopes=command.envelopes, electors=len(poll.electorate))
    by_option = {x.option: x.votes for x in command.counts}
    counted = e.OptionPapersCounted(
        at=now,
        by=command.by,
        poll=poll.id,
        envelopes=command.envelopes,
        blank=command.blank,
        invalid=command.invalid,
        counts=tuple(OptionCount(option=o.id, votes=by_option[o.id]) for o in poll.contest.options),
    )
    if (poll.papers, poll.counts) == (papers_of(counted), counted.counts):
        raise AlreadyRecorded()
    return [counted]


# --- the end of a round -----------------------------------------------------------------------------------------------


def proclaimed(sitting: Sitting, by: c.ProclaimResult, poll: Poll, now: datetime) -> list[e.SittingEvent]:
    """The result of a closed round. Refuses while age decides and nobody has said who is the older one."""
    contest = _contest_of(poll)
    if contest.tie is TieBreak.ELDER and poll.elder is None and tied_first(contest, poll.counts):
        raise ElderUnknown()
    result = result_of(sitting, poll)
    return [*end_turn(sitting, by.by, now), e.ContestProclaimed(at=now, by=by.by, poll=poll.id, result=result)]


def result_of(sitting: Sitting, poll: Poll) -> ContestResult:
    """Who or what the count of a closed round chooses; the chair's own recorded voice breaks a tie, not a proxy's."""
    mandate = poll.electorate.get(sitting.officers.chair)
    chair = poll.ballots.get(mandate.member) if mandate is not None and not mandate.is_proxy else None
    return decide_contest(
        _contest_of(poll),
        poll.counts,
        chair_option=chair.option if chair is not None else None,
        elder=poll.elder,
    )


def _contest_of(poll: Poll) -> Contest:
    if poll.contest is None or poll.tally is None:
        raise PollStillOpen(number=poll.number)
    return poll.contest


def _elder(sitting: Sitting, command: c.StateElder, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    poll = sitting.polls.current()
    if poll is None or poll.state is not PollState.CLOSED:
        raise PollNotOpen()
    contest = poll.contest
    if contest is None or contest.tie is not TieBreak.ELDER or command.option not in tied_first(contest, poll.counts):
        raise NoElderNeeded()
    if poll.elder == command.option:
        raise AlreadyRecorded()
    return [e.ElderStated(at=now, by=command.by, poll=poll.id, option=command.option)]


# --- without a vote ---------------------------------------------------------------------------------------------------


def _unopposed(sitting: Sitting, command: c.DeclareUnopposed, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.chair(sitting, command.by, rules)
    guards.presided(sitting, rules)
    item = _contestable(sitting)
    guards.no_poll_pending(sitting)
    rule = rule_of(sitting, item, rules)
    if rule.unopposed is None:
        raise NotUnopposed(citation=rule.citation)
    guards.quorate(sitting, rules)
    (option,) = _options(sitting, (command.nominee,), 0)
    declared = e.UnopposedDeclared(
        at=now, by=command.by, item=item.id, label=option.label, person=option.person, article=rule.unopposed.article
    )
    return [*end_turn(sitting, command.by, now), declared]


def _uncover(sitting: Sitting, command: c.UncoverBallot, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.chair(sitting, command.by, rules)
    guards.presided(sitting, rules)
    item = _contestable(sitting)
    guards.no_poll_pending(sitting)
    rule = rule_of(sitting, item, rules)
    if rule.secrecy is not Secrecy.WAIVABLE:
        raise NothingToUncover(citation=rule.secrecy_citation)
    if item.id in sitting.agenda.uncovered:
        raise AlreadyRecorded()
    return [e.BallotUncovered(at=now, by=command.by, item=item.id)]
