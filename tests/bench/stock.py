"""The other yardstick: a bot as the SDK's pages write it, on the stock adapter. `python -m tests.bench.stock`.

Given every advantage: no token to check, no login, nothing recorded, one small card, and a route of its own, since the
stock one answers 500 to every press.
"""

import asyncio
import logging
import sys
import time

from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, AdaptiveCardInvokeResponse, AdaptiveCardInvokeValue
from botframework.connector.auth import BotFrameworkAuthenticationFactory

from bot.listening import Served
from bot.local.server import bind

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Vous avez voté : Pour."}]}


class Votes(TeamsActivityHandler):  # type: ignore[misc]  # the SDK is untyped
    """Answers every press with the same receipt."""

    async def on_adaptive_card_invoke(
        self, turn_context: TurnContext, invoke_value: AdaptiveCardInvokeValue
    ) -> AdaptiveCardInvokeResponse:
        return AdaptiveCardInvokeResponse(status_code=200, type=CARD_TYPE, value=CARD)


class Adapter(CloudAdapterBase):  # type: ignore[misc]  # idem
    """The stock adapter, with the public cloud's own authentication, which an empty application id disables."""

    def __init__(self) -> None:
        super().__init__(BotFrameworkAuthenticationFactory.create())


async def _serve() -> None:
    logging.getLogger("msrest").setLevel(logging.ERROR)  # a line for every press otherwise
    adapter, bot = Adapter(), Votes()

    async def messages(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        response = await adapter.process_activity(request.headers.get("Authorization", ""), activity, bot.on_turn)
        return web.json_response(response.body, status=response.status) if response else web.Response()

    async def cpu(request: web.Request) -> web.Response:
        return web.json_response({"cpu": time.process_time()})

    application = web.Application()
    application.add_routes([web.post("/api/messages", messages), web.get("/cpu", cpu)])
    listening = bind("127.0.0.1", 0)
    await Served(application, listening).start()
    sys.stdout.write(f"ready {listening.getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
