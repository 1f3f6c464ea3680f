"""The journal in a database, by SQLAlchemy Core. What is special to one engine is in a module of its name."""
