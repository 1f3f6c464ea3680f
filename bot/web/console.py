"""``/seances/…/conduite``: where the clerk and the chair drive a sitting from a page.

The card of the moment is the bot's own; around it stand the agenda, the roll, the floor and the awaited voices, each
line with its buttons and keys. Every act goes the way of the chat (``bot.acting``): the page decides nothing, and
whoever is no longer of the staff finds nothing here.
"""

from aiohttp import web

from bot.cards.ways import lengths
from bot.web import says
from bot.web.acting_ports import Conduct, Seat
from bot.web.board import SITTING
from bot.web.member import CARDS
from bot.web.outage import Where
from bot.web.pages import STATIC, Assets, framed, headers, page, templates
from bot.web.signed import Desk, answered, clock
from bot.web.words import Words, wanted
from voting.domain.sitting import Phase
from voting.domain.tally import Choice
from voting.service.views.parts import PollView

OURS = (
    "board-panels.css",
    "room.css",
    "room-cards.css",
    "room-cards.js",
    "member.css",
    "member.js",
    "countdown.js",
    "console.css",
    "console.js",
    "console-agenda.js",
    "drafts.js",
    "morph.js",
)


class ConsolePages:
    """For the staff of each sitting alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        files = {name: STATIC / name for name in OURS}
        self._assets = Assets("/static/console", files | {"adaptivecards.min.js": CARDS})

    def routes(self) -> list[web.RouteDef]:
        """Its acts and its stream are those of the member's page."""
        return [
            web.get(f"/seances/{SITTING}/conduite", self._html),
            web.get(f"/seances/{SITTING}/conduite/carte", self._card),
            web.get(f"/seances/{SITTING}/conduite/panneaux", self._panels),
            self._assets.route(),
        ]

    async def _html(self, request: web.Request) -> web.Response:
        said, found = wanted(request), await self._conduct(request)
        if found is None:
            return self._desk.outside(request, self._assets)
        seat, conduct = found
        return page(
            "console.html",
            said,
            csp=framed(),
            asset=self._assets.url,
            seat=seat,
            outage=self._desk.outage(seat, Where.CONSOLE, said),
            token=self._desk.sessions.token(request),
            panels=_panels(conduct, said),
            is_before=conduct.console.board.phase is Phase.CONVENED,
            has_cards="adaptivecards.min.js" in self._assets,
        )

    async def _card(self, request: web.Request) -> web.Response:
        found = await self._conduct(request)
        if found is None:
            raise web.HTTPNotFound
        said, seat = wanted(request), found[0]
        reply = await self._desk.acts.steering(seat, said.language)
        ending = clock(await self._desk.acts.deadline(seat), said, over="countdown.say.close")
        return answered(reply, clock=ending, outage=self._desk.outage(seat, Where.CONSOLE, said))

    async def _panels(self, request: web.Request) -> web.Response:
        found = await self._conduct(request)
        if found is None:
            raise web.HTTPNotFound
        html = _panels(found[1], wanted(request))
        response = web.Response(text=html, content_type="text/html", headers=headers())
        response.enable_compression()
        return response

    async def _conduct(self, request: web.Request) -> tuple[Seat, Conduct] | None:
        seat = await self._desk.seat(request)
        conduct = await self._desk.acts.conduct(seat) if seat is not None else None
        return (seat, conduct) if seat is not None and conduct is not None else None


def _choices(poll: PollView | None, said: Words) -> list[tuple[str, str]]:
    """What a voice may say, and how its button is called: somebody or something, where one chooses among several."""
    answers = [(choice.value, said.texts(f"console.choice.{choice.value}")) for choice in Choice]
    if poll is None or poll.contest is None:
        return answers
    named = [(str(option.id), option.label) for option in poll.contest.options]
    return [*named, *(a for a in answers if a[0] not in (Choice.FOR.value, Choice.AGAINST.value))]


def _panels(conduct: Conduct, said: Words) -> str:
    """Everything around the card, as one element."""
    board = conduct.console.board
    return (
        templates()
        .get_template("console-panels.html")
        .render(
            t=said.texts,
            tn=said.texts.plural,
            says=says,
            said=said,
            c=conduct.console,
            b=board,
            rows=conduct.roll,
            awaited=[row for row in conduct.roll if row.is_awaited],
            here=[row for row in conduct.roll if row.presence.is_here],
            choices=_choices(board.poll, said),
            conduct=conduct,
            lengths=lengths(said.texts),
            at=lambda moment: said.time(moment, board.time_zone),
        )
    )
