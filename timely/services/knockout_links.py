"""Finds out what leads to what in a knockout that was imported or arranged by hand, so that results move teams on."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from timely.domain.labels import read_label
from timely.domain.links import Meeting, code_by_hand, infer_links
from timely.domain.outcomes import Team
from timely.domain.sources import SOURCES, Source, read_source
from timely.domain.ties import in_order
from timely.extensions import db
from timely.models import Event, Fixture, Stage
from timely.queries.knockouts import knockouts, tie_game, who_plays
from timely.services.faults import RuleBroken

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


def link_by_hand(event: Event, arranged: Fixture | None = None) -> None:
    """Reads what was typed for sides that are not known, inside the running deed: "A5", "Winner QF2".

    Such a side waits for who comes there, and its game has a code and stands in the bracket. Other words stay words.
    Raises RuleBroken if the game that is being *arranged* would wait for itself.
    """
    tables = {stage.division_id: stage for stage in event.stages if stage.kind != "knockout"}
    for stage in [stage for stage in event.stages if stage.kind == "knockout"]:
        games = [one for one in event.fixtures if one.stage is stage]
        table = tables.get(stage.division_id)
        groups = [group.name for group in table.groups] if table else []
        # A game that is named by another needs its code before that one is read.
        for game in games:
            if not game.code and _is_named(game, games):
                game.code = code_by_hand(game.round, {one.code for one in games})
        for game in games:
            codes = {one.code for one in games if one.code and one.code != game.code}
            for side in ("home", "away"):
                _read_side(game, side, groups, codes)
            if not game.code and (game.home_source or game.away_source):
                game.code = code_by_hand(game.round, {one.code for one in games})
    db.session.flush()
    if arranged is not None and arranged.code:
        _require_an_end(event, arranged)


def _is_named(game: Fixture, others: list[Fixture]) -> bool:
    """Whether somebody has typed "Winner SF1" of a game that has no code yet but would have that one."""
    code = code_by_hand(game.round, {one.code for one in others})
    labels = [label for one in others if one is not game for label in (one.home_label, one.away_label) if label]
    return any(read_label(label, (), (code,)) for label in labels)


def _read_side(game: Fixture, side: str, groups: Collection[str], codes: Collection[str]) -> None:
    label = getattr(game, f"{side}_label")
    if not label or getattr(game, f"{side}_team") is not None:
        return
    source = read_label(label, groups, codes)
    if source is not None:
        setattr(game, f"{side}_source", source.as_dict())
        setattr(game, f"{side}_label", "")


def _require_an_end(event: Event, arranged: Fixture) -> None:
    for knockout in knockouts(event):
        ties = [played.tie for played in knockout.ties]
        if knockout.stage is arranged.stage and arranged.code not in {tie.code for tie in in_order(ties)}:
            raise RuleBroken("This game would wait for a game that waits for it.", field="home_label")


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
