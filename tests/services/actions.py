"""Every action on what belongs to an event, by a word, done at random: for what has to hold after any of them."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.services.dividing import put_teams
from tests.services.game_actions import (
    ZONES,
    a_division,
    a_game,
    arrangement,
    hours,
    join,
    layout,
    lock,
    lot,
    make_format,
    move,
    one_of,
    round_robin,
    run_late,
    score,
    split,
)
from tests.services.test_undo import last_entry, note
from timely.domain.statuses import RULINGS, WITHDRAWALS
from timely.models import Event
from timely.services import (
    announcements,
    confirmations,
    deductions,
    divisions,
    events,
    fixtures,
    freeze,
    pitches,
    results,
    rulebooks,
    rules,
    teams,
    walkovers,
)
from timely.services.advancement import NeedsRuling, Rulings
from timely.services.undo import undo
from timely.services.withdrawals import withdraw

Action = Callable[[Event, Random, Rulings], object]


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


def takes_rulings(action: Action) -> bool:
    """Whether the action hands its rulings on to a service, by name."""
    return any("rulings" in names for names in action.__code__.co_consts if isinstance(names, tuple))


def do(word: str, event: Event, seed: int) -> None:
    """The action, with something ruled of every game that it asks for; RuleBroken where the rules say no."""
    rulings: dict[int, str] = {}
    for _ in range(30):
        try:
            ACTIONS[word](event, Random(seed), rulings)
            return
        except NeedsRuling as needs:
            if not takes_rulings(ACTIONS[word]):
                raise  # it is refused with a sentence
            for game in needs.games:
                rulings[game.fixture_id] = Random(seed + game.fixture_id).choice(RULINGS)
    raise AssertionError(f"{word} asks for ever: {rulings}")
