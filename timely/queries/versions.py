"""Epoch of the database, and versions of its topics."""

from collections.abc import Iterable

from sqlalchemy import select

from timely.extensions import db
from timely.models import Meta, Topic


def epoch() -> str:
    """The random word made with this database.

    Cached for the transaction: it cannot change there, and is asked for often.
    """
    session = db.session()
    transaction, word = session.info.get("epoch", (None, ""))
    if transaction is None or transaction is not session.get_transaction():
        word = session.scalars(select(Meta.value).where(Meta.key == "epoch")).one()
        session.info["epoch"] = session.get_transaction(), word
    return str(word)


def versions_of(keys: Iterable[str]) -> dict[str, int]:
    """{topic key: version} for those that exist."""
    rows = db.session.execute(select(Topic.key, Topic.version).where(Topic.key.in_(list(keys))))
    return {row.key: row.version for row in rows}


def all_versions() -> dict[str, int]:
    return {row.key: row.version for row in db.session.execute(select(Topic.key, Topic.version))}
