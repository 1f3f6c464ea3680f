"""The tenant's directory through Microsoft Graph: who bears which address, who is in a group, the bot installed.

Answers for: asking for as little as possible (addresses and ids alone), page by page, at a quiet pace, and never taking
its token to another address. Leaves insistence to `transport`, and whom to believe to `bot.directory`.
"""

import time
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.ports import ChatInstall, DirectoryUnavailable, Seen
from bot.teams.activity import mapping, mappings, text
from bot.teams.errors import DeliveryError, Rejected
from bot.teams.hosts import segment
from bot.teams.pace import Gate, Limit
from bot.teams.transport import Call, Transport
from bot.turn import Priority

GRAPH = "https://graph.microsoft.com/v1.0"
SCOPE = "https://graph.microsoft.com"
CLAUSES = 14
"""Of one filter: Graph takes 15."""
FIELDS = "id,mail,userPrincipalName"
"""What `User.ReadBasic.All` shows; no name is compared, so none is asked for."""
PAGE_SIZE = "999"
MOST_PAGES = 200
PACE = (Limit(10, 1), Limit(4, 0.2))
"""Far below what Graph allows an application: the directory is in no hurry."""
NOTHING: Mapping[str, str] = MappingProxyType({})


class Graph:
    """Satisfies ``bot.ports.TenantDirectory``. One per process, with a token of its own."""

    def __init__(
        self,
        transport: Transport,
        tenant_id: str,
        *,
        catalog_id: str = "",
        consents: Mapping[str, str] = NOTHING,
        base: str = GRAPH,
    ) -> None:
        """``catalog_id``: the app in the organisation's catalogue, which is what may be installed.

        ``consents``: what our package asks of each chat, name → type; Graph wants exactly those, or none.
        """
        self._transport, self._tenant_id, self._catalog_id, self._base = transport, tenant_id, catalog_id, base
        self._consents = consents
        self._gate = Gate(PACE, time.monotonic)

    @property
    def can_install(self) -> bool:
        """Whether there is an app of ours in the catalogue to install."""
        return bool(self._catalog_id)

    async def find(self, addresses: Collection[str], accounts: Collection[str]) -> tuple[Seen, ...]:
        """Whoever bears one of these addresses, as mail or as sign-in name, or is one of these accounts."""
        clauses = [
            *(f"{field} eq {_quoted(address)}" for address in sorted(addresses) for field in _ADDRESSES),
            *(f"id eq {_quoted(account)}" for account in sorted(accounts)),
        ]
        found: list[Seen] = []
        for some in _parts(clauses, CLAUSES):
            query = {"$filter": " or ".join(some), "$select": FIELDS, "$top": PAGE_SIZE}
            found += [who async for who in self._people("/users", query)]
        return tuple({who.account: who for who in found}.values())

    async def group(self, identifier: str) -> tuple[Seen, ...]:
        """The people of a group, or of a team, which is one; those of groups within it too."""
        path = f"/groups/{segment(identifier)}/transitiveMembers/microsoft.graph.user"
        return tuple([who async for who in self._people(path, {"$select": FIELDS, "$top": PAGE_SIZE})])

    async def install(self, account: str) -> bool:
        """Put the bot into that person's Teams, which then tells the bot where to speak; false when it cannot be."""
        url = f"{self._base}/users/{segment(account)}/teamwork/installedApps"
        try:
            await self._request(Call(method="POST", url=url, body=lambda: self._app))
        except Rejected as refused:
            # 409: it is there already. 400 and 404: nobody, or nobody with Teams.
            return refused.status == 409
        return True

    async def install_in_chat(self, chat: str) -> ChatInstall:
        """Put the bot into that chat, with what our package asks of it; then as a package that asks nothing.

        Graph tells neither which of the two is in the catalogue nor which of its two permissions it was given.
        """
        first = await self._post_to_chat(chat, self._app | self._consented)
        if not self._consented or first not in (ChatInstall.REFUSED, ChatInstall.NOT_GRANTED):
            return first
        second = await self._post_to_chat(chat, self._app)
        return second if second in (ChatInstall.DONE, ChatInstall.THERE) else first

    async def _post_to_chat(self, chat: str, body: Mapping[str, object]) -> ChatInstall:
        if not self._catalog_id:
            return ChatInstall.CLOSED
        url = f"{self._base}/chats/{segment(chat)}/installedApps"
        try:
            await self._request(Call(method="POST", url=url, body=lambda: body))
        except DirectoryUnavailable as unavailable:
            return ChatInstall(unavailable.reason)
        except Rejected as refused:
            return _SAID.get(refused.status or 0, ChatInstall.REFUSED)
        return ChatInstall.DONE

    @property
    def _app(self) -> dict[str, object]:
        return {"teamsApp@odata.bind": f"{GRAPH}/appCatalogs/teamsApps/{self._catalog_id}"}

    @property
    def _consented(self) -> dict[str, object]:
        asked = [{"permissionValue": name, "permissionType": kind} for name, kind in self._consents.items()]
        return {"consentedPermissionSet": {"resourceSpecificPermissions": asked}} if asked else {}

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Mapping[str, object]:
        """One object. Raises `Rejected` when there is none."""
        return mapping(await self._request(Call(method="GET", url=f"{self._base}{path}", query=query)))

    async def pages(self, path: str, query: Mapping[str, str]) -> AsyncIterator[Mapping[str, object]]:
        """Every object of a list."""
        url, asked = f"{self._base}{path}", dict(query)
        for _ in range(MOST_PAGES):
            page = mapping(await self._request(Call(method="GET", url=url, query=asked or None)))
            for one in mappings(page.get("value")):
                yield one
            following = text(page.get("@odata.nextLink"))
            if following is None:
                return
            url, asked = self._checked(following), {}
        raise DirectoryUnavailable("silent")  # a list without end is no list

    def _checked(self, link: str) -> str:
        """The next page, if it is Graph's own: the token goes with the question."""
        here, there = urlsplit(self._base), urlsplit(link)
        if (there.scheme, there.netloc) != (here.scheme, here.netloc):
            raise DirectoryUnavailable("silent")
        return link

    async def _people(self, path: str, query: Mapping[str, str]) -> AsyncIterator[Seen]:
        try:
            async for user in self.pages(path, query):
                if account := text(user.get("id")):
                    addresses = (text(user.get(field)) for field in _ADDRESSES)
                    yield Seen(
                        account=account.casefold(),
                        tenant_id=self._tenant_id,
                        addresses=frozenset(address.casefold() for address in addresses if address),
                    )
        except Rejected as refused:
            raise DirectoryUnavailable("silent") from refused

    async def _request(self, call: Call) -> object:
        try:
            return await self._transport.request(call, lambda: self._gate.enter(Priority.NOTICE))
        except Rejected as refused:
            if refused.status in (401, 403):
                raise DirectoryUnavailable("not_granted") from refused
            raise
        except DeliveryError as error:
            raise DirectoryUnavailable("silent") from error


_ADDRESSES = ("mail", "userPrincipalName")
_SAID = {404: ChatInstall.NO_CHAT, 409: ChatInstall.THERE}


def _quoted(value: str) -> str:
    """A value in a filter: one that holds a quote cannot end it."""
    return "'" + value.replace("'", "''") + "'"


def _parts(things: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(things), size):
        yield things[first : first + size]
