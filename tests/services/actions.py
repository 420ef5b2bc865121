"""Every action on what belongs to an event, by a word, done at random: for what has to hold after any of them."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from tests.services.dividing import put_teams
from tests.services.test_undo import last_entry, note
from timely.domain.formats.format import Format
from timely.domain.statuses import RULINGS, WITHDRAWALS
from timely.domain.timetable import DayHours, Settings, lay_out
from timely.models import Division, Event, Fixture, Team
from timely.queries.timetables import timetable
from timely.services import (
    announcements,
    confirmations,
    deductions,
    delays,
    divisions,
    events,
    fixture_details,
    fixtures,
    formats,
    freeze,
    groups,
    lots,
    pitches,
    results,
    round_robins,
    rulebooks,
    rules,
    stages,
    teams,
    timetables,
    walkovers,
)
from timely.services.advancement import NeedsRuling, Rulings
from timely.services.errors import RuleBroken
from timely.services.score_validation import Score
from timely.services.undo import undo
from timely.services.withdrawals import withdraw

T = TypeVar("T")
Action = Callable[[Event, Random, Rulings], object]
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
    values = random.choice((None, delays.suggested_note(event, delay, plan)))
    delays.run_late(event, delay, note=values, seen_fingerprint=delays.fingerprint_of(plan), by=None)


def lot(event: Event, random: Random, rulings: Rulings) -> None:
    tied = list(one_of(random, lots.tied_teams(event)).teams)
    lots.record_lot(event, random.sample(tied, len(tied)), by=None, rulings=rulings)


def leave(event: Event, random: Random, rulings: Rulings) -> None:
    way = random.choice([None, "annul", "keep", "award"])
    withdraw(one_of(random, event.teams), random.choice(WITHDRAWALS), way=way, by=None, rulings=rulings)


def change_teams(event: Event, random: Random, rulings: Rulings) -> None:
    one, other = random.sample(event.teams, 2)
    details = teams.TeamDetails(other.name, "#123456", "Ann\nBob", one.division_id)
    swapped = teams.TeamDetails(one.name, "", "", other.division_id)
    teams.change_teams(event, {one.id: details, other.id: swapped}, by=None)


def put(event: Event, random: Random, rulings: Rulings) -> None:
    targets = [None, *(one.id for one in event.divisions)]
    wanted = {team.id: random.choice(targets) for team in event.teams if random.random() < 0.5}
    if random.random() < 0.3:
        wanted = dict.fromkeys((team.id for team in event.teams), random.choice(targets))
    put_teams(event, wanted)


def change_event(event: Event, random: Random, rulings: Rulings) -> None:
    said = events.details_of(event) | {
        "timezone": random.choice(("Europe/Dublin", "Asia/Tokyo", "America/New_York")),
        "counts_from": random.choice(("PENDING", "VERIFIED", "FINAL")),
        "entrants": random.choice(("team", "pair", "person")),
        "second_person": random.random() < 0.5,
        "rulebook": events.OWN,
    }
    events.change_event(event, events.EventDetails(**said), by=None)


def change_rules(event: Event, random: Random, rulings: Rulings) -> None:
    if random.random() < 0.5:
        book = random.choice(rulebooks.fitting(event.sport_kind))
        rules.take_rulebook(event, book.key, by=None, rulings=rulings)
        return
    order = random.sample(("goal_difference", "goals_for", "head_to_head_points", "wins"), random.randint(1, 4))
    rules.make_own_rules(event, {"tiebreakers": ["points", *order, "drawing_of_lots"]}, by=None, rulings=rulings)


def change_pitch(event: Event, random: Random, rulings: Rulings) -> None:
    pitches.change_pitch(one_of(random, event.pitches), f"Court {random.random()}", random.choice(ZONES), by=None)


def change_note(event: Event, random: Random, rulings: Rulings) -> None:
    values: dict[str, Any] = {**note(random), "type": "info", "publish_at": None, "expires_at": None}
    announcements.change_announcement(one_of(random, event.announcements), **values, by=None)


def freeze_or_reveal(event: Event, random: Random, rulings: Rulings) -> None:
    (freeze.reveal if event.frozen else freeze.freeze)(event, by=None)


ACTIONS: dict[str, Action] = {
    "score": score,
    "take back": lambda event, random, rulings: results.take_back(a_game(event, random), by=None, rulings=rulings),
    "walkover": lambda event, random, rulings: walkovers.award_walkover(
        a_game(event, random), random.choice(["home", "away", "none"]), by=None, rulings=rulings
    ),
    "join": join,
    "confirm": lambda event, random, rulings: confirmations.set_result_status(
        a_game(event, random), random.choice(("VERIFIED", "FINAL")), by=None, rulings=rulings
    ),
    "make format": make_format,
    "split": split,
    "round robin": round_robin,
    "arrange": lambda event, random, rulings: fixtures.arrange_fixture(event, arrangement(event, random), by=None),
    "change game": lambda event, random, rulings: fixtures.change_fixture(
        a_game(event, random), arrangement(event, random), by=None
    ),
    "move": move,
    "status": lambda event, random, rulings: fixtures.set_status(
        a_game(event, random), random.choice(("CANCELLED", "POSTPONED", "SCHEDULED", "ABANDONED", "LIVE")), by=None
    ),
    "delete game": lambda event, random, rulings: fixtures.delete_fixture(a_game(event, random), by=None),
    "delete unplayed": lambda event, random, rulings: fixtures.delete_unplayed(event, by=None),
    "hours": hours,
    "layout": layout,
    "lock": lock,
    "late": run_late,
    "lot": lot,
    "leave": leave,
    "deduct": lambda event, random, rulings: deductions.deduct(
        event, one_of(random, event.teams), random.choice((-2, 1, 6)), reason="late kit", by=None, rulings=rulings
    ),
    "give back": lambda event, random, rulings: deductions.give_back(
        one_of(random, event.deductions), by=None, rulings=rulings
    ),
    "add teams": lambda event, random, rulings: teams.add_teams(
        event, f"New {random.random()}\nNewer {random.random()}", by=None, division=a_division(event, random)
    ),
    "change teams": change_teams,
    "delete team": lambda event, random, rulings: teams.delete_team(one_of(random, event.teams), by=None),
    "add divisions": lambda event, random, rulings: divisions.add_divisions(
        event, f"U{random.random()}\nWomen {random.random()}", by=None
    ),
    "rename division": lambda event, random, rulings: divisions.rename_division(
        one_of(random, event.divisions), f"Men {random.random()}", by=None
    ),
    "delete division": lambda event, random, rulings: divisions.delete_division(
        one_of(random, event.divisions), by=None
    ),
    "put into divisions": put,
    "change event": change_event,
    "event status": lambda event, random, rulings: events.set_event_status(
        event, random.choice(("LIVE", "COMPLETED", "PUBLISHED", "DRAFT")), by=None
    ),
    "rules": change_rules,
    "add pitches": lambda event, random, rulings: pitches.add_pitches(event, f"Court {random.random()}", by=None),
    "change pitch": change_pitch,
    "delete pitch": lambda event, random, rulings: pitches.delete_pitch(one_of(random, event.pitches), by=None),
    "announce": lambda event, random, rulings: announcements.announce(event, **note(random), by=None),
    "change announcement": change_note,
    "withdraw announcement": lambda event, random, rulings: announcements.withdraw(
        one_of(random, event.announcements), by=None
    ),
    "freeze or reveal": freeze_or_reveal,
    "undo": lambda event, random, rulings: undo(last_entry(), by=None),
}


def do(word: str, event: Event, seed: int) -> None:
    """The action, with something ruled of every game that it asks for; RuleBroken where the rules say no."""
    rulings: dict[int, str] = {}
    for _ in range(30):
        try:
            ACTIONS[word](event, Random(seed), rulings)
            return
        except NeedsRuling as needs:
            for game in needs.games:
                rulings[game.fixture_id] = Random(seed + game.fixture_id).choice(RULINGS)
    raise AssertionError(f"{word} asks for ever: {rulings}")
