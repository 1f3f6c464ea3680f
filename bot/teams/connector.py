"""What the bot can do in Teams: the few REST calls of the Bot Connector that we need.

Answers for: their addresses and shapes, and that none goes to a host which is not on the list.
Leaves rhythm to `pace`, insistence to `transport`, and what to say when to the outbox.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from bot.teams.activity import mapping, mappings, text
from bot.teams.answers import message_activity
from bot.teams.errors import Uncertain
from bot.teams.hosts import ServiceUrls, segment
from bot.teams.pace import Pace
from bot.teams.roster import Meeting, Participant, RosterMember
from bot.teams.transport import Call, Transport
from bot.turn import Content, Conversation, ConversationKind, Message, Priority

PAGE_SIZE = 500
SMALLEST_PAGE = 50
MOST_NOTIFIED = 10
"""Recipients of one targeted meeting notification."""
TARGETED = {"isTargetedActivity": "true"}


class Connector:
    """One per process. Every method may raise `errors.DeliveryError` or `hosts.HostRefused`."""

    def __init__(self, transport: Transport, hosts: ServiceUrls, pace: Pace | None = None) -> None:
        self._transport, self._hosts, self._pace = transport, hosts, pace or Pace()

    def delay(self, conversation: Conversation) -> float:
        """Seconds until a message there could leave if nothing else waited."""
        return self._pace.delay(conversation.id)

    @property
    def answers(self) -> Mapping[str, int]:
        """How often Teams gave each status; under ``none``, no answer at all."""
        return self._transport.answers

    def listen(self, listener: Callable[[bool], None]) -> None:
        """Hear of each attempt whether Teams answered it."""
        self._transport.listeners.append(listener)

    def share(self, processes: int) -> None:
        """So many processes speak for the application."""
        self._pace.share(processes)

    async def send(self, conversation: Conversation, content: Content, *, priority: Priority = Priority.URGENT) -> str:
        """Post a message; its activity id. `Uncertain` when it may have been posted."""
        call = self._posting(conversation, content)
        return _id_of(await self._write(conversation.id, call, priority))

    async def send_targeted(
        self, conversation: Conversation, user_id: str, content: Content, *, priority: Priority = Priority.URGENT
    ) -> str:
        """Post a message that only that member of the chat sees, for a day; old clients may refuse it."""
        call = self._posting(conversation, content, user_id)
        return _id_of(await self._write(conversation.id, call, priority))

    async def edit(
        self,
        conversation: Conversation,
        activity_id: str,
        content: Content,
        *,
        priority: Priority = Priority.LIVE,
    ) -> None:
        """Put another content in place of a message. Wipes what single persons saw of it."""
        call = Call(
            method="PUT",
            url=self._activity_url(conversation, activity_id),
            body=lambda: message_activity(_newest(content), conversation.bot_id, conversation.id) | {"id": activity_id},
        )
        await self._write(conversation.id, call, priority)

    async def delete(
        self, conversation: Conversation, activity_id: str, *, priority: Priority = Priority.NOTICE
    ) -> None:
        """Take a message away."""
        call = Call(method="DELETE", url=self._activity_url(conversation, activity_id))
        await self._write(conversation.id, call, priority)

    async def create_conversation(
        self,
        *,
        service_url: str,
        tenant_id: str,
        bot_id: str,
        member: str,
        priority: Priority = Priority.NOTICE,
    ) -> Conversation:
        """The 1:1 chat with a person, by MRI or Entra object id; make it once and keep it.

        Never an address or a UPN, and never an anonymous guest (400). Repeated, it is the same chat.
        """
        base = self._hosts.check(service_url)
        body = {
            "isGroup": False,
            "bot": {"id": bot_id},
            "members": [{"id": member}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        call = Call(method="POST", url=f"{base}/v3/conversations", body=lambda: body)
        identifier = _id_of(await self._write(f"new {member}", call, priority))
        return Conversation(
            id=identifier,
            kind=ConversationKind.PERSONAL,
            tenant_id=tenant_id,
            service_url=service_url,
            bot_id=bot_id,
        )

    async def members(self, conversation: Conversation) -> AsyncIterator[RosterMember]:
        """Everybody in the chat, page by page."""
        url = f"{self._conversation_url(conversation)}/pagedmembers"
        query, seen = {"pageSize": str(PAGE_SIZE)}, {""}
        while True:
            page = mapping(await self._read(conversation.id, Call(method="GET", url=url, query=query)))
            for member in mappings(page.get("members")):
                yield RosterMember.read(member)
            token = text(page.get("continuationToken")) or ""
            if token in seen:
                return
            seen.add(token)
            query = {"pageSize": str(PAGE_SIZE), "continuationToken": token}

    async def probe(self, conversation: Conversation) -> None:
        """Ask something of that chat that changes nothing: that Teams answers is all that is learnt."""
        url = f"{self._conversation_url(conversation)}/pagedmembers"
        await self._read(conversation.id, Call(method="GET", url=url, query={"pageSize": str(SMALLEST_PAGE)}))

    async def member(self, conversation: Conversation, person: str) -> RosterMember:
        """One member of the chat, by MRI, object id or UPN."""
        url = f"{self._conversation_url(conversation)}/members/{segment(person)}"
        return RosterMember.read(mapping(await self._read(conversation.id, Call(method="GET", url=url))))

    async def meeting(self, service_url: str, meeting_id: str) -> Meeting:
        """A meeting, by the id of `channelData.meeting` and no other."""
        call = Call(method="GET", url=self._meeting_url(service_url, meeting_id))
        return Meeting.read(mapping(await self._read(meeting_id, call)))

    async def participant(self, service_url: str, meeting_id: str, account: str, tenant_id: str) -> Participant:
        """A person's part in a meeting now, by object id; Teams answers for less than 350 participants only."""
        url = f"{self._meeting_url(service_url, meeting_id)}/participants/{segment(account)}"
        call = Call(method="GET", url=url, query={"tenantId": tenant_id})
        return Participant.read(mapping(await self._read(meeting_id, call)))

    async def notify_meeting(
        self,
        service_url: str,
        meeting_id: str,
        *,
        recipients: Sequence[str],
        url: str,
        title: str,
        priority: Priority = Priority.NOTICE,
    ) -> tuple[str, ...]:
        """Show a page of ours on the meeting stage of at most ten people, by MRI; those it could not be shown to."""
        if not 0 < len(recipients) <= MOST_NOTIFIED:
            raise ValueError(f"between one and {MOST_NOTIFIED} recipients")
        call = Call(
            method="POST",
            url=f"{self._meeting_url(service_url, meeting_id)}/notification",
            body=lambda: _notification(recipients, url, title),
            idempotent=False,
        )
        answer = mapping(await self._write(meeting_id, call, priority))
        failures = mappings(answer.get("recipientsFailureInfo"))
        return tuple(mri for failure in failures if (mri := text(failure.get("recipientMri"))))

    def _posting(self, conversation: Conversation, content: Content, recipient: str | None = None) -> Call:
        def body() -> Mapping[str, object]:
            activity = message_activity(_newest(content), conversation.bot_id, conversation.id)
            return activity if recipient is None else activity | {"recipient": {"id": recipient}}

        return Call(
            method="POST",
            url=f"{self._conversation_url(conversation)}/activities",
            body=body,
            idempotent=False,
            query=None if recipient is None else TARGETED,
        )

    def _conversation_url(self, conversation: Conversation) -> str:
        return f"{self._hosts.check(conversation.service_url)}/v3/conversations/{segment(conversation.id)}"

    def _activity_url(self, conversation: Conversation, activity_id: str) -> str:
        return f"{self._conversation_url(conversation)}/activities/{segment(activity_id)}"

    def _meeting_url(self, service_url: str, meeting_id: str) -> str:
        return f"{self._hosts.check(service_url)}/v1/meetings/{segment(meeting_id)}"

    async def _write(self, lane_id: str, call: Call, priority: Priority) -> object:
        async with self._pace.writing(lane_id, priority) as lane:
            return await self._transport.request(call, lambda: self._pace.permit(lane.writes, priority))

    async def _read(self, lane_id: str, call: Call) -> object:
        gate = self._pace.reading(lane_id)
        return await self._transport.request(call, lambda: self._pace.permit(gate, Priority.LIVE))


def _newest(content: Content) -> Message:
    return content if isinstance(content, Message) else content()


def _id_of(answer: object) -> str:
    identifier = text(mapping(answer).get("id"))
    if not identifier:
        raise Uncertain("accepted without an id")
    return identifier


def _notification(recipients: Sequence[str], url: str, title: str) -> Mapping[str, object]:
    page = {"height": "medium", "width": "medium", "title": title, "url": url}
    surface = {"surface": "meetingStage", "contentType": "task", "content": {"value": page}}
    return {
        "type": "targetedMeetingNotification",
        "value": {"recipients": list(recipients), "surfaces": [surface]},
    }
