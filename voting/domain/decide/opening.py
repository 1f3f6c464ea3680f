"""What a poll needs to open beside its question: who must be where, its majority, its colleges, the order of a call."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from voting.domain.attendance import Presence
from voting.domain.commands import OpenPoll
from voting.domain.decide import camera
from voting.domain.ids import PersonId
from voting.domain.majorities import Cited, College, Majority, WantedMajority, over
from voting.domain.nominal import from_letter, plain
from voting.domain.polls import Mandate, Purpose
from voting.domain.quorum import QuorumCheck
from voting.domain.refusals import MethodForbidden
from voting.domain.refusals.ballots import LetterUnknown, MajorityOutOfRange, NotInTheRoom, PollLengthUnfit
from voting.domain.ruleset import RuleSet, VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.standing_orders import MajorityBase, Threshold

SHORTEST, LONGEST = 10, 7_200
"""Seconds that may be announced for a vote."""
_TOGETHER = (VotingMethod.SHOW_OF_HANDS, VotingMethod.SECRET)


def check_method(sitting: Sitting, command: OpenPoll, voices: Iterable[Mandate], rules: RuleSet) -> None:
    """Refuses a way of voting that is not lawful here, or that somebody afar could not take part in."""
    if command.method not in rules.methods.allowed:
        raise MethodForbidden(citation=rules.methods.citation)
    if command.method not in _TOGETHER:
        return
    for mandate in voices:
        if sitting.presence(mandate.voter) is not Presence.IN_ROOM:
            raise NotInTheRoom(person=mandate.voter, citation=rules.methods.citation)
    if command.method is VotingMethod.SECRET and parts(sitting, command):
        raise MethodForbidden(citation=rules.majority.citation)  # a paper does not say of which college it is


def parts(sitting: Sitting, command: OpenPoll) -> tuple[str, ...]:
    """The colleges that must each agree; none as a rule."""
    return () if command.is_joint or command.purpose is Purpose.IN_CAMERA else sitting.facts.standing_orders.colleges


def majority(command: OpenPoll, voices: tuple[Mandate, ...], check: QuorumCheck, rules: RuleSet) -> Majority:
    """The majority of that poll, its base counted now."""
    bases = figures(voices, check.in_office)
    if command.purpose is Purpose.IN_CAMERA:
        return camera.majority(bases, rules)
    return _over(command.majority, rules, bases)


def colleges(sitting: Sitting, command: OpenPoll, voices: tuple[Mandate, ...], rules: RuleSet) -> tuple[College, ...]:
    """Each college with its own members, voices and majority."""
    made = []
    for name in parts(sitting, command):
        own = tuple(v for v in voices if sitting.roll[v.member].group == name)
        seats = sum(1 for m in sitting.voting_members() if m.group == name)
        needed = _over(command.majority, rules, figures(own, seats))
        made.append(College(name=name, members=tuple(v.member for v in own), majority=needed))
    return tuple(made)


def casting_vote(sitting: Sitting, command: OpenPoll, rules: RuleSet) -> Cited | None:
    """Why the voice of the chair would prevail on a tie of that poll; never on paper, nor over colleges (R19)."""
    if command.purpose is Purpose.IN_CAMERA:
        return None  # an absolute majority of those present knows no tie
    if not rules.tie.chair_prevails or command.method is VotingMethod.SECRET or parts(sitting, command):
        return None
    return Cited(article=rules.tie.citation.article, is_confirmed=rules.tie.citation.confirmed)


def ends_at(sitting: Sitting, command: OpenPoll, now: datetime) -> datetime | None:
    """The hour at which it is announced to end, if any: the standing orders speak of electronic votes alone."""
    seconds = command.seconds
    if seconds is None:
        is_electronic = command.method is VotingMethod.ELECTRONIC
        seconds = sitting.facts.standing_orders.poll_seconds if is_electronic else 0
    elif seconds != 0 and not SHORTEST <= seconds <= LONGEST:
        raise PollLengthUnfit(least=SHORTEST, most=LONGEST)
    return now + timedelta(seconds=seconds) if seconds else None


def figures(voices: tuple[Mandate, ...], in_office: int) -> Mapping[MajorityBase, int]:
    """What each base is made of, but the votes cast."""
    return {
        MajorityBase.PRESENT: sum(1 for v in voices if not v.is_proxy),
        MajorityBase.PRESENT_OR_REPRESENTED: len(voices),
        MajorityBase.IN_OFFICE: in_office,
    }


def call_order(sitting: Sitting, command: OpenPoll, voices: tuple[Mandate, ...]) -> tuple[PersonId, ...]:
    """In a vote by name, whose voices are called and in which order; nobody otherwise."""
    if command.method is not VotingMethod.ROLL_CALL:
        return ()
    if not command.first_letter:
        return tuple(v.member for v in voices)
    if len(letter := plain(command.first_letter)) != 1 or not "A" <= letter <= "Z":
        raise LetterUnknown(letter=command.first_letter)
    people = (sitting.roll[v.member] for v in voices)
    return from_letter(letter, ((p.id, f"{p.last_name} {p.first_name}") for p in people))


def _over(wanted: WantedMajority | None, rules: RuleSet, bases: Mapping[MajorityBase, int]) -> Majority:
    if wanted is None:
        law = rules.majority
        return over(law.base, law.threshold, bases, law.citation.article, is_confirmed=law.citation.confirmed)
    if not _is_sound(wanted.threshold):
        raise MajorityOutOfRange()
    return over(wanted.base, wanted.threshold, bases, wanted.article.strip(), is_confirmed=False)


def _is_sound(threshold: Threshold) -> bool:
    """More than half, and not more than the whole."""
    part, whole = threshold.numerator, threshold.denominator
    if threshold.is_strict:
        return whole <= 2 * part < 2 * whole
    return whole < 2 * part <= 2 * whole
