"""Steps of the demo: kick-off, goal, full time, announcement. Each step is one save."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from timely.database.transactions import writing
from timely.demo.example import share
from timely.demo.timetable import PITCHES, lay_out
from timely.models import Event, Fixture
from timely.queries.announcements import announcements
from timely.queries.schedule import recorded_fixtures
from timely.services import fixtures, results
from timely.services.announcements import announce
from timely.services.score_validation import Score

FINAL_TABLE_SHOWN = timedelta(seconds=30)
PUNCTUAL = timedelta(minutes=10)
NEWS_LASTS = timedelta(minutes=4)
MOST_NEWS = 6
OFTEN_NEWS = 0.05
# The probability of the final whistle, rather than one more goal, by the goals that have been scored.
WHISTLE = (0.15, 0.25, 0.4, 0.55, 0.7, 0.85)
NEWS = (
    ("info", "normal", "Cakes at the tea stall", "Baked by the parents of the Under 9. Bring your own cup."),
    ("info", "low", "Please park in the second field", "The first one is full."),
    ("weather", "normal", "A shower is on its way", "Games go on. The hall is open to everybody."),
    ("info", "normal", "Raffle at the next break", "Tickets at the door until then."),
    ("schedule", "high", "Teams, please be early", "Wait beside your pitch five minutes before kick-off."),
)


def step(event: Event, moment: datetime, chance: Random) -> str:
    """Takes the next step and returns its name; "" if there is nothing to do.

    All state is in the database, so it goes on after a restart, and with whatever was changed.
    """
    if event.status != "LIVE":
        return ""
    games = [game for game in recorded_fixtures(event) if game.home_team and game.away_team]
    on = [game for game in games if game.status == "LIVE" and not (game.result and not game.result.running)]
    coming = [game for game in games if game.status == "SCHEDULED" and not game.result]
    if coming and len(on) < len(PITCHES) and (free := _for_free_pitch(coming, on)):
        return kick_off(free, moment)
    if not on:
        return begin_again(event, games, moment)
    if chance.random() < OFTEN_NEWS:
        return announce_news(event, moment, chance)
    return play_on(chance.choice(on), chance)


def kick_off(game: Fixture, moment: datetime) -> str:
    with writing():
        if game.start_at is None or abs(game.start_at - moment) > PUNCTUAL:
            fixtures.patch(game, start_at=moment.replace(second=0, microsecond=0), by=None)
        results.enter_score(game, Score(0, 0), by=None, running=True)
    return "kick-off"


def play_on(game: Fixture, chance: Random) -> str:
    """One more goal, or the whistle."""
    home, away = (game.result.home_score, game.result.away_score) if game.result else (0, 0)
    whistle = WHISTLE[home + away] if home + away < len(WHISTLE) else 1.0
    if chance.random() < whistle:
        results.enter_score(game, Score(home, away), by=None)
        return "full time"
    at_home = chance.random() < share(game.home_name, game.away_name)
    score = Score(home + 1, away) if at_home else Score(home, away + 1)
    results.enter_score(game, score, by=None, running=True)
    return "goal"


def announce_news(event: Event, moment: datetime, chance: Random) -> str:
    """Publishes an announcement that is not shown already, for a few minutes."""
    shown = {note.title for note in announcements(event)}
    fresh = [note for note in NEWS if note[2] not in shown]
    if not fresh or len(shown) >= MOST_NEWS:
        return ""
    kind, priority, title, message = chance.choice(fresh)
    announce(
        event,
        title=title,
        message=message,
        type=kind,
        priority=priority,
        expires_at=moment + NEWS_LASTS,
        by=None,
    )
    return "announcement"


def begin_again(event: Event, games: Sequence[Fixture], moment: datetime) -> str:
    """Takes back the second half of the results, to be played again, once the final table was shown for a while."""
    played = [game for game in games if game.result]
    ended_at = max((game.result.entered_at for game in played if game.result), default=moment)
    if len(played) < 2 or moment - ended_at < FINAL_TABLE_SHOWN:
        return ""
    with writing():
        for game in played[len(played) // 2 :]:
            results.take_back(game, by=None, reason="The demo begins its second half again.")
        lay_out(event, moment)
    return "begin again"


def _for_free_pitch(coming: Sequence[Fixture], on: Sequence[Fixture]) -> Fixture | None:
    """The next game whose pitch is free and whose teams are not playing; None if there is none."""
    pitches = {game.pitch_id for game in on}
    teams = {team for game in on for team in (game.home_team_id, game.away_team_id)}
    for game in coming:
        is_taken = game.pitch_id is not None and game.pitch_id in pitches
        if not is_taken and not teams & {game.home_team_id, game.away_team_id}:
            return game
    return None
