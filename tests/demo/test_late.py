"""The demo plays on after a pitch ran late: one game on a pitch, and every team in one place."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from timely.demo.play import step
from timely.demo.timetable import lay_out
from timely.models import Event, Fixture
from timely.queries.schedule import on_now, schedule
from timely.services import delays
from timely.services.delays import Delay
from timely.services.scheduled_jobs import run_due_jobs


def require_apart(games: list[Fixture]) -> None:
    """No pitch and no team is in two of these games."""
    taken = Counter(game.pitch_id for game in games)
    taken.update(f"team {team}" for game in games for team in (game.home_team_id, game.away_team_id))
    assert not [one for one, times in taken.items() if times > 1]


def run_late(event: Event, pitch: int, moment: datetime) -> None:
    where = event.pitches[pitch]
    coming = [game for game in schedule(event) if game.status == "SCHEDULED" and game.pitch_id == where.id]
    delay = Delay(coming[0].start_at or moment, 20, where)
    delays.run_late(event, delay, seen_fingerprint=delays.fingerprint_of(delays.plan_delay(event, delay)), by=None)


def test_after_the_late_form_nobody_is_in_two_places(event: Event, set_clock: Callable[[datetime], None]) -> None:
    chance, moment = Random(4), event.fixtures[28].start_at or datetime.max
    for number in range(120):
        if number in (10, 60):
            run_late(event, number // 60, moment)
        moment += timedelta(seconds=20)
        set_clock(moment)
        run_due_jobs(moment)
        require_apart(list(on_now(event)))
        step(event, moment, chance)
        require_apart(list(on_now(event)))


def test_laid_out_anew_after_the_late_form_games_at_one_time_are_apart(event: Event) -> None:
    moment = event.fixtures[28].start_at or datetime.max
    run_late(event, 0, moment)
    lay_out(event, moment + timedelta(hours=3))
    times: dict[datetime | None, list[Fixture]] = {}
    for game in schedule(event):
        times.setdefault(game.start_at, []).append(game)
    assert max(map(len, times.values())) == 2
    for games in times.values():
        require_apart(games)
