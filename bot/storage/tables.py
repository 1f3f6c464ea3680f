"""The tables of what is not the record. Revision 0002 of `voting.journal.migrations` makes them."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

LINK = Table(
    "bot_link",
    METADATA,
    # In the order in which people were linked, hence sittings too.
    Column("number", Integer, nullable=False, autoincrement=True),
    Column("sitting", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("account", Text),
    Column("email", Text, nullable=False),
    Column("user_id", Text),
    PrimaryKeyConstraint("number", name="bot_link_pk"),
    UniqueConstraint("sitting", "person", name="bot_link_person"),
    # One account is one person: else a vote would count for another.
    UniqueConstraint("sitting", "tenant_id", "account", name="bot_link_account"),
    sqlite_strict=True,
)

CONVERSATION = Table(
    "bot_conversation",
    METADATA,
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("bot_id", Text, nullable=False),
    PrimaryKeyConstraint("id", name="bot_conversation_pk"),
    sqlite_strict=True,
)

MEETING = Table(
    "bot_meeting",
    METADATA,
    Column("sitting", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("is_held", Integer, nullable=False),
    PrimaryKeyConstraint("sitting", name="bot_meeting_pk"),
    ForeignKeyConstraint(["conversation"], ["bot_conversation.id"], name="bot_meeting_conversation"),
    CheckConstraint("is_held IN (0, 1)", name="bot_meeting_sound"),
    sqlite_strict=True,
)
"""The chat of each sitting; `is_held` is 0 once that chat has become the meeting of another one."""

Index("bot_meeting_chat", MEETING.c.conversation)

PERSONAL = Table(
    "bot_personal",
    METADATA,
    Column("tenant_id", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "account", name="bot_personal_pk"),
    ForeignKeyConstraint(["conversation"], ["bot_conversation.id"], name="bot_personal_conversation"),
    sqlite_strict=True,
)

SENT_CARD = Table(
    "bot_sent_card",
    METADATA,
    Column("sitting", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("activity_id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    PrimaryKeyConstraint("sitting", "conversation", "slot", name="bot_sent_card_pk"),
    sqlite_strict=True,
)
