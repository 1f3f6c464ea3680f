"""One of several processes on one database: `python -m tests.bench.replica URL SITTING,SITTING…`.

Says `ready` once its sittings are read; then each line with a number of rounds has everybody in each of them vote that
often, and is answered by the number of votes and the seconds that they took.
"""

import asyncio
import sys
import time
from collections.abc import Sequence

from bot.core import Core
from bot.installation import open_sql_core
from bot.rim import settle
from tests.kit import sittings as kit
from voting.domain.ids import SittingId
from voting.domain.tally import Choice
from voting.journal.keys import SigningKey
from voting.service.wishes import vote_key

MEMBERS = 60


async def _wave(core: Core, sittings: Sequence[SittingId], revision: int) -> int:
    """Everybody in every one of them votes."""
    choices = list(Choice)
    waiting = [
        core.writer.submit(
            sitting,
            kit.vote(kit.m(number), choices[(number + revision) % len(choices)], poll="p1", revision=revision),
            vote_key("p1", kit.m(number), revision),
        )
        for sitting in sittings
        for number in range(1, MEMBERS + 1)
    ]
    await asyncio.gather(*waiting)
    return len(waiting)


async def serve(url: str, sittings: Sequence[SittingId]) -> None:
    """Until there are no more lines."""
    core = await open_sql_core(url, SigningKey.generate("bench"))
    for sitting in sittings:
        await core.writer.snapshot(sitting)
    settle()
    _say("ready")
    revision = 0
    while line := await asyncio.to_thread(sys.stdin.readline):
        start, votes = time.perf_counter(), 0
        for _ in range(int(line)):
            votes += await _wave(core, sittings, revision)
            revision += 1
        _say(f"{votes} {time.perf_counter() - start}")
    await core.close()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], [SittingId(name) for name in sys.argv[2].split(",")]))
