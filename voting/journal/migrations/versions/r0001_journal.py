"""The journal: events and checkpoints of official sittings and of rehearsals, and the triggers that keep them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_KEY = sa.Text().with_variant(postgresql.BYTEA, "postgresql")


def upgrade() -> None:
    """Make the tables of both families."""
    in_postgresql = op.get_bind().dialect.name == "postgresql"
    triggers = _postgresql_triggers if in_postgresql else _sqlite_triggers
    if in_postgresql:
        op.execute(_APPEND_ONLY)
    for prefix in ("journal", "rehearsal"):
        _events(prefix)
        _checkpoints(prefix)
        for statement in triggers(prefix, forgets=prefix == "rehearsal"):
            op.execute(statement)


def _events(prefix: str) -> None:
    op.create_table(
        f"{prefix}_event",
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", _WORDS, nullable=False),
        sa.Column("actor", _WORDS, nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("idem_key", _KEY),
        sa.Column("line", _WORDS, nullable=False),
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
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("note", _WORDS, nullable=False),
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


_APPEND_ONLY = """
CREATE FUNCTION hemicycle_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

# Looks at the added rows of a statement together: one look-up per sitting. Whoever inserts may have a table of the
# same name among his temporary ones, hence the path. Planned while the table is empty, hence no sequential scan.
_NEXT = """
CREATE FUNCTION {event}_next() RETURNS trigger LANGUAGE plpgsql
SET search_path = {schema}, pg_temp SET enable_seqscan = off AS $$
DECLARE
    block record;
BEGIN
    FOR block IN SELECT sitting, min(seq) AS lowest, max(seq) AS highest, count(*) AS rows FROM added GROUP BY sitting
    LOOP
        IF block.highest - block.lowest + 1 <> block.rows OR (block.lowest > 0 AND NOT EXISTS (
            SELECT 1 FROM {event} AS e WHERE e.sitting = block.sitting AND e.seq = block.lowest - 1))
        THEN
            RAISE EXCEPTION '{event} has no gap' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    IF EXISTS (SELECT 1 FROM added AS a WHERE a.leaf <> sha256('\\x00'::bytea || convert_to(a.line, 'UTF8'))) THEN
        RAISE EXCEPTION '{event} keeps a line with its own hash' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$
"""


def _postgresql_triggers(prefix: str, *, forgets: bool) -> list[str]:
    """The same refusals. ALWAYS: not even the setting with which a replica skips triggers skips these."""
    event, checkpoint = f"{prefix}_event", f"{prefix}_checkpoint"
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    refused = "UPDATE OR TRUNCATE" if forgets else "UPDATE OR DELETE OR TRUNCATE"
    made = [
        *(
            f"CREATE TRIGGER {table}_keep BEFORE {refused} ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION hemicycle_append_only()"
            for table in (event, checkpoint)
        ),
        _NEXT.format(event=event, schema=schema),
        f"CREATE TRIGGER {event}_next AFTER INSERT ON {event} REFERENCING NEW TABLE AS added"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {event}_next()",
    ]
    always = [(event, f"{event}_keep"), (checkpoint, f"{checkpoint}_keep"), (event, f"{event}_next")]
    return made + [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}" for table, trigger in always]
