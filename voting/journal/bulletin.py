"""Where the processes on one database leave word for each other: sooner than asking the database, never surer."""

from collections.abc import Callable
from typing import Protocol

MISSED = ""
"""What is heard after a silence: anything may have changed."""


class Bulletin(Protocol):
    """Word of what has changed, by topic. It may be lost, and it may come twice."""

    def post(self, *topics: str) -> None:
        """Tell the others, soon; what is posted in quick succession is told once."""
        ...

    def listen(self, heard: Callable[[str], None]) -> None:
        """Hear every topic that others post, and `MISSED` after a silence. Called on the event loop."""
        ...


class Silence:
    """The bulletin of an engine that one process has to itself."""

    def post(self, *topics: str) -> None:
        """Nobody is there."""

    def listen(self, heard: Callable[[str], None]) -> None:
        """Nothing will be heard."""
