"""A fictional Region to try the product with: its people, its agendas, a few draft resolutions.

Answers for: where the files are. Nobody in them exists. Leaves reading them to `voting.imports`.
"""

from pathlib import Path

BODY_NAME = "Région Hautes-Rives"

FOLDER = Path(__file__).parent

MEMBERS = FOLDER / "members.csv"
"""Sixty people of the standing committee's sitting, of whom 25 vote."""
AGENDA = FOLDER / "agenda.csv"

REHEARSAL_AGENDA = FOLDER / "rehearsal_agenda.csv"
"""What a rehearsal votes on: nothing on which anybody has an opinion, since a vote says something of its giver."""

MEMBERS_CAO = FOLDER / "members_cao.csv"
"""A tender committee: six votes, five substitutes, people heard without a vote, a clerk."""
AGENDA_CAO = FOLDER / "agenda_cao.csv"

STANDING_ORDERS = FOLDER / "standing_orders.toml"
"""Those of the standing committee, every key explained."""
