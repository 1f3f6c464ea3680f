"""The show of hands: in the room alone, recorded once with its names."""

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    accepted_proxy,
    arrive,
    call,
    called,
    close_poll,
    convene,
    first,
    m,
    open_poll,
    proclaim,
    roll,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, poll_id
from voting.domain.refusals import (
    AlreadyRecorded,
    MethodForbidden,
    NotPresent,
    NoVote,
    PollNotOpen,
    Recused,
    StaffOnly,
    WrongPhase,
)
from voting.domain.refusals.ballots import NamedTwice, NotByPress, NotCountedYet, NotInTheRoom, OtherMethod
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Phase
from voting.domain.tally import Choice, Tally
from voting.rules import articles
from voting.rules.association import statutes

P1 = poll_id(1)
ROOM = convene(roll(9), mode=Mode.ROOM)
BY_HANDS = open_poll(method=VotingMethod.SHOW_OF_HANDS)


def together(number: int = 9, *steps: c.SittingCommand) -> Given:
    """The first members in the room, an item called, then those steps."""
    here = [arrive(who, Presence.IN_ROOM) for who in first(number)]
    return given(ROOM, *here, c.OpenSitting(by=CHAIR), *steps, call())


def hands(
    against: tuple[PersonId, ...] = (), abstention: tuple[PersonId, ...] = (), nppv: tuple[PersonId, ...] = ()
) -> c.RecordHands:
    return c.RecordHands(by=CLERK, against=against, abstention=abstention, not_taking_part=nppv)


def choices(sitting: Given) -> dict[PersonId, Choice]:
    return {member: b.choice for member, b in sitting.sitting.polls.all[P1].ballots.items()}


def test_those_named_and_all_the_others_for() -> None:
    shown = together().after(BY_HANDS).when(hands((m(2), m(3)), (m(4),), (m(5),)))
    then = shown.then(fact(e.HandsCounted, poll=P1, against=(m(2), m(3)), abstention=(m(4),), not_taking_part=(m(5),)))
    found = choices(then)
    assert [found[m(n)] for n in (2, 3)] == [Choice.AGAINST] * 2
    assert (found[m(4)], found[m(5)]) == (Choice.ABSTENTION, Choice.NOT_TAKING_PART)
    assert [found[m(n)] for n in (1, 6, 7, 8, 9)] == [Choice.FOR] * 5
    counted = then.history[-1]
    ballots = then.sitting.polls.all[P1].ballots.values()
    assert {(b.source, b.at, b.by) for b in ballots} == {(Source.CLERK, counted.at, CLERK)}
    tally = Tally(votes_for=5, against=2, abstention=1, not_taking_part=1, no_answer=0)
    then.when(close_poll()).then(fact(e.PollClosed, tally=tally))


def test_nobody_against_is_unanimity() -> None:
    then = together().after(BY_HANDS).when(hands()).then(e.HandsCounted)
    assert set(choices(then).values()) == {Choice.FOR}


def test_a_proxy_says_what_its_holder_says_unless_it_is_named() -> None:
    sitting = together(7, *accepted_proxy(m(8), m(2)), *accepted_proxy(m(9), m(3))).after(BY_HANDS)
    followed = choices(sitting.after(hands((m(2), m(3)))))
    assert (followed[m(8)], followed[m(9)]) == (Choice.AGAINST, Choice.AGAINST)
    apart = choices(sitting.after(hands((m(2), m(3)), (m(9),))))
    assert (apart[m(8)], apart[m(9)]) == (Choice.AGAINST, Choice.ABSTENTION)


def test_it_is_corrected_until_the_close_and_not_said_twice() -> None:
    sitting = together().after(BY_HANDS, hands((m(2),)))
    sitting.when(hands((m(2),))).then(AlreadyRecorded())
    corrected = sitting.when(hands((m(3),))).then(e.HandsCounted)
    ballots = corrected.sitting.polls.all[P1].ballots
    assert (ballots[m(2)].choice, ballots[m(3)].choice, ballots[m(2)].revision) == (Choice.FOR, Choice.AGAINST, 1)
    corrected.after(close_poll()).when(hands()).then(PollNotOpen())


def test_nothing_is_closed_before_it_is_recorded() -> None:
    together().after(BY_HANDS).when(close_poll()).then(NotCountedYet())


def test_only_electors_are_named_and_once() -> None:
    sitting = together(8, c.CallItem(by=CLERK, item=None)).after(c.DeclareRecusal(by=m(7), person=m(7)), BY_HANDS)
    sitting.when(hands((m(9),))).then(NotPresent(person=m(9)))
    sitting.when(hands((m(7),))).then(Recused(citation=articles.RECUSAL))
    sitting.when(hands((CLERK,))).then(NoVote(person=CLERK))
    sitting.when(hands((m(2),), (m(2),))).then(NamedTwice(member=m(2)))
    sitting.when(hands((m(2), m(2)))).then(NamedTwice(member=m(2)))


def test_it_is_recorded_by_the_staff() -> None:
    together().after(BY_HANDS).when(hands(), by=m(2)).then(StaffOnly())
    together().after(open_poll()).when(hands()).then(OtherMethod())
    together().when(hands()).then(PollNotOpen())
    given(ROOM).when(hands()).then(WrongPhase(phase=Phase.CONVENED))


@pytest.mark.parametrize("source", [Source.CARD, Source.VOICE])
def test_no_voice_is_pressed_nor_spoken(source: Source) -> None:
    by = m(2) if source is Source.CARD else CLERK
    together().after(BY_HANDS).when(vote(m(2), by=by, source=source)).then(NotByPress())


def test_not_from_afar_by_its_article() -> None:
    afar = given(*called(standing_committee()))
    afar.when(BY_HANDS).then(MethodForbidden(citation=articles.STANDING_METHODS))


def test_somebody_afar_cannot_be_in_it() -> None:
    hybrid = convene(roll(5), body=Body.ASSOCIATION, mode=Mode.HYBRID)
    here = [arrive(who, Presence.IN_ROOM) for who in first(4)]
    sitting = given(hybrid, *here, arrive(m(5)), c.OpenSitting(by=CHAIR), call())
    sitting.when(BY_HANDS).then(NotInTheRoom(person=m(5), citation=statutes("R16")))
    sitting.after(arrive(m(5), Presence.IN_ROOM)).when(BY_HANDS).then(e.PollOpened)


def test_it_settles_the_item_like_any_vote() -> None:
    sitting = together().after(BY_HANDS, hands((m(2),)), close_poll())
    sitting.when(proclaim()).then(e.ResultProclaimed)
