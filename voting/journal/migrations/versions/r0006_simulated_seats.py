"""Who is simulated in which rehearsal: any process may go on with it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """One row per seat."""
    op.create_table(
        "bot_simulated_seat",
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("person", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("sitting", "person", name="bot_simulated_seat_pk"),
        sqlite_strict=True,
    )
