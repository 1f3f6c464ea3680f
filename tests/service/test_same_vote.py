"""The answer given to the item before is a suggestion, for each voice apart, and never a vote."""

from tests.kit.given import Given, given
from tests.kit.sittings import (
    CLERK,
    accepted_proxy,
    call,
    called,
    close_poll,
    contest,
    first,
    item,
    m,
    open_poll,
    opened,
    proclaim,
    standing_committee,
    vote,
    votes,
)
from voting.domain import commands as c
from voting.domain.assembly import ItemKind
from voting.domain.ids import PersonId
from voting.domain.tally import Choice
from voting.service.views.member import member_view

CPR = standing_committee(item(1), item(2), item(3, ItemKind.AWARD), item(4))


def _voted_once(*more: c.CastVote) -> Given:
    """The first report is decided, the poll on the second is open; m20 is represented by m2."""
    begun = given(*opened(CPR, first(19)), *accepted_proxy(m(20), m(2)), call(), open_poll())
    cast = (vote(m(2), Choice.AGAINST), vote(m(20), Choice.FOR, by=m(2)), vote(m(3)))
    return begun.after(*cast, *more, close_poll(), proclaim(), call(), open_poll())


def _suggested(sitting: Given, who: PersonId) -> list[Choice | None]:
    seen = member_view(sitting.sitting, sitting.rules, who).voices
    return [v.same.choice if v.same is not None else None for v in seen]


def test_R17_25910_each_voice_is_reminded_of_its_own_answer_and_none_is_cast() -> None:
    sitting = _voted_once()
    assert _suggested(sitting, m(2)) == [Choice.AGAINST, Choice.FOR]
    assert _suggested(sitting, m(3)) == [Choice.FOR]
    assert _suggested(sitting, m(4)) == [None], "who did not answer is reminded of nothing"
    poll = sitting.sitting.polls.open_poll()
    assert poll is not None
    assert not poll.ballots
    assert sitting.after(close_poll()).sitting.polls.all[poll.id].ballots == {}


def test_R17_a_voice_given_has_nothing_left_to_confirm() -> None:
    assert _suggested(_voted_once().after(vote(m(2))), m(2)) == [None, Choice.FOR]


def test_R17_nobody_is_offered_the_answer_that_somebody_else_gave() -> None:
    moved = given(*opened(CPR, first(19)), *accepted_proxy(m(20), m(2)), call(), open_poll())
    voted = moved.after(vote(m(20), Choice.AGAINST, by=m(2)), close_poll(), proclaim())
    handed = voted.after(c.RevokeProxy(by=m(20), grantor=m(20)), *accepted_proxy(m(20), m(3)), call(), open_poll())
    assert _suggested(handed, m(3)) == [None, None]


def test_only_the_item_just_before_is_repeated_and_only_what_was_for_or_against() -> None:
    first_item = given(*called(CPR), open_poll())
    assert _suggested(first_item, m(2)) == [None]
    struck = first_item.after(vote(m(2)), c.AnnulPoll(by=CLERK, reason="panne"), open_poll())
    assert _suggested(struck, m(2)) == [None]
    award = _voted_once(*votes(Choice.FOR, range(4, 18))).after(close_poll(), proclaim(), call(), contest("A", "B"))
    assert _suggested(award, m(2)) == [None, None]
    after = award.after(close_poll(), proclaim(), call(), open_poll())
    assert _suggested(after, m(2)) == [None, None]
