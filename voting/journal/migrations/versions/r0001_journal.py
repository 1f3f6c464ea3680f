"""The journal: events and checkpoints of official sittings and of rehearsals, and the triggers that keep them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables of both families."""
    for prefix in ("journal", "rehearsal"):
        _events(prefix)
        _checkpoints(prefix)
        for statement in _sqlite_triggers(prefix, forgets=prefix == "rehearsal"):
            op.execute(statement)


def _events(prefix: str) -> None:
    op.create_table(
        f"{prefix}_event",
        sa.Column("sitting", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("idem_key", sa.Text),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("leaf", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sitting", "seq", name=f"{prefix}_event_pk"),
        sa.UniqueConstraint("sitting", "idem_key", name=f"{prefix}_event_key"),
        sa.CheckConstraint("seq >= 0 AND length(leaf) = 32", name=f"{prefix}_event_sound"),
        sqlite_strict=True,
    )
    first = sa.text("seq = 0")
    op.create_index(
        f"{prefix}_event_first", f"{prefix}_event", ["at", "sitting"], sqlite_where=first, postgresql_where=first
    )


def _checkpoints(prefix: str) -> None:
    op.create_table(
        f"{prefix}_checkpoint",
        sa.Column("sitting", sa.Text, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sitting", "last_seq", name=f"{prefix}_checkpoint_pk"),
        sa.ForeignKeyConstraint(
            ["sitting", "last_seq"],
            [f"{prefix}_event.sitting", f"{prefix}_event.seq"],
            name=f"{prefix}_checkpoint_event",
        ),
        sqlite_strict=True,
    )


def _sqlite_triggers(prefix: str, *, forgets: bool) -> list[str]:
    """Refuse every change and every gap. REPLACE is refused by the insert triggers, whatever the pragmas are."""
    event, checkpoint = f"{prefix}_event", f"{prefix}_checkpoint"
    refused = ["UPDATE"] if forgets else ["UPDATE", "DELETE"]
    return [
        *(_refuse(table, f"BEFORE {verb}", verb.lower()) for table in (event, checkpoint) for verb in refused),
        _refuse(
            event,
            "BEFORE INSERT",
            "next",
            f"NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM {event} WHERE sitting = NEW.sitting)"  # noqa: S608
            f" OR EXISTS (SELECT 1 FROM {event} WHERE sitting = NEW.sitting AND idem_key = NEW.idem_key)",
        ),
        _refuse(
            checkpoint,
            "BEFORE INSERT",
            "once",
            f"EXISTS (SELECT 1 FROM {checkpoint} WHERE sitting = NEW.sitting AND last_seq = NEW.last_seq)",  # noqa: S608
        ),
    ]


def _refuse(table: str, moment: str, name: str, when: str = "1") -> str:
    return (
        f"CREATE TRIGGER {table}_{name} {moment} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
