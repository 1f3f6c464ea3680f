"""Whole activities as Teams puts them on the wire, noise included: what its documentation shows, made up again.

Written apart from `bot.local.wire`, so that the reader and the local client do not share a mistake.
"""

import copy
from typing import Any

Json = dict[str, Any]

APP_ID = "4f3c9f2e-2f6a-4c55-9a53-2a9f7d1c0b11"
BOT_ID = f"28:{APP_ID}"
BOT_NAME = "Hémicycle"
TENANT = "8b0c2a5e-6f0f-4a0e-9a4c-0d6c2f6b7a10"
OTHER_TENANT = "11111111-2222-4333-8444-555555555555"
SERVICE_URL = "https://smba.trafficmanager.net/fr/8b0c2a5e-6f0f-4a0e-9a4c-0d6c2f6b7a10/"
MEETING_CHAT = "19:meeting_MmE0YjYxZTctNzU1Ny00ZGY4LWI4YmUtNTU5N2QwYzc0ODQz@thread.v2"
MEETING_ID = "MCMxOTptZWV0aW5nX01tRTBZallDSFJlYWQudjIjMA=="
PERSONAL_CHAT = "a:1KzrbLm3E0ZtZ9c1s8QK2r4gT7oOeN0sV8yq2xW1pF5hJ3dUu6"
CARD_ID = "1732269791000"

MARTIN: Json = {
    "id": "29:1GcS4EyB_oSI8A88XmWBN7NJFyMqe3QGnJdgLfFGkJnVelzRGos0bPbpsfJjcbAD22bmKc4GMbrY2g4JDrrA8vM06",
    "name": "Jeanne Martin",
    "aadObjectId": "5c1f0c35-19a4-4f0e-9f9d-6b7a1d2e3f40",
}
DURAND: Json = {
    "id": "29:1mzHd2SfqhdCBYxvDXcZ1k8UGbcGvHfCEVl2hBJHGmXVVqTtF8bKXrXqfBQH5HmNkFJQOYBSkc5LJgFQzVQn9Ww",
    "name": "Hugues Durand",
    "aadObjectId": "0E7A9C1B-33F2-4D8B-8A77-3B5E9D4C2A61",
}
ANONYMOUS: Json = {"id": "29:1kF0mAnonymous", "name": "Jeanne Martin", "userRole": "anonymous", "tenantId": TENANT}


def activity(kind: str, *, sender: Json = MARTIN, personal: bool = False, **changes: Any) -> Json:
    """An activity of that type in the meeting chat, or in the person's own; `changes` replace whole fields."""
    conversation: Json = {"isGroup": True, "conversationType": "groupChat", "tenantId": TENANT, "id": MEETING_CHAT}
    if personal:
        conversation = {"conversationType": "personal", "tenantId": TENANT, "id": PERSONAL_CHAT}
    whole: Json = {
        "timestamp": "2026-11-22T10:03:12.1230642Z",
        "localTimestamp": "2026-11-22T11:03:12.1230642+01:00",
        "type": kind,
        "id": "f:8d2b1f0e-8e4a-6c5b-1a2b-3c4d5e6f7a8b",
        "channelId": "msteams",
        "serviceUrl": SERVICE_URL,
        "from": copy.deepcopy(sender),
        "conversation": conversation,
        "recipient": {"id": BOT_ID, "name": BOT_NAME},
        "entities": [
            {
                "locale": "fr-FR",
                "country": "FR",
                "platform": "Windows",
                "timezone": "Europe/Paris",
                "type": "clientInfo",
            }
        ],
        "channelData": {
            "tenant": {"id": TENANT},
            "source": {"name": "message"},
            "settings": {"selectedChannel": {"id": MEETING_CHAT}},
        },
        "locale": "fr-FR",
        "localTimezone": "Europe/Paris",
        "rawTimestamp": "2026-11-22T10:03:12.1230642Z",
        "rawLocalTimestamp": "2026-11-22T11:03:12.1230642+01:00",
        "callerId": "urn:botframework:azure",
    }
    if not personal:
        whole["channelData"]["meeting"] = {"id": MEETING_ID}
    return whole | changes


def mention(account: Json, *, written: str | None = None) -> Json:
    """A mention entity, as it comes beside the text."""
    name = account["name"]
    return {"mentioned": {"id": account["id"], "name": name}, "text": f"<at>{written or name}</at>", "type": "mention"}


BOT: Json = {"id": BOT_ID, "name": BOT_NAME}


def said(text: str | None, *mentions: Json, sender: Json = MARTIN, personal: bool = False, **changes: Any) -> Json:
    """A message as it was typed."""
    message = activity("message", sender=sender, personal=personal, id="1732269792123")
    message |= {
        "text": text,
        "textFormat": "plain",
        "attachments": [{"contentType": "text/html", "content": "<p></p>"}],
    }
    message["entities"] = [*mentions, *message["entities"]]
    return message | changes


def told(command: str, *, sender: Json = MARTIN) -> Json:
    """A command in the meeting chat, where only a mention reaches the bot."""
    return said(f"<at>{BOT_NAME}</at>&nbsp;{command}", mention(BOT), sender=sender)


