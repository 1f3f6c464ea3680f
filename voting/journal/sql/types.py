"""Column types that mean the same in every engine: words compared byte by byte, keys that may hold any character."""

from typing import Any

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import BYTEA, TEXT
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
"""In the order of their bytes on every machine: the language of the database must not move a sitting."""


class Key(TypeDecorator[str]):
    """What makes a command the same command. Part of it comes from outside, and PostgreSQL's text refuses U+0000."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Bytes in PostgreSQL, text elsewhere."""
        kind: TypeEngine[Any] = BYTEA() if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> object:
        """Into the database."""
        return value.encode() if value is not None and dialect.name == "postgresql" else value

    def process_result_value(self, value: object, dialect: Dialect) -> str | None:
        """Out of it."""
        return value.decode() if isinstance(value, bytes) else value  # type: ignore[return-value]  # text as it is


KEY = Key()
