"""Declarative base of all models: constraint names, and ids that are never reused."""

from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)

    # A page may still hold the id of a deleted record, so SQLite must not reuse it.
    __table_args__: Any = {"sqlite_autoincrement": True}


def table_of(cls: type[Base]) -> Table:
    """The table of a class: a statement of tables takes half as long as one of classes, and yields plain rows."""
    return Base.metadata.tables[cls.__tablename__]
