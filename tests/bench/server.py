"""The bot in a process of its own, as it serves Teams: signed tokens at the door, a database below, cards sent out.

`python -m tests.bench.server PLAN.json` says `ready PORT` once it listens, and stops on SIGTERM.
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from aiohttp import web

from bot.app import App, Channel, Posting
from bot.convening import Convener
from bot.installation import Books, open_installation, open_sql_core
from bot.listening import Served
from bot.local.server import LocalLine, bind
from bot.papers import DraftLink, NoCheckpoint
from bot.ports import Accounts, Conversations, Link
from bot.rim import SystemClock
from bot.serving import until_stopped
from bot.storage.memory import MemoryAccounts, MemoryConversations, MemoryFiles, MemorySentCards
from bot.teams.auth import ChannelDoor, TokenVerifier
from bot.teams.files import TeamsFiles
from bot.teams.keys import StaticKeys
from bot.teams.token import AppToken
from bot.turn import Conversation, ConversationKind
from tests.bench.probe import PATH, Probe, run
from tests.bench.world import TOKEN, Plan
from voting.domain.ids import PersonId, SittingId
from voting.journal.keys import SigningKey
from voting.journal.sql.database import is_server

CPU = "/cpu"
"""Seconds of processor that this process has used: an address that the bot itself does not have."""


class FarLogin:
    """Microsoft's, so many seconds away: asking it for a token holds a thread for as long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def acquire(self, scope: str) -> Mapping[str, object]:
        """See `bot.teams.token.Credential`."""
        time.sleep(self._seconds)
        return {"access_token": TOKEN, "expires_in": 3600}


async def serve(plan: Plan, ready: Callable[[int], None], more: Sequence[web.RouteDef] = ()) -> None:
    """Serve that plan until told to stop. `more`: addresses that the bot itself does not have."""
    key = SigningKey.parse(plan.key)
    replica = None
    if is_server(plan.database):
        installation = await open_installation(plan.database, key)
        core, kept, replica = installation.core, installation.books, installation.replica
    else:
        core, kept = await open_sql_core(plan.database, key), await books(plan)
    verifier = TokenVerifier(StaticKeys.from_jwks(plan.jwks), issuer=plan.issuer, audience=plan.app_id)
    tokens = AppToken(FarLogin(plan.login_seconds))
    line = LocalLine.open(tokens)
    app = App(
        core,
        kept,
        Channel(
            door=ChannelDoor(verifier, app_id=plan.app_id, tenants=[plan.tenant]),
            connector=line.connector,
            files=TeamsFiles(session=line.session),
        ),
        access=_everybody,
        minutes_link=_no_minutes,
        convener=Convener(
            core=core,
            accounts=kept.accounts,
            body_name="",
            body_siret="",
            tenant_id=plan.tenant,
            language="fr",
            allowed=frozenset(),
        ),
        clock=SystemClock(),
        posting=Posting(live_seconds=plan.live_seconds),
        replica=replica,
    )
    application = web.Application()
    application.add_routes([*app.routes(), web.get(CPU, _cpu), *more])
    listening = bind("127.0.0.1", plan.port)
    served = Served(application, listening)
    await app.start()
    await served.start()
    ready(listening.getsockname()[1])
    await until_stopped()
    await served.refuse()  # first nobody new, then whoever is here is served
    await app.end_streams()
    await served.emptied()
    await app.close()
    await served.close()
    await tokens.close()
    await line.session.close()


async def books(plan: Plan) -> Books:
    """Who is who and where the sitting is held."""
    kept = Books(
        accounts=MemoryAccounts(),
        conversations=MemoryConversations(),
        sent=MemorySentCards(),
        files=MemoryFiles(),
    )
    await fill(kept.accounts, kept.conversations, plan)
    return kept


async def fill(accounts: Accounts, conversations: Conversations, plan: Plan) -> None:
    """Write down who is who and where the sitting is held."""
    sitting = SittingId(plan.sitting)
    await accounts.link(
        Link(sitting=sitting, person=PersonId(person), tenant_id=plan.tenant, account=account, user_id=mri)
        for person, (account, mri) in plan.people.items()
    )
    meeting = Conversation(
        id=plan.meeting,
        kind=ConversationKind.GROUP,
        tenant_id=plan.tenant,
        service_url=plan.service_url,
        bot_id=plan.bot_id,
    )
    await conversations.bind(sitting, meeting)


async def _cpu(request: web.Request) -> web.Response:
    return web.json_response({"cpu": time.process_time()})


async def _everybody(request: web.Request, sitting: SittingId) -> bool:
    return True


async def _no_minutes(sitting: SittingId) -> DraftLink:
    raise NoCheckpoint(sitting)


def tell(port: int) -> None:
    """Say where it listens to whoever started the process."""
    sys.stdout.write(f"ready {port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    here = Probe()
    run(serve(Plan.read(Path(sys.argv[1])), tell, [web.get(PATH, here.handle)]), here)
