"""The journal in a database, by SQLAlchemy Core. What is special to one engine is in a module of its name."""

from voting.journal.sql import aside_tables as aside_tables  # whoever sees the metadata sees all of its tables
