"""The tables of the journal, twice: official sittings, rehearsals. The migrations make them, and the triggers too."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from voting.journal.sql.types import KEY, WORDS
from voting.journal.store import Family

METADATA = MetaData()


class JournalTables(NamedTuple):
    """Where one family is kept."""

    events: Table
    checkpoints: Table


def _tables(prefix: str) -> JournalTables:
    events = Table(
        f"{prefix}_event",
        METADATA,
        Column("sitting", WORDS, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("at", WORDS, nullable=False),
        Column("actor", WORDS, nullable=False),
        Column("name", WORDS, nullable=False),
        Column("idem_key", KEY),
        Column("line", WORDS, nullable=False),
        Column("leaf", LargeBinary, nullable=False),
        PrimaryKeyConstraint("sitting", "seq", name=f"{prefix}_event_pk"),
        UniqueConstraint("sitting", "idem_key", name=f"{prefix}_event_key"),
        CheckConstraint("seq >= 0 AND length(leaf) = 32", name=f"{prefix}_event_sound"),
        sqlite_strict=True,
    )
    # The sittings in order of their first event, without reading the rest of them.
    Index(
        f"{prefix}_event_first",
        events.c.at,
        events.c.sitting,
        sqlite_where=events.c.seq == 0,
        postgresql_where=events.c.seq == 0,
    )
    checkpoints = Table(
        f"{prefix}_checkpoint",
        METADATA,
        Column("sitting", WORDS, nullable=False),
        Column("last_seq", Integer, nullable=False),
        Column("note", WORDS, nullable=False),
        PrimaryKeyConstraint("sitting", "last_seq", name=f"{prefix}_checkpoint_pk"),
        # A head cannot be kept for events that are not there.
        ForeignKeyConstraint(
            ["sitting", "last_seq"],
            [f"{prefix}_event.sitting", f"{prefix}_event.seq"],
            name=f"{prefix}_checkpoint_event",
        ),
        sqlite_strict=True,
    )
    return JournalTables(events, checkpoints)


TABLES: Mapping[Family, JournalTables] = {
    Family.OFFICIAL: _tables("journal"),
    Family.REHEARSAL: _tables("rehearsal"),
}

SCHEMA_MARK = Table("schema_mark", METADATA, Column("oldest", WORDS, nullable=False), sqlite_strict=True)
"""The oldest revision whose program may still serve on this schema: a rolling update runs both for a while."""
