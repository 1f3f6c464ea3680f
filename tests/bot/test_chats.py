"""The chat that an administrator names, as an id or as the link that joins its meeting."""

import pytest

from bot.chats import chat_id

MEETING = "19:meeting_MjdhNjM4YzUt-Yz_k@thread.v2"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (MEETING, MEETING),
        (f"  {MEETING}\n", MEETING),
        ("19:0123456789abcdef0123456789abcdef@thread.v2", "19:0123456789abcdef0123456789abcdef@thread.v2"),
        (
            "https://teams.microsoft.com/l/meetup-join/19%3ameeting_MjdhNjM4YzUt-Yz_k%40thread.v2/0"
            "?context=%7b%22Tid%22%3a%22x%22%7d",
            MEETING,
        ),
        (f"https://teams.microsoft.com/l/meetup-join/{MEETING}/0", MEETING),
        ("https://teams.microsoft.com/meet/2345678901?p=abc", None),
        ("https://teams.microsoft.com/l/meetup-join/", None),
        ("19:meeting_x@thread.v2/../../users", None),
        ("meeting", None),
        ("", None),
    ],
)
def test_the_chat_meant(typed: str, expected: str | None) -> None:
    assert chat_id(typed) == expected
