"""Costs by the number of audit entries of one event, most of them of results; a league of twenty with 40 games."""

import sqlite3
from contextlib import closing

from bench.growth.event_files import league
from bench.growth.games import event, first_to_play
from bench.growth.row import FLAT, Row
from bench.growth.site import Site, app_on, site
from timely.extensions import db
from timely.models import AuditEntry, Fixture
from timely.queries.audit import entries_of_fixture
from timely.queries.event_files import event_file_text
from timely.services.errors import RuleBroken
from timely.services.undo import undo

TITLE = "audit entries of an event"
SIZES = [3_125, 6_250, 12_500, 25_000, 50_000, 100_000]
# All that a result's entry is, of another game and of rows that nothing else has changed.
COPY = """
    INSERT INTO audit (at, user_id, by, deed, event_id, fixture_id, subject, before, after, reason, changes)
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :more)
    SELECT at, user_id, by, deed, event_id, :first + n % :games, subject, before, after, reason,
        replace(changes, '"id": ', '"id": 9' || n)
    FROM audit, numbers WHERE id = :id ORDER BY n
"""


def measure(sizes: list[int]) -> list[Row]:
    rows = {
        "first": Row("audit page, the newest", "ms", FLAT),
        "late": Row("audit page, the oldest", "ms", FLAT),
        "history": Row("history of one game", "ms", FLAT),
        "save": Row("a save, API", "ms", FLAT),
        "undo": Row("an undo", "ms", FLAT),
        "refused": Row("an undo refused, of the oldest entry", "ms", FLAT),
        "timetable": Row("timetable page", "ms", FLAT),
        "export": Row("export", "ms", FLAT),
        "start": Row("start-up: app, file checked, upgrade", "ms"),
        "backup": Row("backup", "ms"),
        "file": Row("database file", "MB"),
    }
    with site() as place:
        event_id = place.imported(league(20, 40))
        game = first_to_play(place, event_id)
        for home in (1, 2):  # so that the first entry can no longer be undone, for the sake of the one after it
            place.save(game, home)
        for size in sorted(sizes):
            fill(place, event_id, size)
            for name, cost in measured(place, event_id, game + 1).items():
                rows[name].costs[size] = cost
    return list(rows.values())


def fill(place: Site, event_id: int, size: int) -> None:
    """Copies the entry of the first result saved until there are so many."""
    with place.app.app_context():
        games = db.session.scalars(db.select(Fixture.id).where(Fixture.event_id == event_id)).all()
        is_result = AuditEntry.changes.is_not(None), AuditEntry.fixture_id.is_not(None)
        first = db.session.scalars(db.select(AuditEntry.id).where(*is_result).order_by(AuditEntry.id).limit(1)).one()
        there = db.session.scalar(db.select(db.func.count()).select_from(AuditEntry)) or 0
        values = {"more": size - there, "games": len(games), "first": min(games), "id": first}
        db.session.execute(db.text(COPY), values)
        db.session.commit()


def measured(place: Site, event_id: int, game: int) -> dict[str, float]:
    admin, scores = f"/admin/events/{event_id}", iter(range(2, 100))
    with place.app.app_context():
        wanted = db.select(AuditEntry.id).where(AuditEntry.action == "enter result").order_by(AuditEntry.id)
        oldest = db.session.scalars(wanted.limit(1)).one()
    path = place.folder / "timely.sqlite3"
    return {
        "first": place.page_ms(f"{admin}/audit/", is_organiser=True),
        "late": place.page_ms(f"{admin}/audit/?before=60", is_organiser=True),
        "history": place.cpu_ms(lambda: entries_of_fixture(db.session.get_one(Fixture, game))),
        "save": place.cpu_ms(lambda: place.save(game, next(scores))),
        "undo": place.cpu_ms(lambda: last_undone(event_id)),
        "refused": place.cpu_ms(lambda: refused(oldest), 1),
        "timetable": place.page_ms(f"{admin}/timetable/", is_organiser=True),
        "export": place.cpu_ms(lambda: event_file_text(event(event_id))),
        "start": place.cpu_ms(lambda: app_on(place.folder)),
        "backup": place.cpu_ms(lambda: backed_up(str(path)), 3),
        "file": bytes_of(str(path)) / 1e6,
    }


def last_undone(event_id: int) -> None:
    wanted = db.select(AuditEntry).where(AuditEntry.event_id == event_id).order_by(AuditEntry.id.desc()).limit(1)
    undo(db.session.scalars(wanted).one(), by=None)


def refused(entry_id: int) -> None:
    try:
        undo(db.session.get_one(AuditEntry, entry_id), by=None)
    except RuleBroken:
        return
    raise RuntimeError("what others have built upon was undone")


def backed_up(path: str) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)


def bytes_of(path: str) -> int:
    """Size of the database, with the part that is not written to its file yet."""
    with closing(sqlite3.connect(path)) as source:
        return int(source.execute("PRAGMA page_count").fetchone()[0] * source.execute("PRAGMA page_size").fetchone()[0])
