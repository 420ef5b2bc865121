"""Advancement: puts the teams that come through into later games, in the transaction that changed a result."""

from collections.abc import Mapping
from dataclasses import dataclass

from timely.domain.translation import LazyText, gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Event, Fixture, Team
from timely.presenters.round_text import away_name, home_name
from timely.queries.knockouts import has_labels, has_sources, nobody_comes, who_plays
from timely.services import audit
from timely.services.batches import yield_to_others
from timely.services.empty_sides import award_to_opponent, is_awaited_again, label_empty_sides, was_awarded
from timely.services.errors import RuleBroken
from timely.services.side_labels import SIDES, read_labels

TO_COME = ("SCHEDULED", "POSTPONED")
# As the audit log keeps them.
RULED = {
    "keep": gettext_noop("stays as it was played"),
    "void": gettext_noop("annulled"),
    "replay": gettext_noop("to be played again"),
}
Rulings = Mapping[int, str]  # the organiser's choice by fixture id: one of statuses.RULINGS


@dataclass(frozen=True, slots=True)
class WrongGame:
    """A game that has begun or was played by other teams than the corrected results send there."""

    fixture_id: int
    code: str
    played_by: tuple[str, str]
    home: str
    away: str

    @property
    def told(self) -> LazyText:
        """The game, with those who played it and those who should have."""
        return lazy_gettext(
            "%(code)s, played by %(home)s – %(away)s, should be %(right_home)s – %(right_away)s",
            code=self.code,
            home=self.played_by[0],
            away=self.played_by[1],
            right_home=self.home,
            right_away=self.away,
        )


class NeedsRuling(RuleBroken):
    """A correction changes who should have played in games that have begun, so the organiser has to choose."""

    def __init__(self, games: list[WrongGame]):
        self.games = games
        super().__init__("", code="needs_ruling")

    @property
    def message(self) -> str:
        return str(
            lazy_gettext(
                "This changes who should have played: %(games)s. Choose what becomes of it on the game's page.",
                games="; ".join(str(one.told) for one in self.games),
            )
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
            if was_awarded(fixture) and (_is_wrong(fixture, home_id, away_id) or is_awaited_again(fixture, nobody)):
                _open_again(fixture)
                moved = True
            moved |= label_empty_sides(fixture, nobody)
            if fixture.result is None and fixture.status_now != "LIVE":
                moved |= _set_sides(fixture, home_id, away_id)
                moved |= award_to_opponent(fixture, nobody)
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
                award_to_opponent(fixture, nobody.get(fixture.id, set()))
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
        raise RuleBroken(
            lazy_gettext("Choose one: let it stand, annul it, or have it played again."), field=f"ruling_{fixture.id}"
        )


def _open_again(fixture: Fixture) -> None:
    fixture.result, fixture.saved_no = None, None
    fixture.status, fixture.ruling = "SCHEDULED", ""
    db.session.flush()


def _wrong_game(fixture: Fixture, wanted: tuple[int | None, int | None]) -> WrongGame:
    names = {team.id: team.name for team in fixture.event.teams}
    home, away = (names.get(id_ or 0, "?") for id_ in wanted)
    return WrongGame(fixture.id, fixture.code, (home_name(fixture), away_name(fixture)), home, away)
