"""A word from the command line of this machine to the process that serves: what it asks is done by the one writer.

Answers for: that only the same user of the same machine is heard (a socket file that nobody else may open, and the
system's own word for who calls). Leaves what may be asked to whoever serves.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
import os
import socket
import struct
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

_log = logging.getLogger(__name__)

SOCKET = "control.sock"
PING = "ping"
"""Asks for nothing: whoever hears it serves."""
LONGEST = 16 << 20
"""Bytes of one question: a roll, an agenda and its documents are a hundred times smaller."""
PATIENCE = 60.0
_LONGEST_PATH = 100
"""Of a socket's path; the system takes 107 bytes."""

Json = Mapping[str, object]
Answer = Callable[[Json], Awaitable[Json]]


class NotServing(Exception):
    """Nobody serves that database on this machine."""


class AskedInVain(Exception):
    """The process that serves did not do it: the code of the sentence that says why."""

    def __init__(self, code: str) -> None:
        """``code`` is that of a sentence in the catalogues."""
        super().__init__(code)
        self.code = code


def same(database_url: str) -> str:
    """What both sides compare: a question for another database is not answered. Shows no password."""
    return hashlib.sha256(database_url.encode()).hexdigest()


class Control:
    """The listening side; started once the database is ours."""

    def __init__(self, folder: Path, database_url: str, answers: Mapping[str, Answer]) -> None:
        """``answers`` by the word that the question begins with."""
        self._path, self._database, self._answers = folder / SOCKET, same(database_url), answers
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen, where the system has such sockets; elsewhere the command line waits for its turn."""
        if not hasattr(socket, "AF_UNIX"):
            return
        try:
            listening = _listen(self._path)
        except OSError as error:
            _log.warning("no control socket at %s: %s", self._path, error)
            return
        self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=LONGEST)

    async def close(self) -> None:
        """Stop listening and take the file away."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                said = json.dumps(await self._answered(reader, writer)).encode()
                writer.write(said + b"\n")
                await writer.drain()
        except (TimeoutError, OSError, ValueError) as error:
            _log.warning("a question on the control socket came to nothing: %s", type(error).__name__)
        finally:
            writer.close()

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Json:
        said = await reader.readline()  # also of a stranger: who has not been heard out gets no answer either
        if not _is_ours(writer.get_extra_info("socket")):
            return {"code": "control.forbidden"}
        question = json.loads(said)
        if not isinstance(question, dict) or question.get("database") != self._database:
            return {"code": "control.elsewhere"}
        if question.get("ask") == PING:
            return {"answer": {}}
        answer = self._answers.get(str(question.get("ask")))
        if answer is None:
            return {"code": "control.unknown"}
        try:
            return {"answer": await answer(question)}
        except AskedInVain as vain:
            return {"code": vain.code}
        except Exception:
            _log.exception("what was asked on the control socket failed")
            return {"code": "control.failed"}


def ask(folder: Path, database_url: str, word: str, **question: object) -> Json:
    """The answer of whoever serves that database here (blocking). ``NotServing`` when nobody does, ``AskedInVain``."""
    if not hasattr(socket, "AF_UNIX"):
        raise NotServing
    said = json.dumps({"ask": word, "database": same(database_url), **question}).encode() + b"\n"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as calling, _short(folder / SOCKET) as path:
            calling.settimeout(PATIENCE)
            calling.connect(path)
            calling.sendall(said)
            with calling.makefile("rb") as answers:
                answer = json.loads(answers.readline(LONGEST) or b"{}")
    except (FileNotFoundError, ConnectionRefusedError):
        raise NotServing from None
    except PermissionError:
        raise AskedInVain("control.forbidden") from None
    except (OSError, ValueError):
        raise AskedInVain("control.failed") from None
    if answer.get("code") == "control.elsewhere":
        raise NotServing
    found = answer.get("answer")
    if not isinstance(found, dict):
        raise AskedInVain(str(answer.get("code") or "control.failed"))
    return found


def _listen(path: Path) -> socket.socket:
    """A socket file that its owner alone may open, from its first moment on; one left behind by a kill is replaced."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        path.unlink(missing_ok=True)
        with _short(path) as short:
            listening.bind(short)
    except BaseException:
        listening.close()
        raise
    finally:
        os.umask(before)
    return listening


@contextlib.contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name of that path which the system accepts for a socket: its folder may be deep."""
    if len(os.fsencode(path)) <= _LONGEST_PATH or not sys.platform.startswith("linux"):
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _is_ours(calling: socket.socket) -> bool:
    """Whether the caller is this very user, or root, according to the system; true where the system cannot tell."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    _, user, _ = struct.unpack("3i", calling.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return user in (0, os.geteuid())
