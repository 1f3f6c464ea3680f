"""Wire JSON → botbuilder's `Activity` → our `Turn`.

Answers for: every oddity of what Teams sends. Total: whatever JSON object comes in, a turn comes out, IGNORED at worst.
Leaves the text of messages to `mentions`, and whether to believe any of it to `auth`.
"""

from collections.abc import Mapping
from typing import TypeGuard

from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount

from bot.teams.mentions import plain_text
from bot.turn import Conversation, ConversationKind, Sender, SharedFile, Trigger, Turn, TurnKind

CARD_ACTION = "adaptivecard/action"
FILE_CONSENT = "fileconsent/invoke"
FILE_ATTACHMENT = "application/vnd.microsoft.teams.file.download.info"
MEETING_EVENTS = {
    "application/vnd.microsoft.meetingstart": TurnKind.MEETING_STARTED,
    "application/vnd.microsoft.meetingend": TurnKind.MEETING_ENDED,
    "application/vnd.microsoft.meetingparticipantjoin": TurnKind.PARTICIPANTS_JOINED,
    "application/vnd.microsoft.meetingparticipantleave": TurnKind.PARTICIPANTS_LEFT,
}
CONVERSATION_KINDS = {
    "personal": ConversationKind.PERSONAL,
    "channel": ConversationKind.CHANNEL,
}

Json = Mapping[str, object]
NOTHING: Json = {}


def parse(body: Json) -> Activity:
    """The SDK's model of an activity, built field by field: its own deserialiser costs more than the whole turn.

    Every field is a string, a list of objects or an object, as it should be, or empty, whatever the wire said;
    entities and attachments stay JSON objects.
    """
    sender, recipient = mapping(body.get("from")), mapping(body.get("recipient"))
    return Activity(
        type=text(body.get("type")),
        id=text(body.get("id")),
        name=text(body.get("name")),
        action=text(body.get("action")),
        text=text(body.get("text")),
        text_format=text(body.get("textFormat")),
        locale=text(body.get("locale")),
        value=body.get("value"),
        reply_to_id=text(body.get("replyToId")),
        service_url=text(body.get("serviceUrl")),
        channel_id=text(body.get("channelId")),
        channel_data=mapping(body.get("channelData")),
        entities=mappings(body.get("entities")),
        attachments=mappings(body.get("attachments")),
        members_added=[_account(member) for member in mappings(body.get("membersAdded"))],
        members_removed=[_account(member) for member in mappings(body.get("membersRemoved"))],
        from_property=_account(sender),
        recipient=_account(recipient),
        conversation=_conversation_account(mapping(body.get("conversation"))),
    )


def read(activity: Activity, body: Json) -> Turn:
    """What the activity means to us; `body` is the JSON it was parsed from."""
    kind, reason = _kind(activity)
    value = mapping(activity.value)
    action = mapping(value.get("action")) if kind in (TurnKind.PRESS, TurnKind.REFRESH) else NOTHING
    conversation = _conversation(activity)
    client = _client_info(activity)
    joined, left = _movements(activity, kind, value, conversation.tenant_id)
    return Turn(
        kind=kind,
        reason=reason,
        activity_id=activity.id or "",
        reply_to_id=activity.reply_to_id,
        conversation=conversation,
        sender=_sender(activity.from_property, conversation.tenant_id),
        tenant_id=conversation.tenant_id,
        text=_said(activity) if kind is TurnKind.TEXT else "",
        data=_data(kind, action, value),
        verb=text(action.get("verb")) or text(value.get("action")) or activity.action or "",
        trigger=Trigger.AUTOMATIC if kind is TurnKind.REFRESH else Trigger.MANUAL,
        locale=activity.locale or text(client.get("locale")),
        meeting_id=text(mapping(activity.channel_data.get("meeting")).get("id")),
        raw=body,
        client=text(client.get("platform")),
        joined=joined,
        left=left,
        files=_files(activity) if kind is TurnKind.TEXT else (),
        is_invoke=activity.type == ActivityTypes.invoke,
    )


def turn_of(body: Json) -> Turn:
    """Both steps, for whoever has no door between them: tests, and simulated members of a tenant's rehearsal."""
    return read(parse(body), body)


def tenants_of(activity: Activity) -> set[str]:
    """Every tenant the activity says it comes from, lower case: the door wants all of them allowed."""
    claimed = (text(mapping(activity.channel_data.get("tenant")).get("id")), activity.conversation.tenant_id)
    return {tenant.casefold() for tenant in claimed if tenant}


def mapping(value: object) -> Json:
    """The object, or an empty one when it is anything else."""
    return value if _is_object(value) else NOTHING


def mappings(value: object) -> list[Json]:
    """The objects of a list; what is not one is left out."""
    return [item for item in value if _is_object(item)] if isinstance(value, list) else []


def text(value: object) -> str | None:
    """The string, or None when it is anything else."""
    return value if isinstance(value, str) else None


def _is_object(value: object) -> TypeGuard[Json]:
    return isinstance(value, dict)


def _account(wire: Json) -> ChannelAccount:
    # The roster of a meeting event writes the object id under its other name.
    object_id = text(wire.get("aadObjectId")) or text(wire.get("objectId"))
    account = ChannelAccount(id=text(wire.get("id")), name=text(wire.get("name")), aad_object_id=object_id)
    if tenant := text(wire.get("tenantId")):
        account.additional_properties = {"tenantId": tenant}
    return account


