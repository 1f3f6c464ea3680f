"""The board cut into pieces that change apart, each an element with an id: a page has them all, an event the new ones.

Answers for: rendering a view once per language. Leaves sentences to `says`, seats to `drawing`, sending to `live`.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from markupsafe import Markup, escape

from bot.web import drawing, says
from bot.web.outage import Outages, Where, no_outage, outage_sentence
from bot.web.pages import templates
from bot.web.seating import Seating, seating
from bot.web.words import Words, words
from voting.domain.attendance import Presence
from voting.domain.ids import SittingId
from voting.domain.polls import PollState
from voting.service.views.board import BoardView
from voting.service.views.parts import ItemView, PollView

PANELS = ("banner", "phase", "officers", "item", "plan-head", "plan-text", "plan-centre", "legend", "groups",
          "poll", "floor", "quorum", "roll", "agenda-head", "results")  # fmt: skip
"""Each has its template, `board/<name>.html`."""
RECENT = 3
"""Results that stay in sight; the others are in the agenda."""
MOST_NAMES = 12
"""Names still awaited in a roll call, before they are only counted."""
KEPT = 64


@dataclass(frozen=True, slots=True)
class Rendered:
    """A board in one language."""

    view: BoardView
    title: str
    html: Mapping[str, Markup]
    """Each piece by the id of its element."""
    version: str
    """The same for the same pieces, whichever process rendered them."""
    banner: str = ""
    """A word above the board that is not the sitting's: Teams is silent, or the chapter that a demonstration tells."""

    def since(self, before: "Rendered") -> dict[str, Markup]:
        """The pieces that are not as they were."""
        return {name: piece for name, piece in self.html.items() if before.html.get(name) != piece}


class Renderer:
    """Renders boards, each state of a sitting once per language however many people look at it."""

    def __init__(self, outages: Outages = no_outage) -> None:
        self._outages = outages
        self._last: OrderedDict[tuple[SittingId, str], Rendered] = OrderedDict()
        self.banners: dict[SittingId, Mapping[str, str]] = {}
        """By language. Kept by this process alone, and part of no record."""

    def render(self, view: BoardView, language: str) -> Rendered:
        """That board in that language."""
        key = (view.sitting, language)
        said, last = words(language), self._last.get(key)
        outage = outage_sentence(self._outages(), Where.BOARD, said, view.time_zone)
        banner = outage or self.banners.get(view.sitting, {}).get(language, "")
        if last is None or last.view != view or last.banner != banner:
            last = self._last[key] = _render(view, said, banner)
        self._last.move_to_end(key)
        if len(self._last) > KEPT:
            self._last.popitem(last=False)
        return last


def _render(view: BoardView, said: Words, banner: str) -> Rendered:
    room = seating(view)
    values = _values(view, said, room) | {"banner": banner}
    html = {name: _piece(name, values) for name in PANELS}
    html |= drawing.seats(room, said.language)
    html |= drawing.rows(room, said.language)
    outcomes = _by_item(view)
    for place, item in enumerate(view.items, start=1):
        shown = {"line": item, "place": place, "polls": outcomes.get(item.id, ())}
        html[f"a{place}"] = _piece("agenda-item", values | shown)
    title = said.texts("board.title", title=view.title, phase=says.phase(said, view))
    return Rendered(view=view, title=title, html=html, version=_version(html), banner=banner)


def _piece(name: str, values: Mapping[str, object]) -> Markup:
    return escape(templates().get_template(f"board/{name}.html").make_module(dict(values)))


def _values(view: BoardView, said: Words, room: Seating) -> dict[str, object]:
    """What the templates of the panels may use."""
    return {
        "b": view,
        "said": said,
        "says": says,
        "t": said.texts,
        "tn": said.texts.plural,
        "room": room,
        "mark": drawing.mark,
        "item": says.shown_item(view),
        "poll": view.poll if view.poll is None or view.poll.state is not PollState.ANNULLED else None,
        "awaited": [s.person for s in view.seats if s.presence is Presence.ABSENT and s.represented_by is None],
        "most_names": MOST_NAMES,
        "recent": [p for p in reversed(view.results) if view.poll is None or p.id != view.poll.id][:RECENT],
        "taken": sum(1 for item in view.items if _is_taken(item)),
        "at": lambda moment: said.time(moment, view.time_zone),
        "group_name": lambda group: drawing.group_name(said, group),
        "figures": lambda group: drawing.figures(said, room, group),
    }


def _is_taken(item: ItemView) -> bool:
    return item.state.value not in ("pending", "under_discussion")


def _by_item(view: BoardView) -> dict[str, list[PollView]]:
    outcomes: dict[str, list[PollView]] = {}
    for poll in view.results:
        for item in poll.items:
            outcomes.setdefault(item.id, []).append(poll)
    return outcomes


def _version(html: Mapping[str, str]) -> str:
    digest = blake2b(digest_size=9)
    for name, piece in html.items():
        digest.update(f"{name}\0{piece}\0".encode())
    return digest.hexdigest()
