"""Mapped classes, one file an aggregate. Empty on purpose: enums must import without SQLAlchemy."""
