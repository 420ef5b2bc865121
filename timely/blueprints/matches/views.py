"""`/matches/`: the games of one day across all public events, filtered by event, team and pitch."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from timely import timezones
from timely.clock import now
from timely.live.topics import topic_of
from timely.models import Pitch, Team
from timely.models.read_only import EventView, FixtureView
from timely.models.topic import EVENTS
from timely.presenters.date_text import long_day_text
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.round_text import label_text
from timely.queries.events import active_events, is_known, usual_zone
from timely.queries.schedule import day_nearest, games_of_day
from timely.queries.versions import epoch, versions_of
from timely.web.etags import with_etag
from timely.web.query_arguments import arguments, chosen_argument
from timely.web.time_slices import in_slices

# The page subscribes to the schedule of each event; more than any club has at once.
MOST_LISTED = 60
LONGEST_DAY = 10  # the length of 2026-11-28
LONGEST_NAME = 80
NAMED: dict[str, type[Team | Pitch]] = {"team": Team, "pitch": Pitch}
# Stands for a name that does not exist.
OTHER = "-"

bp = Blueprint("matches", __name__, url_prefix="/matches")


@bp.get("/")
def index() -> ResponseReturnValue:
    asked, today = read_day(request.args.get("day", "")[:LONGEST_DAY]), today_at_play()
    arguments().set_meaning("day", str(asked or ""))
    games = games_of_day(asked or today)
    if asked is None:
        asked, games = day_to_open(today, games)
    before, after = day_nearest(asked)
    day = {
        "text": long_day_text(asked),
        "on": asked.isoformat(),
        "previous": before.isoformat() if before else "",
        "next": after.isoformat() if after else "",
        "is_today": asked == today,
    }
    listed = events_to_list(games)
    topics = [EVENTS, *sorted(topic_of(event.id, "schedule") for event in listed)]
    versions = versions_of(topics)
    offered = filters(games)
    chosen = chosen_of(offered, listed)

    def make() -> str:
        return render_template(
            "matches/index.html",
            day=day,
            fixtures=[fixture_row(game) for game in in_slices(games) if is_chosen(game, chosen)],
            listed=[(event.id, event.name, url_for("events.show", slug=event.slug)) for event in listed],
            filters=offered,
            chosen=chosen,
            live={"topics": topics, "versions": versions, "epoch": epoch()},
        )

    return with_etag(versions, make, sorted(day.items()))


def today_at_play() -> date:
    """Today in the time zone of most events that are on or to come; in the server's if there are none."""
    return now().astimezone(ZoneInfo(usual_zone() or timezones.local_name())).date()


def chosen_of(offered: dict[str, list[tuple[str, str]]], listed: list[EventView]) -> dict[str, str]:
    """The chosen filters. A team without a game on this day stays chosen, for the days before and after."""
    found = {}
    for name, key in (("event", "events"), ("team", "teams"), ("pitch", "pitches")):
        sent, choices = request.args.get(name, ""), {value for value, _ in offered[key]}
        if name == "event":
            choices |= {str(event.id) for event in listed}
        elif 0 < len(sent) <= LONGEST_NAME and sent not in choices and is_known(NAMED[name], sent):
            choices.add(sent)
        found[name] = chosen_argument(name, choices, OTHER)
    return found


def read_day(text: str) -> date | None:
    """The day in *text*; None if it is missing or invalid."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_to_open(today: date, games: Iterable[FixtureView]) -> tuple[date, list[FixtureView]]:
    """(day, its games): today, or the nearest day with games: the next, else the last."""
    games = list(games)
    if games:
        return today, games
    before, after = day_nearest(today)
    day = after or before
    return (day, list(games_of_day(day))) if day else (today, [])


def events_to_list(games: Iterable[FixtureView]) -> list[EventView]:
    """The events with games on the day, and those that may get one while the page is open; by name."""
    playing = {game.event_id: game.event for game in games}
    for event in active_events(MOST_LISTED):
        playing.setdefault(event.id, event)
    return sorted(playing.values(), key=lambda event: event.name.casefold())


def is_chosen(game: FixtureView, chosen: dict[str, str]) -> bool:
    return (
        chosen["event"] in ("", str(game.event_id))
        and chosen["team"] in ("", game.home_name, game.away_name)
        and chosen["pitch"] in ("", game.pitch.name if game.pitch else "")
    )


def filters(games: Iterable[FixtureView]) -> dict[str, list[tuple[str, str]]]:
    """The choices of each filter, as (value, text)."""
    events, teams, pitches = {}, set(), set()
    for game in games:
        events[str(game.event_id)] = game.event.name
        teams |= {game.home_name, game.away_name}
        if game.pitch:
            pitches.add(game.pitch.name)
    return {
        "events": sorted(events.items(), key=lambda item: item[1].casefold()),
        "teams": [(name, label_text(name)) for name in sorted(teams, key=str.casefold)],
        "pitches": [(name, name) for name in sorted(pitches, key=str.casefold)],
    }
