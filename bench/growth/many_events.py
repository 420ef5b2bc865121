"""Costs by the number of public events on one server: leagues of eight with 28 games, each in a week of its own."""

from bench.growth.event_files import league
from bench.growth.row import FLAT, Row
from bench.growth.site import Site, app_on, site
from timely.clock import now
from timely.extensions import db
from timely.live import messages
from timely.live.message_types.event_update import events_update
from timely.live.topic_versions import state
from timely.live.topics import topic_of
from timely.models import Change, Fixture
from timely.models.topic import EVENTS
from timely.services.event_progress import ProgressCheck, update_progress
from timely.services.scheduled_jobs import run_due_jobs
from timely.services.sessions import save_unsaved

TITLE = "events on one server"
SIZES = [1, 12, 25, 50, 100, 200]
TEAMS, GAMES = 8, 28


def measure(sizes: list[int]) -> list[Row]:
    rows = {
        "front": Row("front page", "ms"),
        "matches": Row("/matches/, a day of one event", "ms", FLAT),
        "api": Row("/api/events/", "ms"),
        "admin": Row("/admin/", "ms"),
        "list": Row("/admin/events/", "ms"),
        "desk": Row("desk page of one of them", "ms"),
        "save": Row("a save in one of them, API", "ms", FLAT),
        "results": Row("its results message", "ms", FLAT),
        "event": Row("its event message", "ms", FLAT),
        "page": Row("its leaderboard page, drawn anew", "ms", FLAT),
        "update": Row("message of the list, one event changed", "ms", FLAT),
        "snapshot": Row("message of the list, all events", "ms"),
        "look": Row("the hub's look, nothing new", "ms"),
        "jobs": Row("once a second: scheduled jobs", "ms", FLAT),
        "check": Row("every five seconds: progress, nothing new", "ms"),
        "progress": Row("every quarter of an hour: of all events", "ms"),
        "start": Row("start-up: app and upgrade", "ms", FLAT),
        "hub": Row("start-up: the hub's versions", "ms"),
    }
    with site() as place:
        events: list[int] = []
        for size in sorted(sizes):
            while len(events) < size:
                number = len(events)
                weeks = (number + 1) // 2 * (-1 if number % 2 else 1)
                events.append(place.imported(league(TEAMS, GAMES, f"League {number + 1}", weeks)))
            for name, cost in measured(place, events).items():
                rows[name].costs[size] = cost
    return list(rows.values())


def measured(place: Site, events: list[int]) -> dict[str, float]:
    first = events[0]
    with place.app.app_context():
        game = db.session.scalars(db.select(Fixture.id).where(Fixture.event_id == first).order_by(Fixture.id)).first()
        assert game is not None
    change = Change(topic=EVENTS, version=2, kind="event", record_id=first, action="updated")
    scores = iter(range(1, 100))
    costs = {
        "front": place.page_ms("/"),
        "matches": place.page_ms("/matches/"),
        "api": place.page_ms("/api/events/"),
        "admin": place.page_ms("/admin/", is_organiser=True),
        "list": place.page_ms("/admin/events/", is_organiser=True),
        "desk": place.page_ms(f"/admin/results/?event={first}", is_organiser=True),
        "save": place.cpu_ms(lambda: place.save(game, next(scores))),
        "page": place.page_ms(f"/events/{place.slug(first)}/leaderboard/"),
    }
    place.hub.begin()
    check, noon = ProgressCheck(), now()
    return costs | {
        "results": place.cpu_ms(lambda: messages.build(topic_of(first, "results"), 1)),
        "event": place.cpu_ms(lambda: messages.build(topic_of(first, "event"), 0)),
        "update": place.cpu_ms(lambda: events_update([change])),
        "snapshot": place.cpu_ms(lambda: messages.build(EVENTS, 0)),
        "look": place.cpu_ms(place.hub.publish_pending),
        "jobs": place.cpu_ms(lambda: (run_due_jobs(now()), save_unsaved(now()))),
        "check": place.cpu_ms(lambda: check.run(noon, state().epoch, state().versions)),
        "progress": place.cpu_ms(lambda: update_progress(now())),
        "start": place.cpu_ms(lambda: app_on(place.folder)),
        "hub": place.cpu_ms(place.hub.begin),
    }
