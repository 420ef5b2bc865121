"""Revisions: an older database with data in it is brought up to date and loses nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from tests.conftest import make_app
from timely.database import upgrade as upgrading
from timely.database.upgrade import MIGRATIONS
from timely.event_file.read import read_event_file
from timely.extensions import db
from timely.models import AuditEntry, Change, Event, Notification, User
from timely.queries.event_files import event_file_text
from timely.queries.tables import leaderboard
from timely.services import fixtures, results
from timely.services.event_files import import_event
from timely.services.fixture_details import Arrangement
from timely.services.notifications import notify
from timely.services.score_validation import Score
from timely.services.undo import undo

USER = "INSERT INTO users (id, name, password_hash, role, active, stamp, created_at) VALUES (?, ?, '', ?, 1, ?, ?)"
EVENT = """
    INSERT INTO events (id, slug, name, sport, season, status, visibility, access_key, place, timezone, details, accent,
                        rulebook, rules, manual_order, fair_play_totals, slots, counts_from, version, created_at)
    VALUES (7, 'cup', 'Cup', 'football', '', 'LIVE', 'public', 'k', '', 'UTC', '', '',
            '', '{}', '{}', '{}', '[]', 'PENDING', 1, '2026-01-01 00:00:00')
"""
ANNOUNCEMENT = """
    INSERT INTO announcements (id, event_id, title, message, type, priority, publish_at, state, version)
    VALUES (5, 7, 'Lunch', '', 'info', 'urgent', '2026-01-01 00:00:00', 'CURRENT', 1)
"""
TOPICS = "INSERT INTO topics (key, event_id, version) VALUES ('events', NULL, 4), ('event_7', 7, 12)"

CHANGE = "INSERT INTO changes (topic, version, kind, record_id, action) VALUES ('event_7', 12, 'event', 7, 'updated')"


@pytest.fixture
def old(tmp_path: Path):
    """The app on a database of the first revision, with people, an event, an announcement and topics in it."""
    app = make_app(tmp_path)
    with app.app_context():
        upgrade(directory=str(MIGRATIONS), revision="0001")
        db.engine.dispose()
    with closing(sqlite3.connect(tmp_path / "timely.sqlite3")) as connection, connection:
        for number, role in ((3, "administrator"), (11, "scorer")):
            connection.execute(USER, (number, f"User {number}", role, "s", "2026-01-01 00:00:00"))
        for statement in (EVENT, ANNOUNCEMENT, TOPICS, "INSERT INTO meta (key, value) VALUES ('epoch', 'k3f9')"):
            connection.execute(statement)
        connection.execute(CHANGE)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def rows(path: Path, table: str) -> list[tuple]:
    with closing(sqlite3.connect(path / "timely.sqlite3")) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def test_an_old_database_keeps_its_rows_and_gets_the_topics(old, tmp_path):
    kept = {table: rows(tmp_path, table) for table in ("users", "events", "announcements", "changes", "meta")}
    assert all(kept.values())
    upgrading.upgrade(old)
    for table, before in kept.items():  # a later revision adds its columns at the end
        assert [row[: len(old)] for row, old in zip(rows(tmp_path, table), before, strict=True)] == before
    assert rows(tmp_path, "topics") == [
        ("event_7", 7, 12),
        ("events", None, 4),
        ("notifications", None, 1),
        ("user_11", None, 1),
        ("user_3", None, 1),
    ]
    assert len(list((tmp_path / "backups").glob("*-before-upgrade-*"))) == 1
    upgrading.upgrade(old)
    assert len(rows(tmp_path, "topics")) == 5


def test_an_old_users_topic_works_after_the_upgrade(old):
    upgrading.upgrade(old)
    with old.app_context():
        notify(title="Welcome", to=db.session.get_one(User, 11), by=None)
        change = db.session.query(Change).filter_by(topic="user_11").one()
        assert (change.version, change.kind, change.action) == (2, "notification", "created")


def test_the_way_back_leaves_what_was_there(old, tmp_path):
    before = {table: rows(tmp_path, table) for table in ("users", "events", "announcements", "topics", "changes")}
    upgrading.upgrade(old)
    with old.app_context():
        notify(title="Welcome", to=db.session.get_one(User, 11), by=None)
        assert db.session.query(Notification).count() == 1
        db.session.remove()
        downgrade(directory=str(MIGRATIONS), revision="0001")
    assert {table: rows(tmp_path, table) for table in before} == before


ARRANGED_BY_HAND = """
    INSERT INTO topics (key, event_id, version)
    VALUES ('event_7_results', 7, 3), ('event_7_schedule', 7, 3), ('event_7_announcements', 7, 1);
    INSERT INTO teams (id, event_id, name, colour) VALUES (1, 7, 'Ash', ''), (2, 7, 'Birch', '#d62828');
    INSERT INTO pitches (id, event_id, name) VALUES (4, 7, 'Court');
    INSERT INTO stages (id, event_id, kind, position) VALUES (1, 7, 'league', 1), (2, 7, 'knockout', 2);
    INSERT INTO groups (id, event_id, stage_id, name, position) VALUES (1, 7, 1, '', 1);
    INSERT INTO entries (id, event_id, group_id, team_id) VALUES (1, 7, 1, 1), (2, 7, 1, 2);
    INSERT INTO fixtures (id, event_id, stage_id, group_id, round, home_team_id, away_team_id, home_label, away_label,
                          venue, venue_timezone, pitch_id, status, saved_no, version)
    VALUES (1, 7, 1, 1, '', 1, 2, '', '', '', '', 4, 'FINISHED', 1, 2),
           (2, 7, 2, NULL, 'Semi-final', 1, NULL, '', 'Winner of the morning', '', '', NULL, 'SCHEDULED', NULL, 1),
           (3, 7, 2, NULL, 'Final', NULL, NULL, 'Winner of SF', 'Somebody', '', '', 4, 'SCHEDULED', NULL, 1);
    INSERT INTO results (id, event_id, fixture_id, home_score, away_score, extra, status, running, entered_by,
                         entered_at)
    VALUES (1, 7, 1, 2, 1, '{}', 'FINAL', 0, 'Ada', '2026-01-01 00:00:00');
