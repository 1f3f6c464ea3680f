"""What each activity of Teams means to the bot."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.activity import turn_of as turn
from bot.turn import ConversationKind, Sender, Turn, TurnKind
from tests.kit import teams


def test_a_command_typed_in_the_meeting_chat() -> None:
    wire = teams.told("présent")
    got = turn(wire)
    assert (got.kind, got.text, got.is_invoke) == (TurnKind.TEXT, "présent", False)
    assert got.activity_id == "1732269792123"
    assert got.conversation.id == teams.MEETING_CHAT
    assert got.conversation.kind is ConversationKind.GROUP
    assert got.conversation.service_url == teams.SERVICE_URL
    assert got.conversation.bot_id == teams.BOT_ID
    assert got.conversation.tenant_id == got.tenant_id == teams.TENANT
    assert got.sender.identity == (teams.TENANT, teams.MARTIN["aadObjectId"])
    assert (got.sender.user_id, got.sender.name) == (teams.MARTIN["id"], "Jeanne Martin")
    assert (got.locale, got.client, got.meeting_id) == ("fr-FR", "Windows", teams.MEETING_ID)
    assert got.raw is wire


def test_a_message_in_a_personal_chat_needs_no_mention() -> None:
    got = turn(teams.said("mes votes", personal=True))
    assert (got.kind, got.text, got.conversation.kind) == (TurnKind.TEXT, "mes votes", ConversationKind.PERSONAL)
    assert got.meeting_id is None


def test_a_press() -> None:
    got = turn(teams.pressed("vote", {"poll": "p4", "choice": "for"}))
    assert (got.kind, got.verb, got.data) == (TurnKind.PRESS, "vote", {"poll": "p4", "choice": "for"})
    assert (got.trigger, got.reply_to_id, got.is_invoke) == ("manual", teams.CARD_ID, True)


def test_a_press_without_trigger_is_a_press() -> None:
    assert turn(teams.pressed(trigger=None)).kind is TurnKind.PRESS


@pytest.mark.parametrize("trigger", ["automatic", "Automatic"])
def test_what_a_client_does_by_itself_is_no_press(trigger: str) -> None:
    got = turn(teams.pressed(trigger=trigger))
    assert (got.kind, got.trigger, got.is_invoke) == (TurnKind.REFRESH, "automatic", True)


def test_the_submit_fallback_is_a_message_without_text() -> None:
    got = turn(teams.submitted({"choice": "against"}))
    assert (got.kind, got.data, got.text, got.is_invoke) == (TurnKind.SUBMIT, {"choice": "against"}, "", False)
    assert got.reply_to_id == teams.CARD_ID
    got = turn(teams.submitted({"choice": "against"}) | {"text": None})
    assert got.kind is TurnKind.SUBMIT


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("add", TurnKind.INSTALLED),
        ("add-upgrade", TurnKind.INSTALLED),
        ("remove", TurnKind.UNINSTALLED),
        ("remove-upgrade", TurnKind.UNINSTALLED),
    ],
)
def test_installation_says_which(action: str, kind: TurnKind) -> None:
    got = turn(teams.installed(action))
    assert (got.kind, got.verb, got.conversation.kind) == (kind, action, ConversationKind.PERSONAL)


def test_members_come_and_go_without_the_bot_itself() -> None:
    got = turn(teams.members_changed(added=[teams.BOT, teams.DURAND], removed=[teams.MARTIN]))
    assert got.kind is TurnKind.MEMBERS_CHANGED
    assert [person.identity for person in got.joined] == [(teams.TENANT, teams.DURAND["aadObjectId"].lower())]
    assert [person.user_id for person in got.left] == [teams.MARTIN["id"]]


@pytest.mark.parametrize(("event", "kind"), [("Start", TurnKind.MEETING_STARTED), ("End", TurnKind.MEETING_ENDED)])
def test_meeting_events_despite_their_leading_space(event: str, kind: TurnKind) -> None:
    got = turn(teams.meeting(event))
    assert got.kind is kind
    assert got.meeting_id == teams.MEETING_ID, "the id of channelData, not the other one in value"
    assert got.data[f"{event.lower()}Time"] == "2026-11-22T10:00:00.0000000Z"
    assert got.data["title"] == "Commission permanente"


def test_participants_join_and_leave() -> None:
    got = turn(teams.participants("Join", teams.MARTIN, teams.ANONYMOUS))
    assert (got.kind, [person.account for person in got.joined]) == (
        TurnKind.PARTICIPANTS_JOINED,
        [teams.MARTIN["aadObjectId"], None],
    )
    got = turn(teams.participants("Leave", teams.DURAND))
    assert (got.kind, [person.name for person in got.left]) == (TurnKind.PARTICIPANTS_LEFT, ["Hugues Durand"])


def test_a_shared_file() -> None:
    got = turn(teams.file_shared())
    assert got.kind is TurnKind.TEXT
    (shared,) = got.files
    assert (shared.name, shared.file_type) == ("elus.csv", "csv")
    assert shared.download_url.startswith("https://contoso-my.sharepoint.com/download")


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_file_consent(answer: str) -> None:
    got = turn(teams.file_consent(answer))
    assert (got.kind, got.verb, got.data["context"]) == (TurnKind.FILE_CONSENT, answer, {"document": "minutes"})


def test_an_anonymous_guest_is_nobody_whatever_their_name() -> None:
    got = turn(teams.pressed(sender=teams.ANONYMOUS))
    assert got.sender.name == "Jeanne Martin"
    assert got.sender.account is None
    assert got.sender.identity is None


def test_somebody_of_another_tenant_is_of_that_tenant() -> None:
    """A federated person in our chat, or a forged object id: the key of a person holds their own tenant."""
    stranger = teams.MARTIN | {"tenantId": teams.OTHER_TENANT.upper()}
    assert turn(teams.pressed(sender=stranger)).sender.identity == (teams.OTHER_TENANT, teams.MARTIN["aadObjectId"])


def test_object_ids_are_compared_in_lower_case() -> None:
    assert turn(teams.pressed(sender=teams.DURAND)).sender.account == teams.DURAND["aadObjectId"].lower()


@pytest.mark.parametrize(
    ("conversation", "kind"),
    [
        ({"conversationType": "groupChat", "isGroup": True}, ConversationKind.GROUP),
        ({"conversationType": "groupchat", "isGroup": True}, ConversationKind.GROUP),
        ({"conversationType": "Channel", "isGroup": True}, ConversationKind.CHANNEL),
        ({"conversationType": "personal"}, ConversationKind.PERSONAL),
        ({}, ConversationKind.PERSONAL),
        ({"isGroup": True}, ConversationKind.GROUP),
        # Not known to us: better to take it as read by many than to show a person's votes there.
        ({"conversationType": "somethingNew"}, ConversationKind.GROUP),
    ],
)
def test_kinds_of_conversation(conversation: dict[str, Any], kind: ConversationKind) -> None:
    assert turn(teams.told("aide") | {"conversation": {"id": "19:x", **conversation}}).conversation.kind is kind


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        ({}, "no conversation"),
        (teams.told("aide") | {"conversation": None}, "no conversation"),
        (teams.told("aide") | {"serviceUrl": None}, "no conversation"),
        (teams.activity("messageReaction"), "type 'messageReaction'"),
        (teams.activity("typing"), "type 'typing'"),
        (teams.activity("event", name="application/vnd.microsoft.readReceipt"), "event"),
        (teams.activity("event"), "event None"),
        (teams.activity("invoke", name="task/fetch", value={}), "invoke 'task/fetch'"),
        (teams.activity("invoke", name="adaptiveCard/action"), "not an Action.Execute"),
        (teams.activity("invoke", name="adaptiveCard/action", value="for"), "not an Action.Execute"),
        (teams.activity("invoke", name="adaptiveCard/action", value={"action": []}), "not an Action.Execute"),
        (teams.activity("conversationUpdate", topicName="CPR"), "conversation update without members"),
    ],
)
def test_the_rest_is_ignored_with_a_reason(wire: dict[str, Any], reason: str) -> None:
    got = turn(wire)
    assert got.kind is TurnKind.IGNORED
    assert reason in got.reason


@pytest.mark.parametrize("data", ["for", None, 3, ["for"]])
def test_a_payload_that_is_no_object_is_empty(data: Any) -> None:
    wire = teams.pressed()
    wire["value"]["action"]["data"] = data
    assert (turn(wire).kind, turn(wire).data) == (TurnKind.PRESS, {})


def test_locale_falls_back_on_the_client() -> None:
    wire = teams.told("help")
    del wire["locale"]
    wire["entities"][-1]["locale"] = "en-GB"
    assert turn(wire).locale == "en-GB"


def test_what_the_playground_sends_is_understood() -> None:
    got = turn(teams.playground(teams.pressed("vote", {"choice": "for"})))
    assert (got.kind, got.data) == (TurnKind.PRESS, {"choice": "for"})
    assert got.sender.identity == (teams.PLAYGROUND_TENANT, teams.PLAYGROUND_USER["aadObjectId"])


def test_identity_needs_both_halves() -> None:
    person = Sender(user_id="29:x", account="a", name="A", tenant_id=None)
    assert person.identity is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
FIELDS = sorted(teams.said("x") | teams.pressed() | teams.members_changed(added=[], removed=[]))


@given(
    base=st.sampled_from([teams.told("a"), teams.pressed(), teams.participants("Join"), teams.installed()]),
    changes=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4),
)
def test_no_json_object_makes_it_fail(base: dict[str, Any], changes: dict[str, Any]) -> None:
    wire = json.loads(json.dumps(base)) | changes
    assert isinstance(turn(wire), Turn)


@given(
    path=st.sampled_from(["from", "conversation", "recipient", "channelData", "value"]),
    key=st.sampled_from(["id", "name", "aadObjectId", "tenantId", "tenant", "meeting", "action", "members", "trigger"]),
    value=JSON,
)
def test_no_odd_field_inside_makes_it_fail(path: str, key: str, value: Any) -> None:
    for base in (teams.told("a"), teams.pressed(), teams.participants("Leave", teams.MARTIN)):
        inner = base.get(path)
        wire = base | {path: (inner if isinstance(inner, dict) else {}) | {key: value}}
        assert isinstance(turn(wire), Turn)
