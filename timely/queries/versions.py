"""Epoch of the database, and versions of its topics."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, select, true
from sqlalchemy.orm import Session

from timely.extensions import db
from timely.models import Meta, Topic
from timely.models.base import table_of

_topics, _meta = table_of(Topic), table_of(Meta)
# Built once, of tables and not of classes: asked for by every save and answer.
EPOCH = select(_meta.c.value).where(_meta.c.key == "epoch")
VERSION = select(_topics.c.version).where(_topics.c.key == bindparam("key"))
VERSIONS = select(_topics.c.key, _topics.c.version)
_BOTH = select(_meta.c.value, _topics.c.key, _topics.c.version).where(_meta.c.key == "epoch")
EPOCH_AND_VERSIONS = _BOTH.select_from(_meta.outerjoin(_topics, true()))
EPOCH_AND_VERSIONS_OF = _BOTH.select_from(
    _meta.outerjoin(_topics, _topics.c.key.in_(bindparam("keys", expanding=True)))
)


def epoch() -> str:
    """The random word made with this database.

    Cached for the transaction: it cannot change there, and is asked for often.
    """
    session = db.session()
    transaction, word = session.info.get("epoch", (None, ""))
    if transaction is None or transaction is not session.get_transaction():
        word = session.execute(EPOCH).scalar_one()
        _remember(session, word)
    return str(word)


def epoch_and_versions() -> tuple[str, dict[str, int]]:
    """The epoch, and {topic key: version} of all topics, in one statement: asked after every save."""
    return _both(db.session(), EPOCH_AND_VERSIONS)


def _both(session: Session, statement: Select[Any], **values: Any) -> tuple[str, dict[str, int]]:
    rows = session.execute(statement, values).all()
    word = str(rows[0].value)
    _remember(session, word)
    return word, {key: version for _, key, version in rows if key is not None}


def _remember(session: Session, word: str) -> None:
    session.info["epoch"] = session.get_transaction(), word


def version_of(key: str) -> int | None:
    """The version of a topic; None if there is no such topic."""
    version: int | None = db.session.execute(VERSION, {"key": key}).scalar_one_or_none()
    return version


def versions_of(keys: Iterable[str]) -> dict[str, int]:
    """{topic key: version} for those that exist.

    Cached for the transaction, except where it writes: a page asks for those of its notifications three times.
    """
    session = db.session()
    wanted = list(keys)
    transaction, known = session.info.get("versions", (None, {}))
    if transaction is None or transaction is not session.get_transaction() or session.info.get("writing"):
        known = {}
    if missing := [key for key in wanted if key not in known]:
        _, found = _both(session, EPOCH_AND_VERSIONS_OF, keys=missing)  # a page asks for the epoch too
        known = {**known, **{key: found.get(key) for key in missing}}
        session.info["versions"] = session.get_transaction(), known
    return {key: known[key] for key in wanted if known[key] is not None}


def all_versions() -> dict[str, int]:
    return {row.key: row.version for row in db.session.execute(VERSIONS)}
