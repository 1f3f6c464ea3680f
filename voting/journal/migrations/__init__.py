"""The one history of the database schema, run from code. What a database must have: `voting.journal.sql.tables`.

Tables of the bot are made here too: a script says what to do in SQL and imports no table definition.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported only when there is something to do: most starts need not wait for it.


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The migrations that a program knows: one line of scripts, `versions/r<revision>_<word>.py`."""

    scripts: Path = Path(__file__).parent
    metadata: tuple[MetaData, ...] = ()
    """The tables that the scripts make, of every package that has some, for drafting a new script."""

    @property
    def revisions(self) -> tuple[str, ...]:
        """Every revision, oldest first, read off the names of the scripts; a test holds them equal to Alembic's."""
        return tuple(sorted(script.name[1:5] for script in self.scripts.glob("versions/r[0-9][0-9][0-9][0-9]_*.py")))

    @property
    def head(self) -> str:
        """The last revision, for which this program was written."""
        return self.revisions[-1]

    def upgrade(self, connection: Connection) -> None:
        """Bring the schema to the last revision inside the caller's transaction."""
        from alembic import command

        config = self._config()
        config.attributes["connection"] = connection
        config.attributes["metadata"] = self.metadata
        command.upgrade(config, self.head)

    def _config(self) -> "Config":
        from alembic import config as alembic

        config = alembic.Config()
        config.set_main_option("script_location", str(self.scripts).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        return config
