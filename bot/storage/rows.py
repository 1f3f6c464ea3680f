"""From our own words to rows and back: the statements of the books, as work that a `Database` runs."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Double, Row, Table, bindparam, cast, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Link, Overtaken, SentCard
from bot.storage.tables import CONVERSATION, LEASE, LINK, MEETING, PERSONAL, SENT_CARD, VERSION
from bot.turn import Conversation, ConversationKind
from voting.domain.ids import PersonId, SittingId

Change = Callable[[AsyncConnection], Awaitable[None]]

_PERSON_OF_SITTING = ("sitting", "person")

Upsert = sqlite.Insert | postgresql.Insert


class Seen(NamedTuple):
    """The last change of each kind that was read."""

    meetings: int = -1
    personal: int = -1
    conversations: int = -1


class Chats(NamedTuple):
    """Everything about conversations that changed since."""

    conversations: tuple[Conversation, ...]
    meetings: tuple[tuple[SittingId, str, bool], ...]
    personal: dict[tuple[str, str], str]
    seen: Seen


def upsert(table: Table, dialect: str, unique: Sequence[str] = (), where: ColumnElement[bool] | None = None) -> Upsert:
    """An insert that replaces the row with the same values in ``unique``; the primary key when not given.

    With ``where``, only if that holds of the row that is there.
    """
    insert: Upsert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    same = tuple(unique) or tuple(column.name for column in table.primary_key)
    fixed = {*same, *(column.name for column in table.primary_key)}
    changed = {column.name: insert.excluded[column.name] for column in table.c if column.name not in fixed}
    return insert.on_conflict_do_update(index_elements=same, set_=changed, where=where)


async def version(connection: AsyncConnection) -> int:
    """The number of the last change of the books."""
    return int((await connection.execute(select(VERSION.c.version))).scalar_one())


async def next_change(connection: AsyncConnection) -> int:
    """The number of this change. Whoever else changes something waits until it is committed: numbers come in order."""
    taken = update(VERSION).values(version=VERSION.c.version + 1).returning(VERSION.c.version)
    return int((await connection.execute(taken)).scalar_one())


def links(since: int = -1) -> Callable[[AsyncConnection], Awaitable[tuple[tuple[Link, ...], int]]]:
    """The links changed since, in the order in which people were first linked, and the number of the last change."""

    async def read(connection: AsyncConnection) -> tuple[tuple[Link, ...], int]:
        query = select(LINK).where(LINK.c.version > since).order_by(LINK.c.number)
        found = (await connection.execute(query)).all()
        return tuple(_link(row) for row in found), _last(found, since)

    return read


def _last(found: Sequence[Row[Any]], since: int) -> int:
    return max((row.version for row in found), default=since)


def _link(row: Row[Any]) -> Link:
    return Link(
        sitting=SittingId(row.sitting),
        person=PersonId(row.person),
        tenant_id=row.tenant_id,
        account=row.account,
        email=row.email,
        user_id=row.user_id,
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
        number = await next_change(connection)
        await connection.execute(let_go, [{"of_sitting": link.sitting, "of_person": link.person} for link in batch])
        numbered = [{**row, "version": number} for row in rows]
        await connection.execute(upsert(LINK, connection.dialect.name, _PERSON_OF_SITTING), numbered)

    return change


def save_user_id(sitting: SittingId, person: PersonId, user_id: str) -> Change:
    """The address of one person, whatever else has changed."""
    of_person = update(LINK).where(LINK.c.sitting == sitting, LINK.c.person == person)

    async def change(connection: AsyncConnection) -> None:
        number = await next_change(connection)
        await connection.execute(of_person.values(user_id=user_id, version=number))

    return change


def chats(since: Seen) -> Callable[[AsyncConnection], Awaitable[Chats]]:
    """Every conversation, meeting and 1:1 chat changed since. Addresses last: whatever names one finds it."""

    async def read(connection: AsyncConnection) -> Chats:
        changed = MEETING.c.version > since.meetings
        meetings = (await connection.execute(select(MEETING).where(changed))).all()
        changed = PERSONAL.c.version > since.personal
        personal = (await connection.execute(select(PERSONAL).where(changed))).all()
        changed = CONVERSATION.c.version > since.conversations
        addresses = (await connection.execute(select(CONVERSATION).where(changed))).all()
        return Chats(
            conversations=tuple(_conversation(row) for row in addresses),
            meetings=tuple((SittingId(row.sitting), row.conversation, bool(row.is_held)) for row in meetings),
            personal={(row.tenant_id, row.account): row.conversation for row in personal},
            seen=Seen(
                _last(meetings, since.meetings),
                _last(personal, since.personal),
                _last(addresses, since.conversations),
            ),
        )

    return read


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(
        id=row.id,
        kind=ConversationKind(row.kind),
        tenant_id=row.tenant_id,
        service_url=row.service_url,
        bot_id=row.bot_id,
    )


def save_meeting(sitting: SittingId, conversation: Conversation) -> Change:
    """That chat is the sitting's, and no longer another one's meeting."""
    others = update(MEETING).where(MEETING.c.conversation == conversation.id)
    row = {"sitting": sitting, "conversation": conversation.id, "is_held": 1}

    async def change(connection: AsyncConnection) -> None:
        number = await next_change(connection)
        await _save_address(connection, conversation, number)
        await connection.execute(others.values(is_held=0, version=number))
        await connection.execute(upsert(MEETING, connection.dialect.name), {**row, "version": number})

    return change


def save_chat(conversation: Conversation, tenant_id: str, account: str | None) -> Change:
    """Its newest address, and whose 1:1 chat it is."""

    async def change(connection: AsyncConnection) -> None:
        number = await next_change(connection)
        await _save_address(connection, conversation, number)
        if account is not None:
            row = {"tenant_id": tenant_id.lower(), "account": account.lower(), "conversation": conversation.id}
            await connection.execute(upsert(PERSONAL, connection.dialect.name), {**row, "version": number})

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


def save_card(card: SentCard, holder: str = "") -> Change:
    """Add or replace. A process that names itself replaces nothing in a chat that another one has taken over: it was
    frozen with that on its way, and what is written there now is newer. ``Overtaken`` tells it so.
    """
    row = {
        "sitting": card.sitting,
        "conversation": card.conversation_id,
        "slot": card.slot,
        "activity_id": card.activity_id,
        "digest": card.digest,
    }

    async def change(connection: AsyncConnection) -> None:
        ours = _nobody_else_holds(holder) if holder else None
        done = await connection.execute(upsert(SENT_CARD, connection.dialect.name, where=ours), row)
        if done.rowcount == 0:
            raise Overtaken("another process speaks there")

    return change


def _nobody_else_holds(holder: str) -> ColumnElement[bool]:
    now = cast(func.extract("epoch", func.transaction_timestamp()), Double)
    other = select(LEASE.c.name).where(
        LEASE.c.name == SENT_CARD.c.conversation, LEASE.c.holder != holder, LEASE.c.until >= now
    )
    return ~other.exists()


async def _save_address(connection: AsyncConnection, conversation: Conversation, number: int) -> None:
    row = {
        "version": number,
        "id": conversation.id,
        "kind": conversation.kind.value,
        "tenant_id": conversation.tenant_id,
        "service_url": conversation.service_url,
        "bot_id": conversation.bot_id,
    }
    await connection.execute(upsert(CONVERSATION, connection.dialect.name), row)
