"""Finds out what leads to what in the knockout of an imported event, so that later results move teams on."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from timely.domain.links import Meeting, infer_links
from timely.domain.outcomes import Team
from timely.domain.sources import SOURCES, Source, read_source
from timely.extensions import db
from timely.models import Event, Fixture, Stage
from timely.queries.knockouts import tie_game, who_plays

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def link_knockouts(event: Event, *, told: Collection[str | None] = ()) -> None:
    """Gives the games of each knockout their codes and sources, inside the running deed.

    What the file says stays: codes, and the knockouts of the divisions that are *told* (None: of the event itself).
    Of the others only what the results bear out is kept: where another team stands in a game than the one that would
    come through, the game is as the file has it and waits for nobody.
    """
    linked = set()
    for stage in event.stages:
        games = [one for one in event.fixtures if one.stage_id == stage.id]
        is_told = (stage.division.name if stage.division else None) in told or any(one.code for one in games)
        if stage.kind == "knockout" and games and not is_told:
            _link(stage, sorted(games, key=_in_order_of_play))
            linked.add(stage.id)
    if linked:
        db.session.flush()
        _drop_unfounded(event, linked)


def _in_order_of_play(fixture: Fixture) -> tuple[date, datetime, int]:
    return fixture.start_on or date.max, fixture.start_at or LONG_AGO, fixture.id


def _link(stage: Stage, games: list[Fixture]) -> None:
    counted = stage.event.counted_statuses
    meetings = [Meeting(one.round, _who(one, "home"), _who(one, "away"), tie_game(one, counted)) for one in games]
    places: dict[Team, Source] = {}
    for one in games:
        for team_id, source in ((one.home_team_id, one.home_source), (one.away_team_id, one.away_source)):
            if team_id and source:
                places.setdefault(team_id, read_source(source))
    found = infer_links(meetings, places, away_goals=bool(stage.options.get("away_goals")))
    ties = {tie.code: tie for tie in found.ties}
    for one, (code, leg) in zip(games, found.meetings, strict=True):
        one.code, one.leg = code, leg
        home, away = ties[code].home, ties[code].away
        if leg == 2:
            home, away = away, home
        one.home_source = one.home_source or _as_dict(home)
        one.away_source = one.away_source or _as_dict(away)


def _who(fixture: Fixture, side: str) -> Team | Source | None:
    team_id = fixture.home_team_id if side == "home" else fixture.away_team_id
    source = fixture.home_source if side == "home" else fixture.away_source
    return team_id or (read_source(source) if source else None)


def _as_dict(side: Team | Source) -> dict[str, object] | None:
    return side.as_dict() if isinstance(side, SOURCES) else None


def _drop_unfounded(event: Event, stages: Collection[int]) -> None:
    """One game after the other, as they were played: who really stood in the first says who came to the next."""
    games = sorted((one for one in event.fixtures if one.stage_id in stages), key=_in_order_of_play)
    while True:
        wanted = who_plays(event)
        unfounded = next((one for one in games if one.id in wanted and _drop(one, *wanted[one.id])), None)
        if unfounded is None:
            return
        db.session.flush()


def _drop(fixture: Fixture, home_id: int | None, away_id: int | None) -> bool:
    """Whether a side of the game waits for nobody now, because another team stands there."""
    home = bool(fixture.home_source and fixture.home_team_id and fixture.home_team_id != home_id)
    away = bool(fixture.away_source and fixture.away_team_id and fixture.away_team_id != away_id)
    if home:
        fixture.home_source = None
    if away:
        fixture.away_source = None
    return home or away
