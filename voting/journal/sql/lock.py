"""One process per database file: an exclusive lock on a file beside it, freed by the system when the process dies."""

import os
import sys
from pathlib import Path

from voting.journal.faults import StoreLocked

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HOLDER_AT = 16
"""Where the holder's name begins: the first bytes may be locked against reading."""


class ProcessLock:
    """The right to be the one process on a database. The file stays when it is given back: removing it would race."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take it now, or say who has it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except OSError as error:
            holder = os.pread(descriptor, 200, _HOLDER_AT) if hasattr(os, "pread") else b""
            os.close(descriptor)
            raise StoreLocked(path=str(self._path), holder=holder.decode("utf-8", "replace").strip()) from error
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, b" " * _HOLDER_AT + f"pid {os.getpid()}\n".encode())

    def give_back(self) -> None:
        """Let another process take it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
