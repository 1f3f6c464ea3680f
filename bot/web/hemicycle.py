"""The seating plan as geometry: how many rows, and where each seat stands.

Pure: numbers in, numbers out. Leaves who sits where to `seating`, colours and marks to the style sheet.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

INNER = 0.44
"""Radius of the first row; the last one has 1."""
LARGEST_SEAT = 0.08
MOST_ROWS = 24
CLEARANCE = 0.44
"""Radius of a seat as a part of the distance to its nearest neighbour: under one half, so that none overlap."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One place. `x` goes right and `y` down, as on a screen; the tribune is at the origin, seats are above it."""

    x: float
    y: float
    angle: float
    """From the far left (0) to the far right (pi), as seen from the tribune's back wall."""
    row: int
    """From the tribune, 0 first."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A half-circle of seats, ordered from left to right: neighbours in the list are neighbours in the room."""

    seats: tuple[Seat, ...]
    radius: float
    """Of a seat."""


@dataclass(frozen=True, slots=True)
class Sector:
    """The stretch of the half-circle that a group fills."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """Where its label goes."""
        return (self.start + self.end) / 2


@lru_cache(maxsize=64)
def plan(seats: int) -> Plan:
    """The rows that give the largest seats for that many of them."""
    if seats < 1:
        raise ValueError("an assembly has at least one seat")
    radii = max((_radii(rows) for rows in range(1, min(MOST_ROWS, seats) + 1)), key=lambda r: _nearest(seats, r))
    return _with_rows(seats, radii)


def sectors(placed: Plan, sizes: Sequence[int]) -> tuple[Sector, ...]:
    """Where each group begins and ends, given how many of the seats it takes from left to right."""
    if sum(sizes) != len(placed.seats) or any(size < 1 for size in sizes):
        raise ValueError("groups must fill the seats exactly")
    bounds, taken = [0.0], 0
    for size in sizes[:-1]:
        taken += size
        bounds.append((placed.seats[taken - 1].angle + placed.seats[taken].angle) / 2)
    bounds.append(math.pi)
    return tuple(Sector(start, end) for start, end in pairwise(bounds))


def at(angle: float, radius: float) -> tuple[float, float]:
    """The point of the half-circle at that angle."""
    return -radius * math.cos(angle), -radius * math.sin(angle)


def _with_rows(seats: int, radii: Sequence[float]) -> Plan:
    placed = [
        Seat(*at(angle, radius), angle, row)
        for row, (radius, count) in enumerate(zip(radii, _shares(seats, radii), strict=True))
        for angle in _angles(count)
    ]
    # Ties, such as the middle of several rows, are told apart from the inside out.
    ordered = tuple(sorted(placed, key=lambda seat: (round(seat.angle, 9), seat.row)))
    return Plan(ordered, min(LARGEST_SEAT, CLEARANCE * _nearest(seats, radii)))


def _radii(rows: int) -> tuple[float, ...]:
    if rows == 1:
        return (1.0,)
    return tuple(INNER + (1 - INNER) * row / (rows - 1) for row in range(rows))


def _shares(seats: int, lengths: Sequence[float]) -> list[int]:
    """Seats per row in proportion to its length, one at least: largest remainders."""
    spare = seats - len(lengths)
    exact = [spare * length / sum(lengths) for length in lengths]
    shares = [1 + math.floor(share) for share in exact]
    remainders = sorted(range(len(lengths)), key=lambda row: (math.floor(exact[row]) - exact[row], -row))
    for row in remainders[: seats - sum(shares)]:
        shares[row] += 1
    return shares


def _angles(count: int) -> list[float]:
    """Even spacing from wall to wall; a seat alone in its row stands in the middle."""
    if count == 1:
        return [math.pi / 2]
    return [math.pi * place / (count - 1) for place in range(count)]


def _nearest(seats: int, radii: Sequence[float]) -> float:
    """The smallest distance between two seats: along a row, or from row to row."""
    chords = [
        2 * radius * math.sin(math.pi / (count - 1) / 2)
        for radius, count in zip(radii, _shares(seats, radii), strict=True)
        if count > 1
    ]
    steps = [outer - inner for inner, outer in pairwise(radii)]
    return min([*chords, *steps], default=math.inf)
