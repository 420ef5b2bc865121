"""Public view of an event while the tables are held back: the event and its games as they stood at the freeze.

Every public read calls `as_public`; the queries accept its answer in place of an event.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from timely.domain.game_states import SCHEDULED, SETTLED
from timely.domain.scores.stored_details import is_readable
from timely.models import Event, Fixture, Team
from timely.models.columns import UnreadableMap, note_unreadable
from timely.models.fixture import NOBODY
from timely.models.ids import read_id

HELD_TEXT = "The tables are held back until the prize-giving."
# What orders the tables beside the results; a lot or a deduction reveals as much as a score.
ORDERS = (
    *("rules", "rulebook", "counts_from", "manual_order", "fair_play_totals", "slots"),
    *("third_place_ranking", "cross_group_ranking"),
)
# The keys that are stored of every game that is held.
OF_A_GAME = frozenset(("home_id", "away_id", "group_id", "start_on", "start_at", "ruling"))
RESULT = ("home_score", "away_score", "home_pens", "away_pens", "extra", "status", "annulled", "decided", "decided_by")


@dataclass(frozen=True, slots=True)
class HeldResult:
    """A result as it stood at the freeze; running scores are not held."""

    event_id: int
    fixture_id: int
    home_score: int
    away_score: int
    home_pens: int | None
    away_pens: int | None
    extra: dict[str, Any]
    status: str
    annulled: bool
    decided: str
    decided_by: str
    entered_by: str
    entered_at: datetime
    running: bool = False


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A result that counted in a table, with the attribute names that the tables read."""

    id: int
    group_id: int
    start_on: date | None
    start_at: datetime | None
    saved_no: int | None
    status: str
    home_team_id: int | None
    away_team_id: int | None
    home_score: int
    away_score: int
    home_pens: int | None
    away_pens: int | None
    extra: dict[str, Any]


