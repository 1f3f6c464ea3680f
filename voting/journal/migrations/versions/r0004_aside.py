"""Training and help, and the wall between rehearsals and official sittings that the database itself keeps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_REHEARSAL = "substr({row}sitting, 1, 6) = 'blanc-'"


def upgrade() -> None:
    """Make the tables of the service, and refuse the line of one family in the tables of the other."""
    _training()
    _help()
    for table in ("journal_event", "journal_checkpoint"):
        _wall(table, refused=_REHEARSAL)


def _wall(table: str, refused: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_official BEFORE INSERT ON {table} WHEN {refused.format(row='NEW.')} "
            f"BEGIN SELECT RAISE(ABORT, '{table} holds no rehearsal'); END"
        )
    else:
        op.create_check_constraint(f"{table}_official", table, sa.text(f"NOT ({refused.format(row='')})"))


def _training() -> None:
    op.create_table(
        "service_rehearsal",
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("opened_at", _WORDS, nullable=False),
        sa.Column("official", _WORDS),
        sa.Column("instead_of", _WORDS),
        sa.Column("part_of", _WORDS),
        sa.Column("owner", _WORDS),
        sa.Column("closed_at", _WORDS),
        sa.Column("purged_at", _WORDS),
        sa.PrimaryKeyConstraint("sitting", name="service_rehearsal_pk"),
        sa.CheckConstraint(_REHEARSAL.format(row=""), name="service_rehearsal_sound"),
        sqlite_strict=True,
    )
    op.create_table(
        "service_trainee",
        sa.Column("rehearsal", _WORDS, nullable=False),
        sa.Column("person", _WORDS, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("circle", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("rehearsal", "person", name="service_trainee_pk"),
        sqlite_strict=True,
    )
    op.create_table(
        "service_attempt",
        sa.Column("rehearsal", _WORDS, nullable=False),
        sa.Column("person", _WORDS, nullable=False),
        sa.Column("exercise", _WORDS, nullable=False),
        sa.Column("trial", _WORDS, nullable=False),
        sa.Column("since", _WORDS, nullable=False),
        sa.Column("at", _WORDS, nullable=False),
        sa.Column("client", _WORDS, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("problem", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("rehearsal", "person", "exercise", name="service_attempt_pk"),
        sqlite_strict=True,
    )


def _help() -> None:
    op.create_table(
        "service_help",
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("person", _WORDS, nullable=False),
        sa.Column("asked_at", _WORDS, nullable=False),
        sa.Column("from_meeting", sa.Integer, nullable=False),
        sa.Column("doing", _WORDS, nullable=False),
        sa.Column("problem", _WORDS, nullable=False),
        sa.Column("client", _WORDS, nullable=False),
        sa.Column("state", _WORDS, nullable=False),
        sa.Column("taken_by", _WORDS),
        sa.Column("taken_at", _WORDS),
        sa.Column("closed_at", _WORDS),
        sa.Column("note", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="service_help_pk"),
        sa.CheckConstraint("from_meeting IN (0, 1)", name="service_help_sound"),
        sqlite_strict=True,
    )
    op.create_index("service_help_sitting", "service_help", ["sitting"])
    op.create_table(
        "service_phone",
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("person", _WORDS, nullable=False),
        sa.Column("phone", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("sitting", "person", name="service_phone_pk"),
        sqlite_strict=True,
    )
