"""Advancement: puts the teams that come through into later games, in the transaction that changed a result."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from timely.extensions import db
from timely.models import Event, Fixture, Team
from timely.models.fixture import NOBODY
from timely.queries.knockouts import has_labels, has_sources, nobody_comes, who_plays
from timely.services import audit
from timely.services.batches import yield_to_others
from timely.services.errors import RuleBroken
from timely.services.forfeits import award
from timely.services.side_labels import SIDES, read_labels

TO_COME = ("SCHEDULED", "POSTPONED")
RULED = {"keep": "stays as it was played", "void": "annulled", "replay": "to be played again"}
Rulings = Mapping[int, str]  # the organiser's choice by fixture id: one of statuses.RULINGS


@dataclass(frozen=True, slots=True)
class WrongGame:
    """A game that has begun or was played by other teams than the corrected results send there."""

    fixture_id: int
    title: str
    home: str
    away: str


class NeedsRuling(RuleBroken):
    """A correction changes who should have played in games that have begun, so the organiser has to choose."""

    def __init__(self, games: list[WrongGame]):
        self.games = games
        games_text = "; ".join(f"{one.title} should be {one.home} – {one.away}" for one in games)
        super().__init__(
            f"This changes who should have played: {games_text}. Choose what becomes of it on the game's page.",
            code="needs_ruling",
        )


def advance_teams(event: Event, rulings: Rulings | None = None) -> None:
    """Puts the teams that the present results send there into all games, round after round.

    Games that have not begun are simply changed. For one that has begun, *rulings* say what becomes of it: "keep" lets
    it stand, "void" annuls it, and "replay" takes its score away so that the right teams play it.
    Raises NeedsRuling, naming the games, if any has no ruling; then nothing of the transaction may be saved.
    """
    db.session.flush()
    if not has_sources(event):
        return
    ruled: dict[str, str] = {}
    # A ruling changes who wins a tie, and with it the rounds after it.
    for _ in range(len(event.fixtures) + 1):
        wanted = who_plays(event)
        wrong = []
        empty = nobody_comes(event)
        moved = False
        for fixture in event.fixtures:
            if fixture.id not in wanted:
                continue
            home_id, away_id = _distinct_sides(fixture, *wanted[fixture.id])
            nobody = empty.get(fixture.id, set())
            if _was_awarded(fixture) and (_is_wrong(fixture, home_id, away_id) or _is_awaited_again(fixture, nobody)):
                _open_again(fixture)
                moved = True
            moved |= _label_empty_sides(fixture, nobody)
            if fixture.result is None and fixture.status_now != "LIVE":
                moved |= _set_sides(fixture, home_id, away_id)
                moved |= _award_to_opponent(fixture, nobody)
            elif _is_wrong(fixture, home_id, away_id) and fixture.ruling != "void":
                ruling = (rulings or {}).get(fixture.id)
                if ruling is None:
                    wrong.append(fixture)
                else:
                    name = f"{fixture.code} {fixture.home_name} – {fixture.away_name}"
                    _rule(fixture, ruling, home_id, away_id)
                    ruled[name] = RULED[ruling]
                    moved = True
        db.session.flush()
        if not moved:
            if wrong:
                raise NeedsRuling([_wrong_game(fixture, wanted[fixture.id]) for fixture in wrong])
            if ruled:
                audit.add_to_entry("rulings", ruled)
            return


def follow_arranged(event: Event, rulings: Rulings | None = None) -> None:
    """Advances teams after tables, ties or teams have changed: labels may now name something that did not exist before.

    A result cannot have that effect, so saving one does not pay for reading the labels.
    """
    db.session.flush()
    if has_labels(event):
        read_labels(event)
    advance_teams(event, rulings)


def fill_in(event: Event) -> None:
    """Puts the teams that are certain on empty sides of an event that is being imported; the file's own teams stay.

    Works round after round: a game that is awarded because one team has withdrawn has a winner.
    """
    db.session.flush()
    if not has_sources(event):
        return
    for _ in range(len(event.fixtures) + 1):
        empty = [one for one in event.fixtures if _has_empty_side(one) and one.result is None]
        if not empty:
            return
        yield_to_others()
        wanted, nobody = who_plays(event), nobody_comes(event)
        moved = False
        for fixture in empty:
            home_id, away_id = _distinct_sides(fixture, *wanted.get(fixture.id, (None, None)))
            # A side that has a team already was set by the file.
            if _set_sides(fixture, fixture.home_team_id or home_id, fixture.away_team_id or away_id):
                _award_to_opponent(fixture, nobody.get(fixture.id, set()))
                moved = True
                yield_to_others()
        if not moved:
            return
        db.session.flush()


def _has_empty_side(fixture: Fixture) -> bool:
    return any(getattr(fixture, f"{side}_source") and getattr(fixture, f"{side}_team") is None for side in SIDES)


def clear_dangling_sources(event: Event) -> None:
    """Clears sources that name a tie that is gone: keep the assigned team, else freeze the placeholder label."""
    there = {(one.stage_id, one.code) for one in event.fixtures if one.code}
    for fixture in event.fixtures:
        for side in ("home", "away"):
            source = getattr(fixture, f"{side}_source")
            code = (source or {}).get("winner_of") or (source or {}).get("loser_of")
            if code and (fixture.stage_id, code) not in there:
                if getattr(fixture, f"{side}_team") is None:
                    setattr(fixture, f"{side}_label", getattr(fixture, f"{side}_name"))
                setattr(fixture, f"{side}_source", None)
    db.session.flush()


def _distinct_sides(fixture: Fixture, home_id: int | None, away_id: int | None) -> tuple[int | None, int | None]:
    """A team that was put on one side by hand does not also come through to the other."""
    if home_id is None or home_id != away_id:
        return home_id, away_id
    return (None if fixture.home_source else home_id), (None if fixture.away_source else away_id)


def _set_sides(fixture: Fixture, home_id: int | None, away_id: int | None) -> bool:
    """Changes only sides that have a source: a team chosen by hand stays."""
    moved = False
    if fixture.home_source and fixture.home_team_id != home_id:
        fixture.home_team = db.session.get(Team, home_id) if home_id else None
        moved = True
    if fixture.away_source and fixture.away_team_id != away_id:
        fixture.away_team = db.session.get(Team, away_id) if away_id else None
        moved = True
    if moved:
        db.session.flush()  # the next round queries by the ids
    return moved


def _is_wrong(fixture: Fixture, home_id: int | None, away_id: int | None) -> bool:
    """Whether other teams should have played; nothing is wrong while it is not certain which."""
    home = fixture.home_source is not None and home_id is not None and home_id != fixture.home_team_id
    away = fixture.away_source is not None and away_id is not None and away_id != fixture.away_team_id
    return home or away


def _rule(fixture: Fixture, ruling: str, home_id: int | None, away_id: int | None) -> None:
    if ruling == "keep":
        fixture.ruling = "keep"
    elif ruling == "void":
        fixture.ruling = "void"
        if fixture.result:
            fixture.result.annulled = True
    elif ruling == "replay":
        _open_again(fixture)
        fixture.ruling = "replay"
        _set_sides(fixture, home_id, away_id)
    else:
        raise RuleBroken("Choose one: let it stand, annul it, or have it played again.", field=f"ruling_{fixture.id}")


def _open_again(fixture: Fixture) -> None:
    fixture.result, fixture.saved_no = None, None
    fixture.status, fixture.ruling = "SCHEDULED", ""
    db.session.flush()


def _was_awarded(fixture: Fixture) -> bool:
    """Whether the game was not played but awarded, because the opponent is missing or has withdrawn."""
    return fixture.status == "WALKOVER" and any(team is None or team.withdrawn for team in _sides(fixture))


def _is_awaited_again(fixture: Fixture, nobody: Set[str]) -> bool:
    """Whether a side that was empty when the game was awarded waits for a team again."""
    return any(getattr(fixture, f"{side}_team") is None and side not in nobody for side in SIDES)


def _label_empty_sides(fixture: Fixture, nobody: Set[str]) -> bool:
    """Labels the sides that stay empty; cancels a game that neither side comes to. Returns whether a label changed."""
    was = {side for side in SIDES if getattr(fixture, f"{side}_label") == NOBODY}
    for side in SIDES:
        if (side in was) != (side in nobody):
            setattr(fixture, f"{side}_label", NOBODY if side in nobody else "")
    if len(nobody) == 2 and fixture.status in TO_COME:
        fixture.status = "CANCELLED"
    elif len(was) == 2 > len(nobody) and fixture.status == "CANCELLED":
        fixture.status = "SCHEDULED"
    return was != nobody


def _award_to_opponent(fixture: Fixture, nobody: Set[str]) -> bool:
    """Awards a knockout game to the opponent of a team that has withdrawn or does not come. Returns whether it did."""
    if fixture.status not in TO_COME:
        return False
    teams = dict(zip(SIDES, _sides(fixture), strict=True))
    gone = {side for side, team in teams.items() if side in nobody or (team is not None and team.withdrawn)}
    there = [side for side, team in teams.items() if team is not None and side not in gone]
    if len(gone) != 1 or len(there) != 1:
        return False
    award(fixture, there[0], by=None)
    return True


def _sides(fixture: Fixture) -> tuple[Team | None, Team | None]:
    return fixture.home_team, fixture.away_team


def _wrong_game(fixture: Fixture, wanted: tuple[int | None, int | None]) -> WrongGame:
    names = {team.id: team.name for team in fixture.event.teams}
    home, away = (names.get(id_ or 0, "?") for id_ in wanted)
    title = f"{fixture.code}, played by {fixture.home_name} – {fixture.away_name},"
    return WrongGame(fixture.id, title, home, away)
