"""The REST interface of the local Teams: the calls of the Bot Connector, with its ids, limits and errors.

Answers for: behaving as Teams does, its refusals included. Leaves what was said to `chats`.
For this machine only: whoever mounts the routes must bind loopback, and each request is checked for it again.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import orjson
from aiohttp import web

from bot.local.chats import Chat, Chats, Person, Unknown
from bot.local.throttle import Kind, Throttle
from bot.teams.hosts import is_from_here

LARGEST_MESSAGE = 100 * 1024
"""Bytes of the payload counted as UTF-16, as Teams counts."""
SMALLEST_PAGE, LARGEST_PAGE = 50, 500
REMEMBERED_CALLS = 20_000

Json = Mapping[str, object]
Work = Callable[[web.Request, Json], web.Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong once."""

    status: int = 0
    """0: the connection is cut without an answer."""
    retry_after: str | None = None
    method: str | None = None
    """Only for calls of that method."""
    is_done: bool = False
    """What was asked is done all the same, as when an answer gets lost on the way."""
    delay: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMade:
    """One call, for tests and figures."""

    method: str
    conversation_id: str
    kind: Kind
    status: int
    at: float
    activity_id: str = ""
    """Of the message that was edited or deleted."""


@dataclass(slots=True, kw_only=True)
class Behaviour:
    """What is switched on; may be changed while it runs."""

    is_throttled: bool = True
    has_conflicts: bool = True
    """Two writes in one conversation at the same time: 412 to the second."""
    latency: float = 0.0
    expected_token: str | None = None
    """When given, any other bearer token of the bot gets 401."""


class _Refused(Exception):
    def __init__(self, status: int, code: str, retry_after: str | None = None) -> None:
        super().__init__(code)
        self.response = web.json_response({"error": {"code": code, "message": code}}, status=status)
        if retry_after is not None:
            self.response.headers["Retry-After"] = retry_after


