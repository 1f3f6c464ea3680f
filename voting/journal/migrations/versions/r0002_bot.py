"""What the bot keeps beside the record: accounts, conversations, cards on screen."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of `bot.storage`."""
    _links()
    _conversations()
    _sent_cards()


def _links() -> None:
    op.create_table(
        "bot_link",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("person", _WORDS, nullable=False),
        sa.Column("tenant_id", _WORDS, nullable=False),
        sa.Column("account", _WORDS),
        sa.Column("email", _WORDS, nullable=False),
        sa.Column("user_id", _WORDS),
        sa.PrimaryKeyConstraint("number", name="bot_link_pk"),
        sa.UniqueConstraint("sitting", "person", name="bot_link_person"),
        sa.UniqueConstraint("sitting", "tenant_id", "account", name="bot_link_account"),
        sqlite_strict=True,
    )


def _conversations() -> None:
    op.create_table(
        "bot_conversation",
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("tenant_id", _WORDS, nullable=False),
        sa.Column("service_url", _WORDS, nullable=False),
        sa.Column("bot_id", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="bot_conversation_pk"),
        sqlite_strict=True,
    )
    op.create_table(
        "bot_meeting",
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("conversation", _WORDS, nullable=False),
        sa.Column("is_held", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("sitting", name="bot_meeting_pk"),
        sa.ForeignKeyConstraint(["conversation"], ["bot_conversation.id"], name="bot_meeting_conversation"),
        sa.CheckConstraint("is_held IN (0, 1)", name="bot_meeting_sound"),
        sqlite_strict=True,
    )
    op.create_index("bot_meeting_chat", "bot_meeting", ["conversation"])
    op.create_table(
        "bot_personal",
        sa.Column("tenant_id", _WORDS, nullable=False),
        sa.Column("account", _WORDS, nullable=False),
        sa.Column("conversation", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "account", name="bot_personal_pk"),
        sa.ForeignKeyConstraint(["conversation"], ["bot_conversation.id"], name="bot_personal_conversation"),
        sqlite_strict=True,
    )


def _sent_cards() -> None:
    op.create_table(
        "bot_sent_card",
        sa.Column("sitting", _WORDS, nullable=False),
        sa.Column("conversation", _WORDS, nullable=False),
        sa.Column("slot", _WORDS, nullable=False),
        sa.Column("activity_id", _WORDS, nullable=False),
        sa.Column("digest", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("sitting", "conversation", "slot", name="bot_sent_card_pk"),
        sqlite_strict=True,
    )
