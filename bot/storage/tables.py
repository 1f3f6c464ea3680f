"""The tables of what is not the record. Revisions 0002 and 0003 of `voting.journal.migrations` makes them."""

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from voting.journal.sql.types import WORDS

METADATA = MetaData()

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _version() -> Column[int]:
    """Which change of the books wrote this row last: what another process reads to catch up."""
    return Column("version", _NUMBER, nullable=False, server_default="0")


LINK = Table(
    "bot_link",
    METADATA,
    # In the order in which people were linked, hence sittings too.
    Column("number", Integer, nullable=False, autoincrement=True),
    Column("sitting", WORDS, nullable=False),
    Column("person", WORDS, nullable=False),
    Column("tenant_id", WORDS, nullable=False),
    Column("account", WORDS),
    Column("email", WORDS, nullable=False),
    Column("user_id", WORDS),
    _version(),
    PrimaryKeyConstraint("number", name="bot_link_pk"),
    UniqueConstraint("sitting", "person", name="bot_link_person"),
    # One account is one person: else a vote would count for another.
    UniqueConstraint("sitting", "tenant_id", "account", name="bot_link_account"),
    sqlite_strict=True,
)

CONVERSATION = Table(
    "bot_conversation",
    METADATA,
    Column("id", WORDS, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("tenant_id", WORDS, nullable=False),
    Column("service_url", WORDS, nullable=False),
    Column("bot_id", WORDS, nullable=False),
    _version(),
    PrimaryKeyConstraint("id", name="bot_conversation_pk"),
    sqlite_strict=True,
)

MEETING = Table(
    "bot_meeting",
    METADATA,
    Column("sitting", WORDS, nullable=False),
    Column("conversation", WORDS, nullable=False),
    Column("is_held", Integer, nullable=False),
    _version(),
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
    Column("tenant_id", WORDS, nullable=False),
    Column("account", WORDS, nullable=False),
    Column("conversation", WORDS, nullable=False),
    _version(),
    PrimaryKeyConstraint("tenant_id", "account", name="bot_personal_pk"),
    ForeignKeyConstraint(["conversation"], ["bot_conversation.id"], name="bot_personal_conversation"),
    sqlite_strict=True,
)

SENT_CARD = Table(
    "bot_sent_card",
    METADATA,
    Column("sitting", WORDS, nullable=False),
    Column("conversation", WORDS, nullable=False),
    Column("slot", WORDS, nullable=False),
    Column("activity_id", WORDS, nullable=False),
    Column("digest", WORDS, nullable=False),
    PrimaryKeyConstraint("sitting", "conversation", "slot", name="bot_sent_card_pk"),
    sqlite_strict=True,
)

for _book in (LINK, CONVERSATION, MEETING, PERSONAL):
    Index(f"{_book.name}_version", _book.c.version)

KEPT_FILE = Table(
    "bot_kept_file",
    METADATA,
    Column("tenant_id", WORDS, nullable=False),
    Column("account", WORDS, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("name", WORDS, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # Seconds since 1970.
    Column("at", Double().with_variant(REAL, "sqlite"), nullable=False),
    PrimaryKeyConstraint("tenant_id", "account", "kind", name="bot_kept_file_pk"),
    sqlite_strict=True,
)
"""Files sent to the bot to convene a sitting of, until that is done or a day has gone by."""

SIMULATED_SEAT = Table(
    "bot_simulated_seat",
    METADATA,
    Column("sitting", WORDS, nullable=False),
    Column("person", WORDS, nullable=False),
    PrimaryKeyConstraint("sitting", "person", name="bot_simulated_seat_pk"),
    sqlite_strict=True,
)
"""Who is simulated in which rehearsal."""

VERSION = Table(
    "bot_version",
    METADATA,
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("version", _NUMBER, nullable=False),
    PrimaryKeyConstraint("number", name="bot_version_pk"),
    CheckConstraint("number = 1", name="bot_version_single"),
    sqlite_strict=True,
)
"""One row: the number of the last change of the books. Whoever changes them takes it first, hence one at a time."""

LEASE = Table(
    "bot_lease",
    METADATA,
    Column("name", WORDS, nullable=False),
    Column("holder", WORDS, nullable=False),
    Column("until", Double().with_variant(REAL, "sqlite"), nullable=False),
    PrimaryKeyConstraint("name", name="bot_lease_pk"),
    sqlite_strict=True,
)
"""Which process speaks in a conversation, until when by the clock of the database."""
