"""Invariants of every database of Timely, whatever happened to the computer; checked beside the server."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

KEPT_VERSIONS = 1000


def violations_of(path: Path) -> list[str]:
    """A sentence for each thing that is not as it has to be; [] for a whole database."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        database.execute("BEGIN")  # one moment of it, for somebody may be saving
        return [*_integrity(database), *_versions_fit(database), *_audit_fits(database), *_counts_fit(database)]


def scores_in(path: Path) -> dict[int, tuple[int, int]]:
    """{fixture id: score} of all results."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT fixture_id, home_score, away_score FROM results").fetchall()
        return {row[0]: (row[1], row[2]) for row in rows}


def versions_in(path: Path) -> tuple[str, dict[str, int]]:
    """(epoch, {topic: version})."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        (epoch,) = database.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()
        return epoch, dict(database.execute("SELECT key, version FROM topics").fetchall())


def _integrity(database: sqlite3.Connection) -> Iterator[str]:
    for (found,) in database.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield f"integrity_check: {found}"
    for row in database.execute("PRAGMA foreign_key_check"):
        yield f"foreign_key_check: {tuple(row)}"


def _versions_fit(database: sqlite3.Connection) -> Iterator[str]:
    """Each version of a topic has its change rows, none has been skipped, and no row is ahead of its topic."""
    counted = """
        SELECT t.key, t.version, count(DISTINCT c.version) AS told, max(c.version) AS last
        FROM topics t LEFT JOIN changes c ON c.topic = t.key GROUP BY t.key"""
    for key, version, told, last in database.execute(counted):
        if version > 1 and last != version:
            yield f"{key} is at version {version}, and its last change at {last}"
        # The first change of a topic that is made with its event stands under version 1.
        if told not in (min(version - 1, KEPT_VERSIONS), min(version, KEPT_VERSIONS)):
            yield f"{key} is at version {version} with changes of {told} versions"


def _audit_fits(database: sqlite3.Connection) -> Iterator[str]:
    """The newest entry of a game tells of the result that it has, and of none where it has none."""
    newest: dict[int, Any] = {}
    entries = "SELECT fixture_id, after FROM audit WHERE fixture_id IS NOT NULL ORDER BY id"
    for fixture_id, after in database.execute(entries):
        newest[fixture_id] = json.loads(after) if after else None
    saved = {
        row["fixture_id"]: (row["home_score"], row["away_score"]) for row in database.execute("SELECT * FROM results")
    }
    for fixture_id in saved.keys() | newest.keys():
        after = newest.get(fixture_id)
        told = (after["home_score"], after["away_score"]) if after else None
        if told != saved.get(fixture_id):
            yield f"game {fixture_id} has {saved.get(fixture_id)}, and its audit says {told}"


def _counts_fit(database: sqlite3.Connection) -> Iterator[str]:
    """A game with a result has its place in the order of saves, no two the same, and is not still to be played."""
    twice = "SELECT event_id, saved_no FROM fixtures WHERE saved_no IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1"
    for event_id, number in database.execute(twice):
        yield f"two games of event {event_id} were saved as number {number}"
    halves = """
        SELECT f.id, f.status, f.saved_no, r.id AS result
        FROM fixtures f LEFT JOIN results r ON r.fixture_id = f.id
        WHERE (r.id IS NULL) <> (f.saved_no IS NULL) OR (r.id IS NOT NULL AND f.status = 'SCHEDULED')"""
    for row in database.execute(halves):
        yield f"half of a save is there: {dict(row)}"