def pressed(
    verb: str = "vote",
    data: Any = None,
    *,
    sender: Json = MARTIN,
    trigger: str | None = "manual",
    card: str = CARD_ID,
    **changes: Any,
) -> Json:
    """An `Action.Execute`: a press, or the client itself when the trigger is automatic."""
    payload = {"choice": "for"} if data is None else data
    value: Json = {"action": {"type": "Action.Execute", "title": "Pour", "id": "b1", "verb": verb, "data": payload}}
    if trigger is not None:
        value["trigger"] = trigger
    invoke = activity("invoke", sender=sender, name="adaptiveCard/action", value=value, replyToId=card)
    invoke["channelData"] |= {"source": {"name": "message"}, "legacy": {"replyToId": "1:1Zk5b"}}
    return invoke | changes


def submitted(data: Json, *, sender: Json = MARTIN, card: str = CARD_ID) -> Json:
    """The `Action.Submit` fallback: a message that says nothing."""
    message = activity("message", sender=sender, id="1732269793456", value=data, replyToId=card)
    message["channelData"] |= {"legacy": {"replyToId": "1:1Zk5b"}}
    return message


def installed(action: str = "add", *, sender: Json = MARTIN, personal: bool = True) -> Json:
    """The app put into a chat, or taken out of it."""
    return activity("installationUpdate", sender=sender, personal=personal, action=action)


def members_changed(*, added: list[Json] | None = None, removed: list[Json] | None = None) -> Json:
    """People who came into the chat, or went."""
    update = activity("conversationUpdate")
    if added is not None:
        update |= {"membersAdded": [{"id": one["id"], "aadObjectId": one.get("aadObjectId")} for one in added]}
    if removed is not None:
        update |= {"membersRemoved": [{"id": one["id"], "aadObjectId": one.get("aadObjectId")} for one in removed]}
    return update


def meeting(event: str) -> Json:
    """`Start` or `End`, spelt as Teams spells them: a leading space, and another case at the end."""
    value: Json = {
        "MeetingType": "Scheduled",
        "Title": "Commission permanente",
        "Id": "MCMxOTptZWV0aW5nX290aGVyQHRocmVhZC52MiMw",
        "JoinUrl": "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0",
        f"{event}Time": "2026-11-22T10:00:00.0000000Z",
    }
    return activity("event", name=f" application/vnd.microsoft.meeting{event}", value=value)


def participants(event: str, *people: Json) -> Json:
    """`Join` or `Leave` of people, as hints of who is connected."""
    members = [{"user": dict(one), "meeting": {"inMeeting": event == "Join", "role": "Presenter"}} for one in people]
    return activity("event", name=f"application/vnd.microsoft.meetingParticipant{event}", value={"members": members})


def file_shared(name: str = "elus.csv") -> Json:
    """A file sent to the bot in a personal chat."""
    attachment = {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "contentUrl": "https://contoso-my.sharepoint.com/personal/jm/Documents/elus.csv",
        "name": name,
        "content": {
            "downloadUrl": "https://contoso-my.sharepoint.com/download?tempauth=abc",
            "uniqueId": "1150D938-8870-4044-9F2C-5BBDEBA70C8C",
            "fileType": "csv",
        },
    }
    return said("", personal=True, attachments=[attachment])


def file_consent(answer: str = "accept") -> Json:
    """The answer to a file consent card."""
    value: Json = {"type": "fileUpload", "action": answer, "context": {"document": "minutes"}}
    if answer == "accept":
        value["uploadInfo"] = {"uploadUrl": "https://contoso-my.sharepoint.com/upload", "name": "pv.pdf"}
    return activity("invoke", personal=True, name="fileConsent/invoke", value=value)


# What Microsoft's Agents Playground sends, after its documentation and observed fields: no token, no trigger, no action
# id, object ids and tenant that are no GUIDs.
PLAYGROUND_TENANT = "00000000-0000-0000-0000-0000000000001"
PLAYGROUND_USER: Json = {
    "id": "user-id-0",
    "name": "Alex Wilber",
    "aadObjectId": "00000000-0000-0000-0000-0000000000020",
    "role": "user",
}


def playground(whole: Json, service_url: str = "http://localhost:56150/_connector") -> Json:
    """An activity of ours as the Playground would have written it."""
    changed = copy.deepcopy(whole) | {"serviceUrl": service_url, "from": dict(PLAYGROUND_USER)}
    changed["recipient"] = {"id": "00000000-0000-0000-0000-00000000000011", "name": "Test Bot"}
    changed["conversation"] = {"id": "personal-chat-id", "conversationType": "personal", "tenantId": PLAYGROUND_TENANT}
    changed["channelData"] = {"tenant": {"id": PLAYGROUND_TENANT}}
    if isinstance(changed.get("value"), dict):
        changed["value"].pop("trigger", None)
        action = changed["value"].get("action")
        if isinstance(action, dict):
            action.pop("id", None)
    return changed
