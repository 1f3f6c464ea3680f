"""What an id tells by itself."""

from voting.domain.ids import PRACTICE, REHEARSAL, is_rehearsal


def test_R60_a_rehearsal_is_known_by_its_id() -> None:
    assert is_rehearsal(f"{REHEARSAL}1-abc")
    assert is_rehearsal(f"{PRACTICE}abc")
    assert not is_rehearsal("s-0001")
