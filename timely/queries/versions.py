"""Epoch of the database, and versions of its topics."""

from collections.abc import Iterable

from sqlalchemy import select

from timely.extensions import db
from timely.models import Meta, Topic
from timely.models.base import Base

_topics, _meta = (Base.metadata.tables[one.__tablename__] for one in (Topic, Meta))
# Built once, of tables and not of classes: asked for by every save and answer.
EPOCH = select(_meta.c.value).where(_meta.c.key == "epoch")
VERSIONS = select(_topics.c.key, _topics.c.version)


def epoch() -> str:
    """The random word made with this database.

    Cached for the transaction: it cannot change there, and is asked for often.
    """
    session = db.session()
    transaction, word = session.info.get("epoch", (None, ""))
    if transaction is None or transaction is not session.get_transaction():
        word = session.execute(EPOCH).scalar_one()
        session.info["epoch"] = session.get_transaction(), word
    return str(word)


def versions_of(keys: Iterable[str]) -> dict[str, int]:
    """{topic key: version} for those that exist."""
    rows = db.session.execute(select(Topic.key, Topic.version).where(Topic.key.in_(list(keys))))
    return {row.key: row.version for row in rows}


def all_versions() -> dict[str, int]:
    return {key: version for key, version in db.session.execute(VERSIONS)}
