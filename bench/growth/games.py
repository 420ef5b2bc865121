"""Costs by the number of games of one event: a league of twenty, half of it played, forty games a day."""

import json
from datetime import timedelta

from bench.growth.event_files import league
from bench.growth.row import FLAT, Row
from bench.growth.site import Site, measured_apart
from timely.domain.timetable import violations
from timely.event_file.read import read_event_file
from timely.extensions import db
from timely.live import messages
from timely.live.topics import topic_of
from timely.models import Event, Fixture, Topic
from timely.queries.event_files import event_file_text
from timely.queries.timetables import timetable
from timely.services import delays
from timely.services.delays import Delay
from timely.services.event_files import import_event
from timely.services.freeze import freeze, reveal

TITLE = "games of an event"
SIZES = [40, 125, 250, 500, 1_000, 2_000]
TEAMS = 20


def measure(sizes: list[int]) -> list[Row]:
    rows = {
        "save": Row("a save, API", "ms"),
        "results": Row("results message of one save", "ms"),
        "schedule": Row("schedule message of one save", "ms", FLAT),
        "page": Row("schedule page, drawn anew", "ms"),
        "board": Row("leaderboard page, drawn anew", "ms"),
        "snapshot": Row("snapshot of the schedule", "ms"),
        "desk": Row("desk page", "ms"),
        "fixtures": Row("organiser's list of games", "ms"),
        "delay": Row("a day's games delayed", "ms"),
        "timetable": Row("timetable looked over", "ms"),
        "grid": Row("timetable page", "ms"),
        "held": Row("tables held back and revealed", "ms"),
        "export": Row("export", "ms"),
        "read": Row("import: file read", "ms"),
        "import": Row("import: saved", "ms"),
    }
    return measured_apart(rows, sizes, measured)


def measured(place: Site, size: int) -> dict[str, float]:
    file = league(TEAMS, size)
    event_id = place.imported(file)
    admin, public = f"/admin/events/{event_id}", f"/events/{place.slug(event_id)}"
    game, scores = first_to_play(place, event_id), iter(range(1, 100))
    costs = {"save": place.cpu_ms(lambda: place.save(game, next(scores)))}
    since = {key: version(place, topic_of(event_id, key)) - 1 for key in ("results", "schedule")}
    text = json.dumps(file).encode()
    return costs | {
        "results": place.cpu_ms(lambda: messages.build(topic_of(event_id, "results"), since["results"])),
        "schedule": place.cpu_ms(lambda: messages.build(topic_of(event_id, "schedule"), since["schedule"])),
        "page": place.page_ms(f"{public}/schedule/", runs=3),
        "board": place.page_ms(f"{public}/leaderboard/", runs=3),
        "snapshot": place.cpu_ms(lambda: messages.build(topic_of(event_id, "schedule"), 0), 3),
        "desk": place.page_ms(f"/admin/results/?event={event_id}", is_organiser=True, runs=3),
        "fixtures": place.page_ms(f"{admin}/fixtures/", is_organiser=True, runs=3),
        "delay": place.cpu_ms(lambda: last_day_delayed(event_id), 3),
        "timetable": place.cpu_ms(lambda: looked_over(event_id), 3),
        "grid": place.page_ms(f"{admin}/timetable/", is_organiser=True, runs=3),
        "held": place.cpu_ms(lambda: held_and_revealed(event_id), 3),
        "export": place.cpu_ms(lambda: event_file_text(event(event_id)), 3),
        "read": place.cpu_ms(lambda: read_event_file(text), 3),
        "import": place.cpu_ms(lambda: import_event(read_event_file(text)), 1),
    }


def event(event_id: int) -> Event:
    return db.session.get_one(Event, event_id)


def version(place: Site, topic: str) -> int:
    with place.app.app_context():
        return db.session.get_one(Topic, topic).version


def first_to_play(place: Site, event_id: int) -> int:
    """The id of the first game without a result."""
    wanted = db.select(Fixture.id).where(Fixture.event_id == event_id, ~Fixture.result.has()).order_by(Fixture.id)
    with place.app.app_context():
        return db.session.scalars(wanted.limit(1)).one()


def last_day_delayed(event_id: int) -> None:
    """All games of the last day begin a minute later."""
    league_ = event(event_id)
    last = max(one.start_at for one in league_.fixtures if one.start_at)
    delay = Delay(since=last - timedelta(hours=12), minutes=1)
    plan = delays.plan_delay(league_, delay)
    delays.run_late(league_, delay, seen_fingerprint=delays.fingerprint_of(plan), by=None)


def looked_over(event_id: int) -> None:
    table = timetable(event(event_id))
    violations(table.games, table.pitches, table.spacing)


def held_and_revealed(event_id: int) -> None:
    league_ = event(event_id)
    freeze(league_, by=None)
    reveal(league_, by=None)
