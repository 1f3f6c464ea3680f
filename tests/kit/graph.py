"""A Microsoft Graph of our own, as strict as the real one: consent, paging, throttling, limits of a filter."""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

PAGE = 100
MOST_CLAUSES = 15
CLAUSE = re.compile(r"(id|mail|userPrincipalName) eq '((?:[^']|'')*)'")
READ, GROUPS, INSTALL, ATTENDANCE, INSTALL_IN_CHAT, CONSENT_IN_CHAT = (
    "User.ReadBasic.All",
    "GroupMember.Read.All",
    "TeamsAppInstallation.ReadWriteSelfForUser.All",
    "OnlineMeetingArtifact.Read.All",
    "TeamsAppInstallation.ReadWriteSelfForChat.All",
    "TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All",
)


class Refused(Exception):
    """An error as Graph writes it."""

    def __init__(self, status: int, code: str, retry_after: str | None = None) -> None:
        super().__init__(code)
        self.response = web.json_response({"error": {"code": code, "message": code}}, status=status)
        if retry_after is not None:
            self.response.headers["Retry-After"] = retry_after


@dataclass
class FakeGraph:
    """People, groups and what was consented to. ``token`` is the one bearer that it takes."""

    users: list[dict[str, Any]] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Attendance, by the id of the online meeting."""
    granted: set[str] = field(default_factory=lambda: {READ, GROUPS, INSTALL, ATTENDANCE})
    token: str = "graph"
    page: int = PAGE
    throttled: int = 0
    """How many of the next calls are refused with 429."""
    leads_astray: str = ""
    """An address to give as the next page."""
    installed: set[str] = field(default_factory=set)
    unlicensed: set[str] = field(default_factory=set)
    chats: dict[str, bool] = field(default_factory=dict)
    """Meetings of the tenant, and whether the app is in each."""
    asked_of_chats: frozenset[tuple[str, str]] = frozenset()
    """What the package in the catalogue asks of each chat: name and type."""
    calls: deque[str] = field(default_factory=deque)

    def add(self, account: str, mail: str | None, upn: str | None = None) -> None:
        """A person of the tenant."""
        self.users.append({"id": account, "mail": mail, "userPrincipalName": upn or mail, "displayName": "Somebody"})

    def routes(self) -> list[web.RouteDef]:
        """Below ``/v1.0``."""
        users = "/v1.0/users"
        return [
            web.get(users, self._handler(READ, self._find)),
            web.get("/v1.0/groups/{group}/transitiveMembers/microsoft.graph.user", self._handler(GROUPS, self._group)),
            web.post(users + "/{user}/teamwork/installedApps", self._handler(INSTALL, self._install)),
            web.post("/v1.0/chats/{chat}/installedApps", self._handler("", self._install_in_chat)),
            web.get(
                users + "/{user}/onlineMeetings/{meeting}/attendanceReports", self._handler(ATTENDANCE, self._reports)
            ),
            web.get(
                users + "/{user}/onlineMeetings/{meeting}/attendanceReports/{report}/attendanceRecords",
                self._handler(ATTENDANCE, self._records),
            ),
        ]

    def _handler(self, permission: str, work: Any) -> Any:
        async def handle(request: web.Request) -> web.Response:
            self.calls.append(f"{request.method} {request.path}")
            try:
                if request.headers.get("Authorization") != f"Bearer {self.token}":
                    raise Refused(401, "InvalidAuthenticationToken")
                if self.throttled:
                    self.throttled -= 1
                    raise Refused(429, "TooManyRequests", "1")
                if permission and permission not in self.granted:
                    raise Refused(403, "Authorization_RequestDenied")
                found: web.Response = await work(request)
                return found
            except Refused as refused:
                return refused.response

        return handle

    async def _find(self, request: web.Request) -> web.Response:
        asked = request.query.get("$filter", "")
        found = list(CLAUSE.finditer(asked))
        if not found or len(found) > MOST_CLAUSES or " or ".join(clause[0] for clause in found) != asked:
            raise Refused(400, "Request_UnsupportedQuery")
        wanted = [(clause[1], clause[2].replace("''", "'").casefold()) for clause in found]
        matching = [u for u in self.users if any(str(u[name] or "").casefold() == value for name, value in wanted)]
        return self._paged(request, matching)

    async def _group(self, request: web.Request) -> web.Response:
        members = self.groups.get(request.match_info["group"])
        if members is None:
            raise Refused(404, "Request_ResourceNotFound")
        return self._paged(request, [user for user in self.users if user["id"] in members])

    async def _install(self, request: web.Request) -> web.Response:
        account, body = request.match_info["user"], await request.json()
        if not body["teamsApp@odata.bind"].startswith("https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/"):
            raise Refused(400, "BadRequest")
        if account in self.unlicensed or not any(user["id"] == account for user in self.users):
            raise Refused(404, "NotFound")
        if account in self.installed:
            raise Refused(409, "Conflict")
        self.installed.add(account)
        return web.Response(status=201)

    async def _install_in_chat(self, request: web.Request) -> web.Response:
        """As Graph's own page has it: consents that match the package, with the permission that allows them."""
        chat, body = request.match_info["chat"], await request.json()
        if body["teamsApp@odata.bind"] != "https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/cat":
            raise Refused(404, "NotFound")
        given = body.get("consentedPermissionSet", {}).get("resourceSpecificPermissions", [])
        consented = frozenset((one["permissionValue"], one["permissionType"]) for one in given)
        if not self.granted & ({CONSENT_IN_CHAT} if consented else {INSTALL_IN_CHAT, CONSENT_IN_CHAT}):
            raise Refused(403, "Forbidden")
        if consented != self.asked_of_chats:
            raise Refused(400, "BadRequest")
        if chat not in self.chats:
            raise Refused(404, "NotFound")
        if self.chats[chat]:
            raise Refused(409, "Conflict")
        self.chats[chat] = True
        return web.Response(status=201)

    async def _reports(self, request: web.Request) -> web.Response:
        reports = self.reports.get(request.match_info["meeting"], {})
        return web.json_response({"value": [{"id": name, "meetingStartDateTime": name} for name in reports]})

    async def _records(self, request: web.Request) -> web.Response:
        reports = self.reports.get(request.match_info["meeting"], {})
        return self._paged(request, reports[request.match_info["report"]])

    def _paged(self, request: web.Request, things: list[dict[str, Any]]) -> web.Response:
        first = int(request.query.get("$skiptoken", "0"))
        size = min(self.page, int(request.query.get("$top", "100")))
        body: dict[str, object] = {"value": things[first : first + size]}
        if first + size < len(things):
            following = request.url.update_query({"$skiptoken": str(first + size)})
            body["@odata.nextLink"] = self.leads_astray or str(following)
        return web.json_response(body)
