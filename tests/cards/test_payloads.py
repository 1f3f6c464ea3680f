"""What comes back from a button is a hint: read strictly, never trusted."""

import pytest

from bot.cards import payloads


def test_what_is_written_is_read() -> None:
    data = payloads.write(sitting="s1", poll="p4", member=None, revision=0)
    assert data == {"sitting": "s1", "poll": "p4", "revision": 0}
    assert payloads.read(data) == payloads.Payload(sitting="s1", poll="p4", revision=0)


def test_a_field_that_no_payload_has_is_a_fault_of_ours() -> None:
    with pytest.raises(payloads.BadPayload, match="role"):
        payloads.write(role="chair")


def test_what_teams_and_old_cards_add_is_dropped() -> None:
    assert payloads.read({"msteams": {}, "role": "chair", "poll": "p1"}) == payloads.Payload(poll="p1")


@pytest.mark.parametrize("data", [None, [], "p1", 4])
def test_no_data_is_an_empty_payload(data: object) -> None:
    assert payloads.read(data) == payloads.Payload()


@pytest.mark.parametrize(
    "data", [{"revision": -1}, {"revision": "x"}, {"poll": "p" * 200}, {"poll": {}}, {"page": 0}, {"text": "x" * 5_000}]
)
def test_a_payload_of_another_shape_is_refused(data: object) -> None:
    with pytest.raises(payloads.BadPayload):
        payloads.read(data)
