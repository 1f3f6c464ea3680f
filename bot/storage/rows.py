"""From our own words to rows and back: the statements of the books, as work that a `Database` runs."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Link, SentCard
from bot.storage.tables import CONVERSATION, LINK, MEETING, PERSONAL, SENT_CARD
from bot.turn import Conversation, ConversationKind
from voting.domain.ids import PersonId, SittingId

Change = Callable[[AsyncConnection], Awaitable[None]]

_PERSON_OF_SITTING = ("sitting", "person")

Upsert = sqlite.Insert | postgresql.Insert


class Chats(NamedTuple):
    """Everything about conversations."""

    conversations: tuple[Conversation, ...]
    meetings: tuple[tuple[SittingId, str, bool], ...]
    personal: dict[tuple[str, str], str]


def upsert(table: Table, dialect: str, unique: Sequence[str] = ()) -> Upsert:
    """An insert that replaces the row with the same values in ``unique``; the primary key when not given."""
    insert: Upsert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    same = tuple(unique) or tuple(column.name for column in table.primary_key)
    fixed = {*same, *(column.name for column in table.primary_key)}
    changed = {column.name: insert.excluded[column.name] for column in table.c if column.name not in fixed}
    return insert.on_conflict_do_update(index_elements=same, set_=changed)


async def links(connection: AsyncConnection) -> tuple[Link, ...]:
    """Every link, in the order in which people were first linked."""
    found = await connection.execute(select(LINK).order_by(LINK.c.number))
    return tuple(
        Link(
            sitting=SittingId(row.sitting),
            person=PersonId(row.person),
            tenant_id=row.tenant_id,
            account=row.account,
            email=row.email,
            user_id=row.user_id,
        )
        for row in found
    )


def save_links(batch: Sequence[Link]) -> Change:
    """Add or replace. Accounts are let go first, so that two people may exchange theirs."""
    rows = [
        {
            "sitting": link.sitting,
            "person": link.person,
            "tenant_id": link.tenant_id,
            "account": link.account,
            "email": link.email,
            "user_id": link.user_id,
        }
        for link in batch
    ]
    of_person = (LINK.c.sitting == bindparam("of_sitting"), LINK.c.person == bindparam("of_person"))
    let_go = update(LINK).where(*of_person).values(account=None)

    async def change(connection: AsyncConnection) -> None:
        await connection.execute(let_go, [{"of_sitting": link.sitting, "of_person": link.person} for link in batch])
        await connection.execute(upsert(LINK, connection.dialect.name, _PERSON_OF_SITTING), rows)

    return change


def save_user_id(sitting: SittingId, person: PersonId, user_id: str) -> Change:
    """The address of one person, whatever else has changed."""
    statement = update(LINK).where(LINK.c.sitting == sitting, LINK.c.person == person).values(user_id=user_id)

    async def change(connection: AsyncConnection) -> None:
        await connection.execute(statement)

    return change


async def chats(connection: AsyncConnection) -> Chats:
    """Every conversation, meeting and 1:1 chat."""
    addresses = await connection.execute(select(CONVERSATION))
    meetings = await connection.execute(select(MEETING))
    personal = await connection.execute(select(PERSONAL))
    return Chats(
        conversations=tuple(
            Conversation(
                id=row.id,
                kind=ConversationKind(row.kind),
                tenant_id=row.tenant_id,
                service_url=row.service_url,
                bot_id=row.bot_id,
            )
            for row in addresses
        ),
        meetings=tuple((SittingId(row.sitting), row.conversation, bool(row.is_held)) for row in meetings),
        personal={(row.tenant_id, row.account): row.conversation for row in personal},
    )


def save_meeting(sitting: SittingId, conversation: Conversation) -> Change:
    """That chat is the sitting's, and no longer another one's meeting."""
    others = update(MEETING).where(MEETING.c.conversation == conversation.id).values(is_held=0)
    row = {"sitting": sitting, "conversation": conversation.id, "is_held": 1}

    async def change(connection: AsyncConnection) -> None:
        await _save_address(connection, conversation)
        await connection.execute(others)
        await connection.execute(upsert(MEETING, connection.dialect.name), row)

    return change


def save_chat(conversation: Conversation, tenant_id: str, account: str | None) -> Change:
    """Its newest address, and whose 1:1 chat it is."""

    async def change(connection: AsyncConnection) -> None:
        await _save_address(connection, conversation)
        if account is not None:
            row = {"tenant_id": tenant_id.lower(), "account": account.lower(), "conversation": conversation.id}
            await connection.execute(upsert(PERSONAL, connection.dialect.name), row)

    return change


def sent_cards(sitting: SittingId) -> Callable[[AsyncConnection], Awaitable[tuple[SentCard, ...]]]:
    """The cards on screen for that sitting."""
    query = select(SENT_CARD).where(SENT_CARD.c.sitting == sitting)
    query = query.order_by(SENT_CARD.c.conversation, SENT_CARD.c.slot)

    async def read(connection: AsyncConnection) -> tuple[SentCard, ...]:
        return tuple(
            SentCard(
                sitting=SittingId(row.sitting),
                conversation_id=row.conversation,
                slot=row.slot,
                activity_id=row.activity_id,
                digest=row.digest,
            )
            for row in await connection.execute(query)
        )

    return read


def save_card(card: SentCard) -> Change:
    """Add or replace."""
    row = {
        "sitting": card.sitting,
        "conversation": card.conversation_id,
        "slot": card.slot,
        "activity_id": card.activity_id,
        "digest": card.digest,
    }

    async def change(connection: AsyncConnection) -> None:
        await connection.execute(upsert(SENT_CARD, connection.dialect.name), row)

    return change


async def _save_address(connection: AsyncConnection, conversation: Conversation) -> None:
    row = {
        "id": conversation.id,
        "kind": conversation.kind.value,
        "tenant_id": conversation.tenant_id,
        "service_url": conversation.service_url,
        "bot_id": conversation.bot_id,
    }
    await connection.execute(upsert(CONVERSATION, connection.dialect.name), row)
