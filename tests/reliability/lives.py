"""A bot that can be killed and started again at once: `python -m tests.reliability.lives PLAN.json`.

Everything is imported once; each line on standard input forks one life, which says `ready PORT PID` when it serves.
A life is a whole process: it opens the file, takes its lock, reads the journal, listens, and dies of `kill -9` alone.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.bench.server import serve
from tests.bench.world import Plan


def tell(port: int) -> None:
    sys.stdout.write(f"ready {port} {os.getpid()}\n")
    sys.stdout.flush()


def main(plan: Plan) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the system
    for _ in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(serve(plan, tell))
            os._exit(0)


if __name__ == "__main__":
    main(Plan.read(Path(sys.argv[1])))
