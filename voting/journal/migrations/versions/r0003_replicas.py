"""What several processes on one database need of each other: what has changed in the books, and who speaks where."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SECONDS: sa.Double[float] = sa.Double().with_variant(sa.REAL, "sqlite")
_BOOKS = ("bot_link", "bot_conversation", "bot_meeting", "bot_personal")


def upgrade() -> None:
    """Number every change of the books; make the leases, and the mark that tells older programs whether to serve."""
    for table in _BOOKS:
        op.add_column(table, sa.Column("version", _NUMBER, nullable=False, server_default="0"))
        op.create_index(f"{table}_version", table, ["version"])
    op.create_table(
        "bot_version",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("number", name="bot_version_pk"),
        sa.CheckConstraint("number = 1", name="bot_version_single"),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO bot_version (number, version) VALUES (1, 0)")
    op.create_table(
        "bot_lease",
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("holder", _WORDS, nullable=False),
        # Seconds since 1970 by the database's clock: those of the processes may differ.
        sa.Column("until", _SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("name", name="bot_lease_pk"),
        sqlite_strict=True,
    )
    op.create_table("schema_mark", sa.Column("oldest", _WORDS, nullable=False), sqlite_strict=True)
    op.execute("INSERT INTO schema_mark (oldest) VALUES ('0003')")
