"""Every known trap of the platform is watched: by a test that falls if we step into it, or by a line of the guide.

The table is the list; what it names must exist.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
GUIDE = (TESTS.parent / "guides" / "administrator.md").read_text("utf-8")

THREE_HUNDRED = "scenarios/test_three_hundred.py::test_three_hundred_presses_cost_teams_next_to_nothing"
CONNECTED = "bot/test_hints.py::test_who_is_connected_and_does_not_answer_is_told_to_the_clerk_alone"
EVENTS = "teams/test_turn.py::test_meeting_events_despite_their_leading_space"
NOT_THE_PERSON = "bot/test_directory.py::test_the_address_of_a_person_is_not_the_person"
ALLOWED_HOSTS = "teams/test_connector.py::test_nothing_leaves_for_a_host_off_the_list"

TRAPS: dict[str, str] = {
    "the stock adapter answers 500 to every press": "teams/test_endpoint.py::test_a_press_is_answered_in_the_response",
    "a message sent inside a vote": THREE_HUNDRED,
    "a login and a client for every turn": "teams/test_token.py::test_many_wait_for_one_login_off_the_loop",
    "an empty application id opens the door": "bot/test_serving_teams.py::test_it_does_not_start_without_credentials",
    "a key rollover is a day of errors": "teams/test_keys.py::test_a_new_key_is_taken_up_without_restart",
    "errors posted in the meeting chat": "teams/test_responder.py::test_a_private_reply_is_seen_by_one",
    "a string as the answer to a press": "teams/test_endpoint.py::test_a_press_is_answered_in_the_response",
    "a refresh by a client counted as a vote": "teams/test_endpoint.py::test_a_refresh_is_answered_in_the_response_too",
    "refresh without addresses: every client asks": "cards/test_poll.py::test_beyond_sixty_nobody_is_refreshed_unasked",
    "the voting card edited for each vote": "cards/test_poll.py::test_the_voting_card_stays_still_while_voices_come_in",
    "two writers in one conversation": "teams/test_throttling.py::test_two_bots_in_one_conversation_conflict",
    "hidden retries that add up": "teams/test_failures.py::test_it_gives_up_after_five_attempts",
    "the SDK's meeting calls": "teams/test_connector.py::test_meetings",
    "members of the chat taken for people in the meeting": CONNECTED,
    "the address of a person taken for the person": NOT_THE_PERSON,
    "an anonymous guest with a member's name": "teams/test_door.py::test_an_anonymous_guest_comes_in_as_nobody",
    "the meeting's id taken from elsewhere": EVENTS,
    "a space before the name of an event, EndTime": EVENTS,
    "a space after 'role'": "teams/test_connector.py::test_meetings",
    "arrivals need a box in the Developer Portal": "guide: portail des développeurs",
    "a permission that cannot install an app with permissions": "guide: ReadWriteAndConsentSelfForChat.All",
    "multi-tenant bots are no longer made": "guide: multi-tenant",
    "cards newer than 1.5, charts without fallback": "cards/test_cards.py::test_card_is_fit_for_teams",
    "Execute without its Submit fallback": "cards/test_cards.py::test_card_is_fit_for_teams",
    "a Submit is a message without text": "teams/test_turn.py::test_the_submit_fallback_is_a_message_without_text",
    "markdown and links in names": "cards/test_elements.py::test_a_run_keeps_the_spaces_around_it_and_what_was_typed",
    "markdown and links in headings": "cards/test_elements.py::test_harmless_text_has_no_sign_of_markdown",
    "a service URL gone stale or pointing elsewhere": ALLOWED_HOSTS,
    "mentions taken out of the words": "teams/test_mentions.py::test_the_name_stays_where_it_is_not_a_mention",
    "localised commands not understood": "manifest/test_menus.py::test_the_bot_hears_the_command_in_each_title",
    "groupchat or groupChat": "teams/test_turn.py::test_kinds_of_conversation",
    "groupchat or groupChat in the manifest": "manifest/test_official_schema.py::test_the_manifest_is_valid",
    "a schema that cannot be checked itself": "manifest/test_official_schema.py::test_the_schema_would_see_a_mistake",
    "clients without side panel or stage": "guide: Tout ce qui compte se fait par une carte ou par un mot",
    "the public store": "guide: catalogue de l’organisation",
    "500 to an unknown activity silences Teams": "teams/test_endpoint.py::test_what_is_not_for_us_gets_200",
}


def test_the_table_is_whole() -> None:
    assert len(TRAPS) == 36


@pytest.mark.parametrize(("trap", "watch"), TRAPS.items(), ids=list(TRAPS))
def test_every_trap_is_watched(trap: str, watch: str) -> None:
    if watch.startswith("guide: "):
        assert watch.removeprefix("guide: ") in " ".join(GUIDE.split()), trap
        return
    file, _, name = watch.partition("::")
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in tests, trap
