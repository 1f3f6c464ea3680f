"""Where the bot may send anything at all.

Answers for: the allow-list that stands before every outbound call, since the bot's token goes with it.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from aiohttp import web

TEAMS_HOSTS = (
    "smba.trafficmanager.net",
    ".botframework.com",
    ".teams.microsoft.com",
    ".teams.microsoft.us",
)
"""A leading dot takes any sub-domain; without it the host must be that one: anybody may rent a name beside it."""

FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


class HostRefused(Exception):
    """The address is not one that the bot may speak to; nothing was sent."""

    def __init__(self, service_url: str) -> None:
        super().__init__(service_url)
        self.service_url = service_url


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address can only be this machine."""
    if not host:
        return False
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def names_loopback(url: str) -> bool:
    """Whether an address can only lead to this machine."""
    try:
        return is_loopback(urlsplit(url).hostname)
    except ValueError:
        return False


def is_from_here(request: web.BaseRequest) -> bool:
    """Whether a person of this machine sent it: no proxy, no page of another site, no name rebound to loopback."""
    if not is_loopback(request.remote) or any(name in request.headers for name in FORWARDING_HEADERS):
        return False
    origin = request.headers.get("Origin")
    return names_loopback(f"//{request.headers.get('Host', '')}") and (origin is None or names_loopback(origin))


@dataclass(frozen=True, slots=True)
class ServiceUrls:
    """The service URLs that may be called."""

    hosts: tuple[str, ...] = TEAMS_HOSTS
    loopback: bool = False
    """For `--local` only, and then alone: see `local()`."""

    @classmethod
    def local(cls) -> "ServiceUrls":
        """Loopback and nothing else: a bot without tenant never speaks to Teams."""
        return cls(hosts=(), loopback=True)

    def check(self, service_url: str) -> str:
        """The address without its last slash, or `HostRefused`."""
        try:
            parts = urlsplit(service_url)
            port = parts.port
        except ValueError:
            raise HostRefused(service_url) from None
        if parts.username or parts.password or parts.query or parts.fragment or not parts.hostname:
            raise HostRefused(service_url)
        if self._is_local(parts) or self._is_known(parts, port):
            return service_url.rstrip("/")
        raise HostRefused(service_url)

    def _is_local(self, parts: SplitResult) -> bool:
        return self.loopback and parts.scheme in ("http", "https") and is_loopback(parts.hostname)

    def _is_known(self, parts: SplitResult, port: int | None) -> bool:
        host = (parts.hostname or "").casefold()
        if parts.scheme != "https" or port not in (None, 443):
            return False
        return any(host.endswith(known) if known.startswith(".") else host == known for known in self.hosts)


def segment(value: str) -> str:
    """A value as one path segment: an id from outside cannot climb to another route."""
    if value in ("", ".", ".."):
        raise ValueError(f"not an id: {value!r}")
    return quote(value, safe="")
