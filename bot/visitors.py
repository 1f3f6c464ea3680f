"""Those who come by a page instead of a chat: who they are, and what vouches for them. Protocols and words only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

Flow = Mapping[str, object]
"""What must be remembered between the way out to the organisation's page and the way back. Secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """An account that has proved itself. What it may see or do is on the rolls, never here."""

    tenant_id: str
    account: str
    """The Entra object id, lower case."""
    name: str = ""
    """For the page's greeting alone."""


class SignInRefused(Exception):
    """The organisation does not vouch for that person. ``reason`` is for the log, never for the page."""

    def __init__(self, reason: str) -> None:
        """A few words or an error code, without personal data."""
        super().__init__(reason)
        self.reason = reason


class SignInUnavailable(Exception):
    """The organisation's sign-in cannot be reached now: try again."""


class Organisation(Protocol):
    """The sign-in of the organisation (OpenID Connect), and the word of Teams for who has opened a tab."""

    async def begin(self, back: str) -> tuple[str, Flow]:
        """Where to send the browser, and what to remember until it comes back to that address of ours.

        Raises ``SignInUnavailable``.
        """
        ...

    async def finish(self, flow: Flow, answer: Mapping[str, str]) -> Visitor:
        """Who came back with that answer. Raises ``SignInRefused`` or ``SignInUnavailable``."""
        ...

    async def vouched(self, token: str) -> Visitor:
        """Whom the token of a Teams tab names. Raises ``SignInRefused`` or ``SignInUnavailable``."""
        ...
