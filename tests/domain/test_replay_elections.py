"""The secret elections of a real council, held again: what its minutes say is what the core counts."""

import json
from typing import Any

import pytest

from tests.imports.kit import real_data
from tests.kit.given import Given, given
from tests.kit.sittings import called, close_poll, contest, convene, item, option_papers, proclaim, roll
from voting.domain.assembly import Body, ItemKind, Mode
from voting.domain.contests import ContestGround, ContestResult
from voting.domain.ids import option_id, poll_id
from voting.domain.ruleset import VotingMethod

LANNION = "fr_conseil_municipal_lannion.json"
SEATS = 33


def elections() -> list[dict[str, Any]]:
    """Every election of the file, the lists voted by all included; skips where the file is absent."""
    sessions = json.loads(real_data(LANNION).read_text("utf-8"))["sessions"]
    held = [one for session in sessions for one in session.get("elections", [])]
    lists = [one for session in sessions for one in session.get("list_elections", [])]
    single = {"results": {"liste unique A": 0}, "null": 0, "blank": 0}
    return held + [
        {**single, "envelopes": x["votes"], "expressed": x["votes"], "results": {"liste unique A": x["votes"]}}
        for x in lists
    ]


def replayed(election: dict[str, Any]) -> Given:
    """That election in the room of a council of as many, names left out."""
    names = [f"Candidature {n}" for n, _ in enumerate(election["results"], start=1)]
    sitting = convene(roll(SEATS), (item(1, ItemKind.ELECTION),), body=Body.COUNCIL, mode=Mode.ROOM)
    papers = option_papers(*election["results"].values(), blank=election["blank"], invalid=election["null"])
    assert papers.envelopes == election["envelopes"]
    return given(*called(sitting), contest(*names, method=VotingMethod.SECRET), papers, close_poll(), proclaim())


@pytest.mark.parametrize("number", range(4))
def test_R26_the_secret_elections_of_lannion_come_out_as_its_minutes_say(number: int) -> None:
    election = elections()[number]
    poll = replayed(election).sitting.polls.all[poll_id(1)]
    assert poll.tally is not None and poll.contest is not None
    assert poll.tally.votes_cast == election["expressed"]
    assert poll.tally.electors == SEATS
    if "absolute_majority" in election:
        assert poll.contest.needed(poll.tally.votes_cast) == election["absolute_majority"]
    assert poll.result == ContestResult(winner=option_id(1), ground=ContestGround.ABSOLUTE_MAJORITY)


def test_nothing_of_the_file_is_left_out() -> None:
    assert len(elections()) == 4
