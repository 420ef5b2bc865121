"""Costs by the number of results saved in one season: a league of twenty with 380 games, corrected again and again."""

from bench.growth.entries import bytes_of, last_undone
from bench.growth.event_files import league
from bench.growth.games import version
from bench.growth.row import FLAT, Row
from bench.growth.site import Site, app_on, site
from timely.extensions import db
from timely.live import messages
from timely.live.topics import topic_of
from timely.models import Change, Fixture
from timely.services.results import enter_score
from timely.services.score_validation import Score

TITLE = "results saved in a season"
SIZES = [125, 250, 500, 1_000, 2_000]
TEAMS, GAMES = 20, 380
AWAY = 50  # versions that a phone has missed in a pocket


def measure(sizes: list[int]) -> list[Row]:
    rows = {
        "save": Row("a save, API", "ms", FLAT),
        "undo": Row("an undo", "ms", FLAT),
        "next": Row("results for who lacks one version", "ms", FLAT),
        "away": Row(f"results for who lacks {AWAY}", "ms", FLAT),
        "results": Row("results for who lacks all that are kept", "ms"),
        "schedule": Row("schedule for who lacks all that are kept", "ms"),
        "old": Row("results for who has the first version", "ms"),
        "rows": Row("rows of changes of one topic", "rows"),
        "start": Row("start-up: app, file checked, upgrade", "ms"),
        "file": Row("database", "MB"),
    }
    with site() as place:
        event_id, saved = place.imported(league(TEAMS, GAMES)), 0
        for size in sorted(sizes):
            save_more(place, event_id, range(saved, size))
            saved = size
            for name, cost in measured(place, event_id).items():
                rows[name].costs[size] = cost
    return list(rows.values())


def save_more(place: Site, event_id: int, numbers: range) -> None:
    with place.app.app_context():
        wanted = db.select(Fixture.id).where(Fixture.event_id == event_id).order_by(Fixture.id)
        games = db.session.scalars(wanted).all()
    for number in numbers:
        with place.app.app_context():
            fixture = db.session.get_one(Fixture, games[number % len(games)])
            # Another score each time round.
            enter_score(fixture, Score(10 + number // len(games), number % 4), by=None, reason="measured")


def measured(place: Site, event_id: int) -> dict[str, float]:
    with place.app.app_context():
        game = db.session.scalars(db.select(Fixture.id).where(Fixture.event_id == event_id)).first()
    assert game is not None
    scores = iter(range(50, 99))
    costs = {"save": place.cpu_ms(lambda: place.save(game, next(scores)))}
    costs["undo"] = place.cpu_ms(lambda: last_undone(event_id))
    results, schedule = (topic_of(event_id, key) for key in ("results", "schedule"))
    kept = {topic: oldest_kept(place, topic) for topic in (results, schedule)}
    newest = version(place, results)
    return costs | {
        "next": place.cpu_ms(lambda: messages.build(results, newest - 1)),
        "away": place.cpu_ms(lambda: messages.build(results, newest - AWAY)),
        "results": place.cpu_ms(lambda: messages.build(results, kept[results])),
        "schedule": place.cpu_ms(lambda: messages.build(schedule, kept[schedule])),
        "old": place.cpu_ms(lambda: messages.build(results, 1)),
        "rows": rows_of(place, results),
        "start": place.cpu_ms(lambda: app_on(place.folder)),
        "file": bytes_of(str(place.folder / "timely.sqlite3")) / 1e6,
    }


def oldest_kept(place: Site, topic: str) -> int:
    """The oldest version from which an update can be made."""
    with place.app.app_context():
        first = db.session.scalar(db.select(db.func.min(Change.version)).where(Change.topic == topic))
        return max(1, (first or 1) - 1)


def rows_of(place: Site, topic: str) -> int:
    with place.app.app_context():
        wanted = db.select(db.func.count()).select_from(Change).where(Change.topic == topic)
        return db.session.scalar(wanted) or 0
