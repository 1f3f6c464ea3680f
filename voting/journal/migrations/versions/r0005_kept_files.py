"""The files that people send to the bot to convene a sitting of, until that is done."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_SECONDS: sa.Double[float] = sa.Double().with_variant(sa.REAL, "sqlite")


def upgrade() -> None:
    """One of each kind for an account."""
    op.create_table(
        "bot_kept_file",
        sa.Column("tenant_id", _WORDS, nullable=False),
        sa.Column("account", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", _SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "account", "kind", name="bot_kept_file_pk"),
        sqlite_strict=True,
    )