class HeldEvent:
    """An event as the public sees it; attributes that are not held back are those of the event."""

    order_rules = property(Event.order_rules.fget)  # type: ignore[attr-defined]
    counted_statuses = property(Event.counted_statuses.fget)  # type: ignore[attr-defined]

    def __init__(self, event: Event) -> None:
        self._event = event
        self._held: Mapping[str, Any] = event.frozen or {}
        for name in ORDERS:
            setattr(self, name, self._held.get(name, getattr(event, name)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._event, name)

    @property
    def points_off(self) -> list[tuple[int, int]]:
        return [(team_id, points) for team_id, points in self._held.get("deductions", ())]

    @property
    def groups_over(self) -> dict[int, bool]:
        return {int(id_): is_over for id_, is_over in self._held.get("groups_over", {}).items()}

    @cached_property
    def fixtures(self) -> list["HeldFixture"]:
        return [HeldFixture(one, self) for one in self._event.fixtures]

    @cached_property
    def team_by_id(self) -> dict[int, Team]:
        return {team.id: team for team in self._event.teams}

    def withdrawn_of(self, team_id: int) -> str:
        return str(self._held.get("withdrawn", {}).get(str(team_id), ""))

    def held_fixture(self, fixture_id: int) -> Mapping[str, Any] | None:
        found = self._held.get("fixtures", {}).get(str(fixture_id))
        return found if isinstance(found, dict) and found.keys() >= OF_A_GAME else None

    def result_of(self, fixture_id: int) -> HeldResult | None:
        data = (self.held_fixture(fixture_id) or {}).get("result")
        if data is None:
            return None
        try:
            at = datetime.fromisoformat(data["entered_at"])
            extra = data["extra"] if is_readable(data["extra"]) else UnreadableMap()
            return HeldResult(
                **{**data, "entered_at": at, "extra": extra}, event_id=self._event.id, fixture_id=fixture_id
            )
        except (LookupError, TypeError, ValueError):
            note_unreadable("held result", data)
            return None

    @property
    def held_ids(self) -> list[int]:
        """The games with a result, latest save first."""
        ids = [read_id(text) for text in self._held.get("fixtures", {})]
        held = [(id_, one) for id_ in ids if (one := self.held_fixture(id_)) and "result" in one]
        held.sort(key=lambda pair: (pair[1].get("saved_no") or 0, pair[0]), reverse=True)
        return [id_ for id_, _ in held]

    def counted_rows(self) -> Iterator[HeldRow]:
        """The results that counted in the tables, by fixture id, including those of games deleted since."""
        for id_ in sorted(self.held_ids):
            one, result = self.held_fixture(id_) or {}, self.result_of(id_)
            if result is None or one["group_id"] is None or result.annulled:
                continue
            if result.status in self.counted_statuses:
                yield HeldRow(
                    id_,
                    one["group_id"],
                    read_day(one["start_on"]),
                    read_time(one["start_at"]),
                    one.get("saved_no"),
                    one.get("status", "FINISHED"),
                    one["home_id"],
                    one["away_id"],
                    result.home_score,
                    result.away_score,
                    result.home_pens,
                    result.away_pens,
                    result.extra,
                )


class HeldFixture:
    """A game as the public sees it.

    Its time, its pitch, and whether it is live, postponed or over are current; its score is not, nor the teams that
    came through to it.
    """

    home_label = property(lambda self: _kept_words(self._fixture, "home"))
    away_label = property(lambda self: _kept_words(self._fixture, "away"))
    home_name = property(Fixture.home_name.fget)  # type: ignore[attr-defined]
    away_name = property(Fixture.away_name.fget)  # type: ignore[attr-defined]
    status_now = property(Fixture.status_now.fget)  # type: ignore[attr-defined]

    def __init__(self, fixture: Fixture, event: HeldEvent) -> None:
        held = event.held_fixture(fixture.id)
        self._fixture, self.event = fixture, event
        self.result = event.result_of(fixture.id)
        self.saved_no = held.get("saved_no") if held else None
        self.ruling = held["ruling"] if held else ""
        self.home_team = self._team("home", held)
        self.away_team = self._team("away", held)
        self.home_team_id = self.home_team.id if self.home_team else None
        self.away_team_id = self.away_team.id if self.away_team else None
        if self.result is not None and held:
            self.status = held.get("status", "FINISHED")
        else:
            # An awarded game reveals a result too, and so does one that neither team comes to.
            is_off = fixture.home_label == fixture.away_label == NOBODY and fixture.status == "CANCELLED"
            told = {"WALKOVER": "FINISHED"} | ({"CANCELLED": "SCHEDULED"} if is_off else {})
            self.status = told.get(fixture.status, fixture.status)
        # If the game is over, but not for the public, its state by the clock must not reveal that.
        is_hidden = self.status not in SETTLED and fixture.state in SETTLED.values()
        self.state = SCHEDULED if is_hidden else SETTLED.get(self.status, fixture.state)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fixture, name)

    def _team(self, side: str, held: Mapping[str, Any] | None) -> Team | None:
        if held is not None:
            return self.event.team_by_id.get(held[f"{side}_id"])
        # A team that came through since the freeze is hidden; one put there by hand is shown.
        is_awaited = getattr(self._fixture, f"{side}_source") is not None
        team: Team | None = None if is_awaited else getattr(self._fixture, f"{side}_team")
        return team


def _kept_words(fixture: Fixture, side: str) -> str:
    """The label of a side; the label that nobody comes is hidden, as it would reveal a result."""
    label: str = getattr(fixture, f"{side}_label")
    return "" if label == NOBODY and getattr(fixture, f"{side}_source") else label


def read_day(text: Any) -> date | None:
    """The date in a stored text; None if there is none, or it is unreadable."""
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        note_unreadable("date", text)
        return None


def read_time(text: Any) -> datetime | None:
    """The time in a stored text; None if there is none, or it is unreadable."""
    try:
        return datetime.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        note_unreadable("time", text)
        return None


def as_public(event: Event) -> Event:
    """The event for the public: itself, or as it stood when the tables were frozen."""
    return cast(Event, HeldEvent(event)) if isinstance(event, Event) and event.frozen is not None else event


def held(event: object) -> HeldEvent | None:
    """The event if it is a held-back view, None if it is the event itself."""
    return event if isinstance(event, HeldEvent) else None


def public_fixture(fixture: Fixture) -> Fixture:
    """The fixture for the public: itself, or as it stood when the tables were frozen."""
    as_held = held(as_public(fixture.event))
    return cast(Fixture, HeldFixture(fixture, as_held)) if as_held else fixture


def public_fixtures(fixtures: Iterable[Fixture], event: Event | None = None) -> list[Fixture]:
    """The fixtures for the public: by *event*, which may be a held-back view, or each by its own event."""
    games = list(fixtures)
    if event is not None:
        events = {event.id: event}
    else:
        events = {id_: as_public(one) for id_, one in {game.event_id: game.event for game in games}.items()}
    return [cast(Fixture, HeldFixture(one, of)) if (of := held(events[one.event_id])) else one for one in games]
