"""The seating plan as SVG and its table as HTML, seat by seat: a vote changes one seat and one row, nothing else.

Answers for: small pieces of markup, each with an id. Leaves geometry to `hemicycle` and shapes to the style sheet.
"""

from functools import lru_cache

from markupsafe import Markup

from bot.web import hemicycle
from bot.web.seating import Group, Look, Place, Seating
from bot.web.words import Words, visible, words

UNIT = 500
"""Radius of the last row, in the units of the drawing."""
BAND = 20
"""From the last row's seats to the band that tells the groups apart."""
LETTER = 34
"""From that band to the letter of the group."""
MARGIN = 34
GAP = 0.008
"""Between two bands, as an angle on each side."""

_SEAT = Markup(
    '<g id="s{n}" class="seat is-{look}" transform="translate({x:.1f} {y:.1f}) scale({k:.3f})">'
    '<title>{title}</title><use href="#seat-{look}"/>{ring}</g>'
)
_RING = Markup('<circle class="ring" r="13.5"/>')
_ROW = Markup(
    '<tr id="v{n}" class="is-{look}"><th scope="row"><bdi>{name}</bdi></th>'
    "<td>{presence_mark}{presence}</td><td>{vote_mark}{vote}</td></tr>"
)
_GROUP = Markup(
    '<tr id="g{letter}" class="group-head"><th scope="rowgroup" colspan="3"><span class="letter">{letter}</span> '
    '<bdi>{name}</bdi> <span class="figures">{figures}</span></th></tr>'
)
_MARK = Markup(
    '<svg class="mark is-{look}" viewBox="-12 -12 24 24" aria-hidden="true" focusable="false">'
    '<use href="#seat-{look}"/></svg>'
)
_BAND = Markup('<path class="band" d="M{x1:.1f} {y1:.1f} A{r:.1f} {r:.1f} 0 0 1 {x2:.1f} {y2:.1f}"/>')
_LETTER = Markup('<text class="band-letter" x="{x:.1f}" y="{y:.1f}">{letter}</text>')


def view_box(seats: int) -> str:
    """The frame of the drawing: the half-circle, its bands, their letters."""
    reach = _band_radius(seats) + LETTER + MARGIN
    foot = UNIT * hemicycle.plan(seats).radius + 14
    return f"{-reach:.0f} {-reach:.0f} {2 * reach:.0f} {reach + foot:.0f}"


def seats(room: Seating, language: str) -> dict[str, Markup]:
    """Every seat, by its id."""
    total = len(room.places)
    return {f"s{place.number}": _seat(place, total, language) for place in room.places}


def rows(room: Seating, language: str) -> dict[str, Markup]:
    """Every row of the table, by its id: each group, then its members."""
    drawn: dict[str, Markup] = {}
    for group in room.groups:
        drawn[f"g{group.letter}"] = group_row(room, group, words(language))
        drawn |= {f"v{place.number}": _row(place, language) for place in group.places}
    return drawn


def bands(room: Seating) -> Markup:
    """The outer bands with the letters of the groups; they do not move during a sitting."""
    placed = hemicycle.plan(len(room.places))
    radius = _band_radius(len(room.places))
    pieces = []
    sectors = hemicycle.sectors(placed, [len(group.places) for group in room.groups])
    for group, sector in zip(room.groups, sectors, strict=True):
        x1, y1 = hemicycle.at(sector.start + GAP, radius)
        x2, y2 = hemicycle.at(sector.end - GAP, radius)
        x, y = hemicycle.at(sector.middle, radius + LETTER)
        pieces.append(_BAND.format(x1=x1, y1=y1, x2=x2, y2=y2, r=radius))
        pieces.append(_LETTER.format(x=x, y=y, letter=group.letter))
    return Markup("").join(pieces)


def mark(look: Look) -> Markup:
    """The sign of a seat, for legends and tables; the word must stand beside it."""
    return _MARK.format(look=look.value)


def look_word(said: Words, look: Look) -> str:
    """What a seat shows, as a word."""
    return said.texts(f"board.look.{look.value}")


def figures(said: Words, room: Seating, group: Group) -> str:
    """What the seats of a group show, in words: nothing is said of what nobody shows."""
    counts = group.figures
    parts = [said.texts.plural(f"board.figure.{look.value}", counts[look], n=counts[look]) for look in room.legend]
    return ", ".join(part for look, part in zip(room.legend, parts, strict=True) if counts[look])


def group_name(said: Words, group: Group) -> str:
    """The name of the group, or of those without one."""
    return visible(group.name) or said.texts("board.group.none")


def group_row(room: Seating, group: Group, said: Words) -> Markup:
    """The head of a group in the table, with its figures."""
    return _GROUP.format(letter=group.letter, name=group_name(said, group), figures=figures(said, room, group))


@lru_cache(maxsize=1 << 14)
def _seat(place: Place, total: int, language: str) -> Markup:
    said, placed = words(language), hemicycle.plan(total)
    at = placed.seats[place.number]
    person = place.person
    code = "board.seat.by" if place.by is not None else "board.seat"
    title = said.texts(
        code,
        name=person.formal,
        group=person.group or said.texts("board.group.none"),
        look=look_word(said, place.look),
        by=place.by.formal if place.by is not None else "",
    )
    return _SEAT.format(
        n=place.number,
        look=place.look.value,
        x=at.x * UNIT,
        y=at.y * UNIT,
        k=placed.radius * UNIT / 10,
        title=visible(title),
        ring=_RING if place.has_floor else "",
    )


@lru_cache(maxsize=1 << 14)
def _row(place: Place, language: str) -> Markup:
    said = words(language)
    presence = look_word(said, place.presence)
    if place.by is not None:
        presence = said.texts("board.row.by", presence=presence, by=visible(place.by.formal))
    shows_vote = place.look is not place.presence
    return _ROW.format(
        n=place.number,
        look=place.look.value,
        name=visible(place.person.formal),
        presence=presence,
        presence_mark="" if shows_vote else mark(place.presence),
        vote_mark=mark(place.look) if shows_vote else "",
        vote=look_word(said, place.look) if shows_vote else "",
    )


def _band_radius(seats: int) -> float:
    return UNIT * (1 + hemicycle.plan(seats).radius) + BAND
