"""Our replies in the shape Teams wants: the body of an invoke response, or a message.

Answers for: the wire shape alone. Leaves the sentences and cards to whoever made the reply.
"""

from collections.abc import Mapping
from typing import assert_never

from bot.turn import CardReply, ErrorReply, FileOffer, FileStored, Message, Reply, TextReply, Turn, TurnKind

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
NOTICE_TYPE = "application/vnd.microsoft.activity.message"
ERROR_TYPE = "application/vnd.microsoft.error"
OFFER_TYPE = "application/vnd.microsoft.teams.card.file.consent"
STORED_TYPE = "application/vnd.microsoft.teams.card.file.info"

Json = Mapping[str, object]


def invoke_body(turn: Turn, reply: Reply) -> Json | None:
    """The body of the HTTP answer to an invoke, which is 200 in any case; None for an empty body."""
    if turn.kind not in (TurnKind.PRESS, TurnKind.REFRESH) and not isinstance(reply, ErrorReply):
        return None
    match reply:
        case CardReply():
            return _body(200, CARD_TYPE, reply.card)
        case TextReply():
            return _body(200, NOTICE_TYPE, reply.text)
        case ErrorReply():
            return _body(reply.status, ERROR_TYPE, {"code": reply.code, "message": reply.message})
        case None:
            return _body(200, NOTICE_TYPE, "")
        case _:
            assert_never(reply)


def _body(status: int, kind: str, value: object) -> Json:
    return {"statusCode": status, "type": kind, "value": value}


def as_message(reply: CardReply | TextReply | ErrorReply) -> Message:
    """The reply as a message, when there is no invoke response to put it in."""
    match reply:
        case CardReply():
            return Message(card=reply.card, summary=reply.summary)
        case TextReply():
            return Message(text=reply.text)
        case ErrorReply():
            return Message(text=reply.message)
        case _:
            assert_never(reply)


def message_activity(message: Message, bot_id: str, conversation_id: str) -> dict[str, object]:
    """The activity to POST or PUT. Text is plain: what a person typed never becomes markdown, a mention or a link."""
    activity: dict[str, object] = {
        "type": "message",
        "from": {"id": bot_id},
        "conversation": {"id": conversation_id},
    }
    if message.text:
        activity |= {"text": message.text, "textFormat": "plain"}
    if message.summary:
        activity["summary"] = message.summary
    if message.card is not None:
        activity["attachments"] = [{"contentType": CARD_TYPE, "content": message.card}]
    if message.file is not None:
        activity["attachments"] = [_file(message.file)]
    if message.alert:
        activity["channelData"] = {"notification": {"alert": True}}
    return activity


def _file(file: FileOffer | FileStored) -> Json:
    """Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4."""
    match file:
        case FileOffer():
            content = {
                "description": file.description,
                "sizeInBytes": file.size,
                "acceptContext": dict(file.context),
                "declineContext": dict(file.context),
            }
            return {"contentType": OFFER_TYPE, "name": file.name, "content": content}
        case FileStored():
            content = {"uniqueId": file.unique_id, "fileType": file.file_type}
            return {"contentType": STORED_TYPE, "contentUrl": file.address, "name": file.name, "content": content}
        case _:
            assert_never(file)
