"""What is asked about the public of the sitting (R33)."""

from dataclasses import dataclass

from voting.domain.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInCamera(Command):
    """Ask that the public leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndInCamera(Command):
    """Let the public in again."""