"""
HELD = ("events", "teams", "pitches", "stages", "groups", "entries", "fixtures", "results", "topics", "changes")


@pytest.fixture
def by_hand(old, tmp_path):
    """Before divisions and brackets: a table game that was played, and a knockout of labels alone."""
    with old.app_context():
        upgrade(directory=str(MIGRATIONS), revision="0002")
        db.engine.dispose()
    with closing(sqlite3.connect(tmp_path / "timely.sqlite3")) as connection, connection:
        connection.executescript("PRAGMA foreign_keys=ON;" + ARRANGED_BY_HAND)
    return old


def test_a_knockout_arranged_by_hand_goes_on_by_hand(by_hand):
    upgrading.upgrade(by_hand)
    with by_hand.app_context():
        event = db.session.get_one(Event, 7)
        event.rules = event.order_rules.as_dict()  # as every revision has kept them
        db.session.commit()
        assert [(one.home_name, one.away_name) for one in event.fixtures[1:]] == [
            ("Ash", "Winner of the morning"),
            ("Winner of SF", "Somebody"),
        ]
        semi = event.fixtures[1]
        wanted = Arrangement(*event.teams, is_knockout=True, round="Semi-final")
        fixtures.change_fixture(semi, wanted, by=None)
        results.enter_score(semi, Score(3, 1), by=None)
        undo(db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).limit(1).one(), by=None)
        assert (semi.result, semi.away_name) == (None, "Birch")
        assert [line.standing.points for line in leaderboard(event)[0].lines] == [3, 0]
        text = event_file_text(event)
        assert event_file_text(import_event(read_event_file(text.encode()))) == text
    assert by_hand.test_client().get("/events/cup/bracket/").status_code == 200
    assert by_hand.test_client().get("/events/cup/schedule/").status_code == 200


def test_the_way_back_with_games_and_results(by_hand, tmp_path):
    before = {table: rows(tmp_path, table) for table in HELD}
    upgrading.upgrade(by_hand)
    with by_hand.app_context():
        db.session.remove()
        downgrade(directory=str(MIGRATIONS), revision="0002")
        db.engine.dispose()
    assert {table: rows(tmp_path, table) for table in HELD} == before


def test_the_models_and_the_revisions_say_the_same(app, in_app):

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, db.metadata) == []