def _conversation_account(wire: Json) -> ConversationAccount:
    return ConversationAccount(
        id=text(wire.get("id")),
        name=text(wire.get("name")),
        is_group=wire.get("isGroup") is True,
        conversation_type=text(wire.get("conversationType")),
        tenant_id=text(wire.get("tenantId")),
    )


def _kind(activity: Activity) -> tuple[TurnKind, str]:
    """The kind, and for IGNORED the reason."""
    if not activity.conversation.id or not activity.service_url:
        return TurnKind.IGNORED, "no conversation"
    match activity.type:
        case ActivityTypes.message:
            return _message_kind(activity)
        case ActivityTypes.invoke:
            return _invoke_kind(activity)
        case ActivityTypes.event:
            return _known(MEETING_EVENTS.get((activity.name or "").strip().casefold()), f"event {activity.name!r}")
        case ActivityTypes.installation_update:
            removed = (activity.action or "").startswith("remove")
            return (TurnKind.UNINSTALLED if removed else TurnKind.INSTALLED), ""
        case ActivityTypes.conversation_update:
            moved = activity.members_added or activity.members_removed
            return _known(TurnKind.MEMBERS_CHANGED if moved else None, "conversation update without members")
        case _:
            return TurnKind.IGNORED, f"type {activity.type!r}"


def _known(kind: TurnKind | None, otherwise: str) -> tuple[TurnKind, str]:
    return (TurnKind.IGNORED, otherwise) if kind is None else (kind, "")


def _message_kind(activity: Activity) -> tuple[TurnKind, str]:
    return (TurnKind.SUBMIT if mapping(activity.value) else TurnKind.TEXT), ""


def _invoke_kind(activity: Activity) -> tuple[TurnKind, str]:
    name, value = (activity.name or "").strip().casefold(), mapping(activity.value)
    if name == FILE_CONSENT:
        return TurnKind.FILE_CONSENT, ""
    if name != CARD_ACTION:
        return TurnKind.IGNORED, f"invoke {activity.name!r}"
    if mapping(value.get("action")).get("type") != "Action.Execute":
        return TurnKind.IGNORED, "not an Action.Execute"
    trigger = text(value.get("trigger")) or ""
    return (TurnKind.REFRESH if trigger.casefold() == Trigger.AUTOMATIC else TurnKind.PRESS), ""


def _conversation(activity: Activity) -> Conversation:
    account = activity.conversation
    tenant = text(mapping(activity.channel_data.get("tenant")).get("id"))
    otherwise = ConversationKind.GROUP if account.conversation_type or account.is_group else ConversationKind.PERSONAL
    return Conversation(
        id=account.id or "",
        kind=CONVERSATION_KINDS.get((account.conversation_type or "").casefold(), otherwise),
        tenant_id=(account.tenant_id or tenant or "").casefold(),
        service_url=activity.service_url or "",
        bot_id=activity.recipient.id or "",
    )


def _sender(account: ChannelAccount, tenant_id: str) -> Sender:
    """`from`, whose own tenant counts when it is given: an outsider in our chat is not one of us."""
    own_tenant = text(account.additional_properties.get("tenantId"))
    return Sender(
        user_id=account.id or "",
        account=account.aad_object_id.casefold() if account.aad_object_id else None,
        name=account.name or "",
        tenant_id=(own_tenant or tenant_id).casefold() or None,
    )


def _data(kind: TurnKind, action: Json, value: Json) -> Json:
    if kind in (TurnKind.PRESS, TurnKind.REFRESH):
        return mapping(action.get("data"))
    if kind in (TurnKind.MEETING_STARTED, TurnKind.MEETING_ENDED):
        # `startTime` but `EndTime`, and both spellings of the rest.
        return {key[:1].lower() + key[1:]: content for key, content in value.items()}
    return value


def _said(activity: Activity) -> str:
    recipient = activity.recipient
    return plain_text(activity.text or "", activity.entities, recipient.id or "", recipient.name or "")


def _client_info(activity: Activity) -> Json:
    return next((entity for entity in activity.entities if entity.get("type") == "clientInfo"), NOTHING)


def _movements(
    activity: Activity, kind: TurnKind, value: Json, tenant: str
) -> tuple[tuple[Sender, ...], tuple[Sender, ...]]:
    """Who came and who went; the bot itself is not told of its own moves here but by INSTALLED."""
    if kind is TurnKind.MEMBERS_CHANGED:
        bot_id = activity.recipient.id
        came = tuple(_sender(member, tenant) for member in activity.members_added if member.id != bot_id)
        went = tuple(_sender(member, tenant) for member in activity.members_removed if member.id != bot_id)
        return came, went
    if kind in (TurnKind.PARTICIPANTS_JOINED, TurnKind.PARTICIPANTS_LEFT):
        users = (mapping(member.get("user")) for member in mappings(value.get("members")))
        people = tuple(_sender(_account(user), tenant) for user in users if user)
        return (people, ()) if kind is TurnKind.PARTICIPANTS_JOINED else ((), people)
    return (), ()


def _files(activity: Activity) -> tuple[SharedFile, ...]:
    shared = (entry for entry in activity.attachments if entry.get("contentType") == FILE_ATTACHMENT)
    described = ((text(entry.get("name")) or "", mapping(entry.get("content"))) for entry in shared)
    return tuple(
        SharedFile(name=name, download_url=url, file_type=text(content.get("fileType")) or "")
        for name, content in described
        if (url := text(content.get("downloadUrl")))
    )
