"""The files sent to convene with, in the database: any process may be the one that they are used in."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import KeptFile
from bot.storage.rows import Change, upsert
from bot.storage.tables import KEPT_FILE
from voting.journal.sql.database import Database


class SqlFiles:
    """Satisfies ``bot.ports.KeptFiles``. Asked a few times per sitting, hence no copy in memory."""

    def __init__(self, database: Database) -> None:
        """Nothing to load."""
        self._database = database

    async def keep(self, tenant_id: str, account: str, file: KeptFile) -> None:
        """In the place of the one of that kind."""
        await self._database.write(_save(tenant_id.lower(), account.lower(), file))

    async def of(self, tenant_id: str, account: str) -> tuple[KeptFile, ...]:
        """What that account has sent, by kind."""
        return await self._database.read(_read(tenant_id.lower(), account.lower()))

    async def forget(self, tenant_id: str, account: str) -> None:
        """Erase it."""
        await self._database.write(_forget(tenant_id.lower(), account.lower()))

    async def expire(self, before: datetime) -> None:
        """Erase what was sent earlier, whoever sent it."""
        await self._database.write(_expire(before.timestamp()))


def _save(tenant_id: str, account: str, file: KeptFile) -> Change:
    async def work(connection: AsyncConnection) -> None:
        values = {
            "tenant_id": tenant_id,
            "account": account,
            "kind": file.kind,
            "name": file.name,
            "content": file.content,
            "at": file.at.timestamp(),
        }
        await connection.execute(upsert(KEPT_FILE, connection.dialect.name), values)

    return work


def _read(tenant_id: str, account: str) -> Callable[[AsyncConnection], Awaitable[tuple[KeptFile, ...]]]:
    async def work(connection: AsyncConnection) -> tuple[KeptFile, ...]:
        query = (
            select(KEPT_FILE)
            .where(KEPT_FILE.c.tenant_id == tenant_id, KEPT_FILE.c.account == account)
            .order_by(KEPT_FILE.c.kind)
        )
        return tuple(
            KeptFile(kind=row.kind, name=row.name, content=row.content, at=datetime.fromtimestamp(row.at, UTC))
            for row in await connection.execute(query)
        )

    return work


def _forget(tenant_id: str, account: str) -> Change:
    async def work(connection: AsyncConnection) -> None:
        mine = (KEPT_FILE.c.tenant_id == tenant_id, KEPT_FILE.c.account == account)
        await connection.execute(delete(KEPT_FILE).where(*mine))

    return work


def _expire(before: float) -> Change:
    async def work(connection: AsyncConnection) -> None:
        await connection.execute(delete(KEPT_FILE).where(KEPT_FILE.c.at < before))

    return work
