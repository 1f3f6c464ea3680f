"""The activities that a Teams client causes, as Teams writes them.

Answers for: the JSON alone. Leaves sending it to `client`, and the entry of a tenant's rehearsal to the simulation.
"""

import html
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.local.chats import Chat, Person

Json = dict[str, object]
SHARED_CHANNEL = "msteams"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes activities for one bot on one service URL."""

    service_url: str
    bot_id: str
    bot_name: str
    locale: str = "fr-FR"
    platform: str = "Web"
    clock: Callable[[], float] = time.time

    def message(self, person: Person, chat: Chat, text: str, activity_id: str, *, mention: bool | None = None) -> Json:
        """Something typed; in a meeting chat with the mention that makes Teams deliver it."""
        mentioned = chat.kind != "personal" if mention is None else mention
        activity = self._activity("message", person, chat, activity_id)
        entities: list[object] = [self._client_info()]
        if mentioned:
            name = html.escape(self.bot_name, quote=False)
            marked = f"<at>{name}</at>"
            text = f"{marked}&nbsp;{text}"
            bot = {"id": self.bot_id, "name": self.bot_name}
            entities.insert(0, {"type": "mention", "mentioned": bot, "text": marked})
        return activity | {"text": text, "textFormat": "plain", "attachments": [], "entities": entities}

    def press(
        self,
        person: Person,
        chat: Chat,
        activity_id: str,
        *,
        verb: str,
        data: Mapping[str, object],
        trigger: Literal["manual", "automatic"] = "manual",
    ) -> Json:
        """An `Action.Execute` pressed on a card, or run by the client itself when `trigger` says so."""
        action = {"type": "Action.Execute", "verb": verb, "data": dict(data)}
        invoke = self._activity("invoke", person, chat, f"f:{activity_id}-{int(self.clock() * 1e6)}")
        return invoke | {
            "name": "adaptiveCard/action",
            "value": {"action": action, "trigger": trigger},
            "replyToId": activity_id,
        }

    def submit(self, person: Person, chat: Chat, activity_id: str, data: Mapping[str, object]) -> Json:
        """The `Action.Submit` fallback: a message without text."""
        message = self._activity("message", person, chat, str(int(self.clock() * 1000)))
        return message | {"value": dict(data), "replyToId": activity_id}

    def file_answer(self, person: Person, chat: Chat, activity_id: str, value: Mapping[str, object]) -> Json:
        """A file that was offered is accepted or declined."""
        invoke = self._activity("invoke", person, chat, self._event_id())
        return invoke | {"name": "fileConsent/invoke", "value": dict(value), "replyToId": activity_id}

    def installation(self, person: Person, chat: Chat, action: str = "add") -> Json:
        """The app added to or removed from a chat."""
        return self._activity("installationUpdate", person, chat, self._event_id()) | {"action": action}

    def members_changed(
        self, person: Person, chat: Chat, *, added: Iterable[Person] = (), removed: Iterable[Person] = ()
    ) -> Json:
        """People added to or taken out of a chat by somebody."""
        update = self._activity("conversationUpdate", person, chat, self._event_id())
        for key, people in (("membersAdded", added), ("membersRemoved", removed)):
            if accounts := [_account(member) for member in people]:
                update[key] = accounts
        return update

    def meeting(self, person: Person, chat: Chat, event: Literal["Start", "End"]) -> Json:
        """The meeting began or ended."""
        value: Json = {
            "id": chat.meeting_id,
            "title": chat.title,
            "meetingType": "Scheduled",
            f"{event}Time": self._now(),
        }
        # The stray space is Teams' own.
        return self._event(person, chat, f" application/vnd.microsoft.meeting{event}", value)

    def participants(self, chat: Chat, people: Iterable[Person], event: Literal["Join", "Leave"]) -> Json:
        """People connected to the call, or left it."""
        moved = list(people)
        members = [
            {"user": _account(person), "meeting": {"inMeeting": event == "Join", "role": "Attendee"}}
            for person in moved
        ]
        name = f"application/vnd.microsoft.meetingParticipant{event}"
        return self._event(moved[0], chat, name, {"members": members})

    def _event(self, person: Person, chat: Chat, name: str, value: Json) -> Json:
        return self._activity("event", person, chat, self._event_id()) | {"name": name, "value": value}

    def _activity(self, kind: str, person: Person, chat: Chat, activity_id: str) -> Json:
        conversation: Json = {"id": chat.id, "conversationType": chat.kind, "tenantId": chat.tenant_id}
        channel_data: Json = {"tenant": {"id": chat.tenant_id}}
        if chat.kind == "groupChat":
            conversation["isGroup"] = True
        if chat.meeting_id is not None:
            channel_data["meeting"] = {"id": chat.meeting_id}
        return {
            "type": kind,
            "id": activity_id,
            "timestamp": self._now(),
            "serviceUrl": self.service_url,
            "channelId": SHARED_CHANNEL,
            "from": _account(person),
            "conversation": conversation,
            "recipient": {"id": self.bot_id, "name": self.bot_name},
            "channelData": channel_data,
            "entities": [self._client_info()],
            "locale": self.locale,
            "localTimezone": "Europe/Paris",
        }

    def _client_info(self) -> Json:
        return {
            "type": "clientInfo",
            "locale": self.locale,
            "country": "FR",
            "platform": self.platform,
            "timezone": "Europe/Paris",
        }

    def _event_id(self) -> str:
        return f"f:{int(self.clock() * 1e6)}"

    def _now(self) -> str:
        return datetime.fromtimestamp(self.clock(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _account(person: Person) -> Json:
    account: Json = {"id": person.user_id, "name": person.name, "tenantId": person.tenant_id}
    if person.account is not None:
        account["aadObjectId"] = person.account
    return account
