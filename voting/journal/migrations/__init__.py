"""The one history of the database schema, run from code. What a database must have: `voting.journal.sql.tables`.

Tables of the bot are made here too: a script says what to do in SQL and imports no table definition.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent


def upgrade(connection: Connection, *metadata: MetaData) -> None:
    """Bring the schema to the last revision inside the caller's transaction."""
    from alembic import command  # only when there is something to do: 0.2 s that a start does not have to wait

    config = _config()
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    command.upgrade(config, "head")


def revisions() -> tuple[str, ...]:
    """Every revision that this program knows, newest first."""
    from alembic.script import ScriptDirectory

    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> "Config":
    from alembic import config as alembic

    config = alembic.Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
