"""The key of a press: one per wish, and those of one wave beside each other."""

from itertools import groupby

from tests.kit import sittings as kit
from voting.domain.ids import PersonId
from voting.service.wishes import vote_key


def test_every_wish_has_its_own_key() -> None:
    wishes = [
        (poll, member, revision) for poll in ("p1", "p11") for member in ("1", "11", "0/1") for revision in (0, 1)
    ]
    assert len({vote_key(poll, PersonId(member), revision) for poll, member, revision in wishes}) == len(wishes)


def test_the_keys_of_a_wave_are_neighbours() -> None:
    waves = {vote_key("p1", kit.m(number), revision): revision for revision in range(25) for number in range(1, 12)}
    runs = [revision for revision, _ in groupby(waves[key] for key in sorted(waves))]
    assert sorted(runs) == list(range(25))
