"""Actions on the games of an event, done at random: results, formats, groups, times, lots."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from timely.domain.formats.format import Format
from timely.domain.timetable import DayHours, Settings, lay_out
from timely.models import Division, Event, Fixture, Team
from timely.queries.timetables import timetable
from timely.services import (
    delays,
    fixture_details,
    fixtures,
    formats,
    groups,
    lots,
    results,
    round_robins,
    stages,
    timetables,
)
from timely.services.advancement import Rulings
from timely.services.errors import RuleBroken
from timely.services.score_validation import Score

T = TypeVar("T")
DAY = date(2026, 11, 28)
ZONES = ("", "Asia/Tokyo", "America/New_York", "Europe/Dublin")


def one_of(random: Random, things: Sequence[T]) -> T:
    if not things:
        raise RuleBroken("there is none")
    return random.choice(things)


def a_game(event: Event, random: Random) -> Fixture:
    return one_of(random, event.fixtures)


def a_division(event: Event, random: Random) -> Division | None:
    return random.choice(event.divisions) if event.divisions else None


def mixed(random: Random, event: Event, division: Division | None) -> list[Team]:
    found = formats.teams_of(event, division)
    return random.sample(found, len(found))


def score(event: Event, random: Random, rulings: Rulings) -> None:
    playable = [one for one in event.fixtures if one.home_team and one.away_team]
    game = one_of(random, playable)
    home, away = random.randint(0, 4), random.randint(0, 4)
    running = random.random() < 0.1
    decided = random.choice(["home", "away", "none"]) if game.is_knockout and home == away and not running else ""
    by_whom = random.choice(["lot", "ruling"])
    results.enter_score(
        game,
        Score(home, away, decided=decided, decided_by=by_whom),
        by=None,
        running=running,
        reason="seen again",
        status=random.choice([None, None, "PENDING"]),
        rulings=rulings,
    )


def make_format(event: Event, random: Random, rulings: Rulings) -> None:
    division = a_division(event, random)
    chosen = random.choice(
        (
            Format(times=random.choice((1, 2))),
            Format(qualifiers=2),
            Format("groups", groups=2, qualifiers=1, draw=random.choice(("seeded", "pots", "lots")), third_place=True),
            Format("groups", groups=2, qualifiers=1, best_next=1, seeding="overall"),
            Format("groups", groups=2, qualifiers=1, best_next=random.choice((0, 1)), all_places=True),
            Format("knockout", third_place=True),
            Format("knockout", legs=2, all_places=True),
        )
    )
    options = {name: random.random() < 0.3 for name in formats.TIE_OPTIONS}
    choice = formats.FormatChoice(chosen, mixed(random, event, division), tie_options=options)
    formats.make_format(event, division, choice, by=None)


def split(event: Event, random: Random, rulings: Rulings) -> None:
    division = a_division(event, random)
    id_ = division.id if division else None
    everybody = [team for team in event.teams if team.division_id == id_]
    names = random.choice((("A", "B"), ("B", "A"), ("Pool 1", "Pool 2"), ("",)))
    groups = {name: everybody[number :: len(names)] for number, name in enumerate(names)}
    stages.split_into_groups(event, groups, by=None, division_id=id_)


def join(event: Event, random: Random, rulings: Rulings) -> None:
    team = one_of(random, [team for team in event.teams if team.id in groups.without_games(event)])
    group = one_of(random, groups.open_groups(event, team))
    groups.join_group(team, group, arrange=random.random() < 0.5, by=None, rulings=rulings)


def round_robin(event: Event, random: Random, rulings: Rulings) -> None:
    group = one_of(random, stages.table_groups(event))
    at = datetime(2026, 11, 28, random.randint(0, 23), tzinfo=UTC)
    choice = round_robins.RoundRobinChoice([group], first_at=random.choice((None, at)), pitches=event.pitches)
    round_robins.make_round_robin(event, choice, by=None)


def arrangement(event: Event, random: Random) -> fixture_details.Arrangement:
    home, away = (*random.sample(event.teams, 2), None, None)[:2] if len(event.teams) > 1 else (None, None)
    is_knockout = random.random() < 0.6
    division = a_division(event, random)
    return fixture_details.Arrangement(
        home if not is_knockout or random.random() < 0.6 else None,
        away if not is_knockout or random.random() < 0.6 else None,
        home_label=random.choice(("Winner of the morning", "A1", "Winner SF1")),
        away_label=random.choice(("Winner of the evening", "B2", "Loser of SF 1", "2nd of the table")),
        is_knockout=is_knockout,
        division_id=division.id if division else None,
        round=random.choice(("", "Final", "Semi-finals", "Round 1")),
        start_on=random.choice((None, DAY)),
        start_at=random.choice((None, datetime(2026, 11, 28, random.randint(0, 23), tzinfo=UTC))),
        pitch=random.choice((None, *event.pitches)),
        venue=random.choice(("", "Sports hall")),
    )


def move(event: Event, random: Random, rulings: Rulings) -> None:
    at = datetime(2026, 11, 28, random.randint(0, 23), tzinfo=UTC)
    fixtures.reschedule(a_game(event, random), start_at=at, pitch=random.choice((None, *event.pitches)), by=None)


def hours(event: Event, random: Random, rulings: Rulings) -> None:
    own = {str(one.id): "10:00–12:00" for one in event.pitches if random.random() < 0.3}
    minutes = {str(one.id): random.choice((10, 30)) for one in event.divisions if random.random() < 0.5}
    days = (DayHours(DAY, "09:00–18:00", own), DayHours(DAY + timedelta(days=1), "closed"))
    hours = Settings(random.choice((10, 20)), division_minutes=minutes, days=days)
    timetables.set_timetable_hours(event, hours, by=None)


def layout(event: Event, random: Random, rulings: Rulings) -> None:
    table = timetable(event)
    found = lay_out(table.games, table.pitches, table.spacing)
    timetables.save_layout(event, found, seen_fingerprint=table.fingerprint, by=None)


def lock(event: Event, random: Random, rulings: Rulings) -> None:
    shown = [one.id for one in event.fixtures]
    timetables.lock_games(event, shown, [id_ for id_ in shown if random.random() < 0.5], by=None)


def run_late(event: Event, random: Random, rulings: Rulings) -> None:
    delay = delays.Delay(datetime(2026, 11, 28, tzinfo=UTC), 10, random.choice((None, *event.pitches)))
    plan = delays.plan_delay(event, delay)
    values = random.choice((None, delays.suggested_note(event, delay, plan).note()))
    delays.run_late(event, delay, note=values, seen_fingerprint=delays.fingerprint_of(plan), by=None)


def lot(event: Event, random: Random, rulings: Rulings) -> None:
    tied = list(one_of(random, lots.tied_teams(event)).teams)
    lots.record_lot(event, random.sample(tied, len(tied)), by=None, rulings=rulings)