class LocalConnector:
    """Routes over the chats: `app.add_routes(connector.routes("/teams"))`; the service URL is then `http://…/teams`."""

    def __init__(
        self, chats: Chats, *, behaviour: Behaviour | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.chats, self.behaviour = chats, behaviour or Behaviour()
        self.calls: deque[CallMade] = deque(maxlen=REMEMBERED_CALLS)
        self._clock = clock
        self._throttle = Throttle(clock)
        self._faults: deque[Fault] = deque()
        self._writing: set[str] = set()

    def fail_next(self, *faults: Fault) -> None:
        """Have the next calls go wrong, one fault each."""
        self._faults.extend(faults)

    def count(self, status: int) -> int:
        """How many of the remembered calls got that status."""
        return sum(1 for call in self.calls if call.status == status)

    def routes(self, prefix: str = "") -> list[web.RouteDef]:
        """All that the bot may call."""
        conversation = prefix + "/v3/conversations/{conversation}"
        meeting = prefix + "/v1/meetings/{meeting}"
        return [
            web.post(prefix + "/v3/conversations", self._handler(Kind.CREATE, self._create)),
            web.post(conversation + "/activities", self._handler(Kind.WRITE, self._send)),
            web.post(conversation + "/activities/{activity}", self._handler(Kind.WRITE, self._send)),
            web.put(conversation + "/activities/{activity}", self._handler(Kind.WRITE, self._edit)),
            web.delete(conversation + "/activities/{activity}", self._handler(Kind.WRITE, self._delete)),
            web.get(conversation + "/pagedmembers", self._handler(Kind.READ, self._paged_members)),
            web.get(conversation + "/members", self._handler(Kind.READ, self._members)),
            web.get(conversation + "/members/{member}", self._handler(Kind.READ, self._member)),
            web.get(meeting, self._handler(Kind.READ, self._meeting)),
            web.get(meeting + "/participants/{member}", self._handler(Kind.READ, self._participant)),
            web.post(meeting + "/notification", self._handler(Kind.WRITE, self._notify)),
        ]

    def _handler(self, kind: Kind, work: Work) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                self._require_local(request)
                body = await _body(request)
                lane = _lane(request, body)
                response = await self._behave(request, kind, lane, lambda: work(request, body))
            except Unknown as unknown:
                response = _Refused(404, unknown.code).response
            except _Refused as refused:
                response = refused.response
            self.calls.append(
                CallMade(
                    method=request.method,
                    conversation_id=request.match_info.get("conversation", ""),
                    kind=kind,
                    status=response.status,
                    at=self._clock(),
                    activity_id=request.match_info.get("activity", ""),
                )
            )
            return response

        return handle

    async def _behave(
        self, request: web.Request, kind: Kind, lane: str, work: Callable[[], web.Response]
    ) -> web.Response:
        """Do the work after everything that Teams would first object to."""
        if self.behaviour.is_throttled and (wait := self._throttle.refuse(kind, lane)) is not None:
            raise _Refused(429, "Throttled", str(wait))
        with self._alone(lane if kind is Kind.WRITE else None):
            await asyncio.sleep(self.behaviour.latency)
            fault = self._fault(request.method)
            if fault is None:
                return work()
            if fault.is_done:
                work()
            await asyncio.sleep(fault.delay)
        if fault.status == 0:
            if request.transport is not None:
                request.transport.close()
            raise _Refused(503, "Cut")
        raise _Refused(fault.status, "Fault", fault.retry_after)

    @contextmanager
    def _alone(self, lane: str | None) -> Iterator[None]:
        if lane is None or not self.behaviour.has_conflicts:
            yield
            return
        if lane in self._writing:
            raise _Refused(412, "PreconditionFailed")
        self._writing.add(lane)
        try:
            yield
        finally:
            self._writing.discard(lane)

    def _fault(self, method: str) -> Fault | None:
        for fault in self._faults:
            if fault.method in (None, method):
                self._faults.remove(fault)
                return fault
        return None

    def _require_local(self, request: web.Request) -> None:
        if not is_from_here(request):
            raise _Refused(403, "Forbidden")
        expected = self.behaviour.expected_token
        if expected is not None and request.headers.get("Authorization") != f"Bearer {expected}":
            raise _Refused(401, "Unauthorized")

    def _create(self, _request: web.Request, body: Json) -> web.Response:
        members = body.get("members")
        wanted = members[0] if isinstance(members, list) and len(members) == 1 else None
        if body.get("isGroup") or not isinstance(wanted, dict):
            raise _Refused(400, "BadSyntax")
        person = self.chats.person(str(wanted.get("id")))
        if person.account is None:
            raise _Refused(400, "BadArgument")
        return web.json_response({"id": self.chats.personal(person).id}, status=201)

    def _send(self, request: web.Request, body: Json) -> web.Response:
        targeted = request.query.get("isTargetedActivity") == "true"
        if targeted and not isinstance(body.get("recipient"), dict):
            raise _Refused(400, "BadArgument")
        if body.get("type") != "message":
            return web.json_response({}, status=202)
        posted = body if targeted else {key: value for key, value in body.items() if key != "recipient"}
        identifier = self.chats.post(request.match_info["conversation"], posted)
        return web.json_response({"id": identifier}, status=201)

    def _edit(self, request: web.Request, body: Json) -> web.Response:
        identifier = request.match_info["activity"]
        self.chats.edit(request.match_info["conversation"], identifier, body)
        return web.json_response({"id": identifier})

    def _delete(self, request: web.Request, _body: Json) -> web.Response:
        self.chats.delete(request.match_info["conversation"], request.match_info["activity"])
        return web.json_response({})

    def _paged_members(self, request: web.Request, _body: Json) -> web.Response:
        chat = self.chats.chat(request.match_info["conversation"])
        asked, start = request.query.get("pageSize", "200"), request.query.get("continuationToken", "0")
        if not asked.isdecimal() or not start.isdecimal():
            raise _Refused(400, "BadArgument")
        size, first = min(max(int(asked), SMALLEST_PAGE), LARGEST_PAGE), int(start)
        everybody = list(chat.members.values())
        page: dict[str, object] = {"members": [_roster(person) for person in everybody[first : first + size]]}
        if first + size < len(everybody):
            page["continuationToken"] = str(first + size)
        return web.json_response(page)

    def _members(self, request: web.Request, _body: Json) -> web.Response:
        chat = self.chats.chat(request.match_info["conversation"])
        return web.json_response([_roster(person) for person in chat.members.values()])

    def _member(self, request: web.Request, _body: Json) -> web.Response:
        return web.json_response(_roster(self._in_chat(self.chats.chat(request.match_info["conversation"]), request)))

    def _meeting(self, request: web.Request, _body: Json) -> web.Response:
        chat = self.chats.meeting(request.match_info["meeting"])
        details = {"id": chat.meeting_id, "title": chat.title, "type": "Scheduled", "joinUrl": "https://teams.invalid/"}
        conversation = {"id": chat.id, "isGroup": True, "conversationType": chat.kind}
        organizer = {"aadObjectId": chat.organizer, "tenantId": chat.tenant_id}
        return web.json_response({"details": details, "conversation": conversation, "organizer": organizer})

    def _participant(self, request: web.Request, _body: Json) -> web.Response:
        chat = self.chats.meeting(request.match_info["meeting"])
        person = self._in_chat(chat, request)
        if request.query.get("tenantId", "").casefold() != person.tenant_id.casefold():
            raise _Refused(400, "BadArgument")
        role = "Organizer" if person.account == chat.organizer else "Attendee"
        meeting = {"role ": role, "inMeeting": person.user_id in chat.in_meeting}
        user = {"id": person.user_id, "aadObjectId": person.account, "name": person.name, "tenantId": person.tenant_id}
        return web.json_response({"user": user, "meeting": meeting, "conversation": {"id": chat.id, "isGroup": True}})

    def _notify(self, request: web.Request, body: Json) -> web.Response:
        chat, value = self.chats.meeting(request.match_info["meeting"]), body.get("value")
        recipients = value.get("recipients") if isinstance(value, dict) else None
        if not isinstance(recipients, list) or not 0 < len(recipients) <= 10:
            raise _Refused(400, "BadArgument")
        missed = [{"recipientMri": mri, "errorCode": "NotFound"} for mri in recipients if mri not in chat.members]
        if missed:
            return web.json_response({"recipientsFailureInfo": missed}, status=207)
        return web.json_response({}, status=202)

    def _in_chat(self, chat: Chat, request: web.Request) -> Person:
        person = self.chats.person(request.match_info["member"])
        if person.user_id not in chat.members:
            raise Unknown("MemberNotFoundInConversation")
        return person


def _roster(person: Person) -> Json:
    """As the roster spells it: the object id is `objectId` here, `aadObjectId` everywhere else."""
    return {
        "id": person.user_id,
        "objectId": person.account,
        "name": person.name,
        "email": person.email,
        "userPrincipalName": person.email,
        "tenantId": person.tenant_id,
        "userRole": person.role,
    }


def _lane(request: web.Request, body: Json) -> str:
    """What is limited together: a conversation, a meeting, or the person a chat is created with."""
    named = request.match_info.get("conversation") or request.match_info.get("meeting")
    return named or str(body.get("members"))


async def _body(request: web.Request) -> Json:
    if request.method in ("GET", "DELETE"):
        return {}
    if request.content_type != "application/json":
        raise _Refused(415, "BadSyntax")
    content = await request.read()
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise _Refused(400, "BadSyntax") from None
    if not isinstance(body, dict):
        raise _Refused(400, "BadSyntax")
    if len(content.decode().encode("utf-16-le")) > LARGEST_MESSAGE:
        raise _Refused(413, "MessageSizeTooBig")
    return cast(Json, body)
