"""An event as the public sees it while the tables are held back, read from `Event.frozen`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from timely.domain.rules.rules import Rules, read_rules
from timely.domain.scores.stored_details import is_readable
from timely.domain.sports import Sport
from timely.models import Event, Team
from timely.models.columns import UnreadableMap, note_unreadable
from timely.models.entrants import Entrant
from timely.models.event import COUNTING
from timely.models.ids import read_id
from timely.models.read_only import FixtureView
from timely.queries.held_fixture import Current, HeldFixture, HeldResult

# The attributes that order the tables beside the results; a lot or a deduction reveals as much as a score.
ORDERS = (
    *("rules", "rulebook", "counts_from", "manual_order", "fair_play_totals", "slots"),
    *("third_place_ranking", "cross_group_ranking"),
)
# The keys that are stored of every game that is held.
OF_A_GAME = frozenset(("home_id", "away_id", "group_id", "start_on", "start_at", "ruling"))


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A result that counted in a table. `counted` are the columns of `counted_results.COUNTED`."""

    start_on: date | None
    start_at: datetime | None
    counted: tuple[Any, ...]


class HeldEvent:
    """An event as the public sees it: what orders the tables is that of the freeze, everything else the event's."""

    id = Current(Event.id)
    slug = Current(Event.slug)
    name = Current(Event.name)
    sport = Current(Event.sport)
    season = Current(Event.season)
    status = Current(Event.status)
    visibility = Current(Event.visibility)
    access_key = Current(Event.access_key)
    starts_on = Current(Event.starts_on)
    ends_on = Current(Event.ends_on)
    place = Current(Event.place)
    timezone = Current(Event.timezone)
    language = Current(Event.language)
    details = Current(Event.details)
    accent = Current(Event.accent)
    entrants = Current(Event.entrants)
    frozen = Current(Event.frozen)
    version = Current(Event.version)
    teams = Current(Event.teams)
    divisions = Current(Event.divisions)
    stages = Current(Event.stages)
    pitches = Current(Event.pitches)

    def __init__(self, event: Event) -> None:
        self.record = event
        held = event.frozen or {}
        self._held: Mapping[str, Any] = held
        self.rules: dict[str, Any] = held.get("rules", event.rules)
        self.rulebook: str = held.get("rulebook", event.rulebook)
        self.counts_from: str = held.get("counts_from", event.counts_from)
        self.manual_order: dict[str, list[int]] = held.get("manual_order", event.manual_order)
        self.fair_play_totals: dict[str, int] = held.get("fair_play_totals", event.fair_play_totals)
        self.slots: list[Any] = held.get("slots", event.slots)
        self.third_place_ranking: dict[str, Any] | None = held.get("third_place_ranking", event.third_place_ranking)
        self.cross_group_ranking: dict[str, Any] | None = held.get("cross_group_ranking", event.cross_group_ranking)

    @property
    def sport_kind(self) -> Sport:
        return self.record.sport_kind

    @property
    def entrant(self) -> Entrant:
        return self.record.entrant

    @property
    def zone(self) -> ZoneInfo:
        return self.record.zone

    @property
    def state(self) -> str:
        return self.record.state

    @property
    def is_published(self) -> bool:
        return self.record.is_published

    @property
    def is_public(self) -> bool:
        return self.record.is_public

    @cached_property
    def order_rules(self) -> Rules:
        return read_rules(self.rules)

    @property
    def counted_statuses(self) -> tuple[str, ...]:
        return COUNTING[self.counts_from]

    @property
    def points_off(self) -> list[tuple[int, int]]:
        return [(team_id, points) for team_id, points in self._held.get("deductions", ())]

    @property
    def groups_over(self) -> dict[int, bool]:
        return {int(id_): is_over for id_, is_over in self._held.get("groups_over", {}).items()}

    @cached_property
    def fixtures(self) -> list[HeldFixture]:
        return [self.view_of(one) for one in self.record.fixtures]

    @cached_property
    def team_by_id(self) -> dict[int, Team]:
        return {team.id: team for team in self.record.teams}

    def view_of(self, fixture: FixtureView) -> HeldFixture:
        """The fixture of this event, as the public sees it."""
        held = self.held_fixture(fixture.id)
        return HeldFixture(fixture, self, self.team_by_id, held, self.result_of(fixture.id))

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
            return HeldResult(**{**data, "entered_at": at, "extra": extra}, event_id=self.id, fixture_id=fixture_id)
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
                is_walkover = one.get("status") == "WALKOVER"
                sides = one["home_id"], one["away_id"]
                score = result.home_score, result.away_score, result.home_pens, result.away_pens
                yield HeldRow(
                    read_day(one["start_on"]),
                    read_time(one["start_at"]),
                    (id_, one["group_id"], one.get("saved_no"), is_walkover, *sides, *score, result.extra),
                )


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
