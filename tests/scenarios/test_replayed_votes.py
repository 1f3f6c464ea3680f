"""Votes of the Assemblée nationale and of the Legislative Council of Hong Kong, held again: same figures, same outcome.

What differs is what the files themselves list as contradictions of the source.
"""

from collections import Counter
from typing import Any

import pytest

from tests.kit.replay import Replay, data, mismatched, present
from tests.kit.sittings import CLERK
from voting.domain.commands import OpenPoll
from voting.domain.majorities import WantedMajority
from voting.domain.polls import Poll, Purpose
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase, Threshold
from voting.domain.tally import Ground, Outcome, Tally

SOME = Threshold(numerator=1, denominator=1000)
"""The quorum of those assemblies is not that of ours: one member is enough to hold their votes again."""
HOUSE = StandingOrders(quorum=SOME)
PARTS = ("Functional", "Geographical")
COUNCIL = StandingOrders(quorum=SOME, majority_base=MajorityBase.PRESENT, majority=MORE_THAN_HALF, colleges=PARTS)
OFFICE = WantedMajority(base=MajorityBase.IN_OFFICE, threshold=MORE_THAN_HALF, article="Constitution, art. 49")


def polled(
    sitting: Replay, vote: dict[str, Any], *, majority: WantedMajority | None = None, joint: bool = False
) -> Poll:
    sitting.arrive(sitting.chair, *present(vote))
    sitting.open()
    sitting.do(
        OpenPoll(
            by=CLERK,
            purpose=Purpose.ITEM,
            method=VotingMethod.ELECTRONIC,
            majority=majority,
            is_joint=joint,
        )
    )
    sitting.vote(vote["positions"])
    return sitting.settle()


def house(vote: dict[str, Any], members: list[str]) -> Poll:
    """A vote of the Assemblée nationale among as many members as it had seats filled that day."""
    seats = list(vote["positions"])
    seats += [x for x in members if x not in vote["positions"]][: vote["seats_filled"] - len(seats)]
    sitting = Replay(dict.fromkeys(seats, ""), HOUSE)
    return polled(sitting, vote, majority=OFFICE if vote["rule"]["kind"] == "absolute_majority_of_members" else None)


def differences(vote: dict[str, Any], found: dict[str, object]) -> set[str]:
    said = vote["official"]
    return {name for name, value in found.items() if said[name] is not None and said[name] != value}


def figures(poll: Poll) -> dict[str, object]:
    assert poll.tally is not None
    assert poll.decision is not None
    return {
        "for": poll.tally.votes_for,
        "against": poll.tally.against,
        "abstain": poll.tally.abstention,
        "adopted": poll.decision.outcome is Outcome.ADOPTED,
    }


@pytest.mark.parametrize("slice_", range(4))
def test_R21_the_assemblee_nationale_counts_as_we_do(slice_: int) -> None:
    replayed = data("votes_an_france.json")
    members = [x["id"] for x in replayed["members"]]
    grounds = Counter[Ground]()
    for vote in replayed["votes"][slice_::4]:
        poll = house(vote, members)
        assert poll.tally is not None
        assert poll.decision is not None
        found = figures(poll) | {
            "nonvoting": poll.tally.not_taking_part,
            "expressed": poll.tally.votes_cast,
            "required": poll.majority.needed(poll.tally.votes_cast),
        }
        assert differences(vote, found) == mismatched(vote), vote["id"]
        tied = vote["official"]["for"] == vote["official"]["against"]
        assert (poll.decision.ground is Ground.TIE) is (tied and poll.majority.is_simple)
        grounds[poll.decision.ground] += 1
    assert grounds[Ground.TIE] >= 5
    assert grounds[Ground.MAJORITY] >= 5


def test_R19_every_tie_of_the_file_is_a_rejection() -> None:
    votes = data("votes_an_france.json")["votes"]
    ties = [x for x in votes if x["official"]["for"] == x["official"]["against"]]
    assert len(ties) == 33
    assert not any(x["official"]["adopted"] for x in ties)


def test_R21_the_legislative_council_of_hong_kong_counts_those_present_in_each_of_its_parts() -> None:
    replayed = data("votes_legco_hongkong.json")
    groups = {x["id"]: x["group"] for x in replayed["members"]}
    split = 0
    for vote in replayed["votes"]:
        dual = vote["rule"]["kind"] == "dual_majority_of_members_present"
        poll = polled(Replay(groups, COUNCIL), vote, joint=not dual)
        wrong = differences(vote, figures(poll))
        assert "adopted" not in wrong, vote["id"]
        if dual:
            parts = {college.name: (college.majority.whole, tally) for college, tally in poll.terms.colleges}
            wrong |= {f"{x}" for name in PARTS for x in _part(name.lower(), vote, *parts[name])}
            agreed = {vote["official"]["by_part"][name.lower()]["result"] for name in PARTS}
            split += len(agreed) == 2
        excused = mismatched(vote) | ({"for"} if mismatched(vote) else set())
        assert wrong <= excused, vote["id"]
        assert bool(wrong) is bool(mismatched(vote))
    assert split > 10, "without votes in which the two parts disagree, this would prove little"


def _part(name: str, vote: dict[str, Any], whole: int | None, tally: Tally) -> set[str]:
    said = vote["official"]["by_part"][name]
    found = {
        "present": whole,
        "vote": tally.votes_cast + tally.abstention,
        "yes": tally.votes_for,
        "no": tally.against,
        "abstain": tally.abstention,
    }
    return {f"{name}.{field}" for field, value in found.items() if said[field] not in (None, value)}
