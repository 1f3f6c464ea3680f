"""The tables of training and help, beside the record. The migrations make them."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, PrimaryKeyConstraint, Table

from voting.journal.sql.tables import METADATA
from voting.journal.sql.types import WORDS

REHEARSAL = Table(
    "service_rehearsal",
    METADATA,
    Column("sitting", WORDS, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", WORDS, nullable=False),
    Column("opened_at", WORDS, nullable=False),
    Column("official", WORDS),
    Column("instead_of", WORDS),
    Column("part_of", WORDS),
    Column("owner", WORDS),
    Column("closed_at", WORDS),
    Column("purged_at", WORDS),
    PrimaryKeyConstraint("sitting", name="service_rehearsal_pk"),
    # A real sitting is never written down as a rehearsal: what is, gets purged.
    CheckConstraint("substr(sitting, 1, 6) = 'blanc-'", name="service_rehearsal_sound"),
    sqlite_strict=True,
)

TRAINEE = Table(
    "service_trainee",
    METADATA,
    Column("rehearsal", WORDS, nullable=False),
    Column("person", WORDS, nullable=False),
    Column("place", Integer, nullable=False),
    Column("name", WORDS, nullable=False),
    Column("circle", WORDS, nullable=False),
    PrimaryKeyConstraint("rehearsal", "person", name="service_trainee_pk"),
    sqlite_strict=True,
)
"""``circle`` is the political group: ``group`` is a word of SQL."""

ATTEMPT = Table(
    "service_attempt",
    METADATA,
    Column("rehearsal", WORDS, nullable=False),
    Column("person", WORDS, nullable=False),
    Column("exercise", WORDS, nullable=False),
    Column("trial", WORDS, nullable=False),
    Column("since", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Column("client", WORDS, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("problem", WORDS, nullable=False),
    PrimaryKeyConstraint("rehearsal", "person", "exercise", name="service_attempt_pk"),
    sqlite_strict=True,
)

HELP = Table(
    "service_help",
    METADATA,
    Column("id", WORDS, nullable=False),
    Column("sitting", WORDS, nullable=False),
    Column("person", WORDS, nullable=False),
    Column("asked_at", WORDS, nullable=False),
    Column("from_meeting", Integer, nullable=False),
    Column("doing", WORDS, nullable=False),
    Column("problem", WORDS, nullable=False),
    Column("client", WORDS, nullable=False),
    Column("state", WORDS, nullable=False),
    Column("taken_by", WORDS),
    Column("taken_at", WORDS),
    Column("closed_at", WORDS),
    Column("note", WORDS, nullable=False),
    PrimaryKeyConstraint("id", name="service_help_pk"),
    CheckConstraint("from_meeting IN (0, 1)", name="service_help_sound"),
    sqlite_strict=True,
)

Index("service_help_sitting", HELP.c.sitting)

PHONE = Table(
    "service_phone",
    METADATA,
    Column("sitting", WORDS, nullable=False),
    Column("person", WORDS, nullable=False),
    Column("phone", WORDS, nullable=False),
    PrimaryKeyConstraint("sitting", "person", name="service_phone_pk"),
    sqlite_strict=True,
)
