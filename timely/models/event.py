"""An event: a league, a cup or a meet."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.clock import now
from timely.domain.event_states import BEGUN, OVER, UNSCORED, event_state
from timely.domain.rules.rules import Rules, rules_of
from timely.domain.sports import Sport, find_sport
from timely.domain.statuses import EVENT_STATUSES, VISIBILITIES
from timely.models.base import Base
from timely.models.columns import Day, Json, UtcDateTime, Word, Zone
from timely.models.entrants import ENTRANTS, Entrant
from timely.models.json_shapes import are_rules, are_slots, are_totals, is_frozen, is_order, is_ranking, is_timetable

if TYPE_CHECKING:
    from timely.models.announcement import Announcement
    from timely.models.deduction import Deduction
    from timely.models.division import Division
    from timely.models.fixture import Fixture
    from timely.models.notification import Notification
    from timely.models.pitch import Pitch
    from timely.models.stage import Stage
    from timely.models.team import Team

# The results that a table counts: all that are entered, or only those that were checked.
COUNTING = {
    "PENDING": ("PENDING", "VERIFIED", "FINAL"),
    "VERIFIED": ("VERIFIED", "FINAL"),
    "FINAL": ("FINAL",),
}


RANKING = Json(optional=True, or_null=True, is_fit=is_ranking)


class Event(Base):
    """`rules` is `Rules.as_dict()`; `rulebook` names the book that they come from, "" for the event's own rules.

    `manual_order` is {criterion: [team id, best first]}, `fair_play_totals` {team id as text: points};
    `slots`, `third_place_ranking` and `cross_group_ranking` have the event file's format. `entrants` is the kind of
    entrants: teams, pairs or persons. With `second_person`, nobody may verify a result that they entered themselves.
    `frozen` is what the public sees while the tables are held back (queries/public_view.py), None while they are not.
    `timetable` holds the scheduling settings (a timetable's `Settings.as_dict()`, by ids of divisions and pitches),
    None until they are set. `language` is the code in which it speaks to a reader who has said none. `progress` follows
    from games and days (domain/event_states.py), kept by the clock.
    """

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    sport: Mapped[str] = mapped_column(String(40))
    season: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[str] = mapped_column(Word(12, EVENT_STATUSES, "PUBLISHED"), default="DRAFT")
    visibility: Mapped[str] = mapped_column(Word(8, VISIBILITIES, "private"), default="public")
    access_key: Mapped[str] = mapped_column(String(32))
    starts_on: Mapped[date | None] = mapped_column(Day)
    ends_on: Mapped[date | None] = mapped_column(Day)
    place: Mapped[str] = mapped_column(String(120), default="")
    timezone: Mapped[str] = mapped_column(Zone(otherwise="UTC"), default="UTC")
    details: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(10), default="en")
    accent: Mapped[str] = mapped_column(String(7), default="")
    rulebook: Mapped[str] = mapped_column(String(40), default="")
    rules: Mapped[dict[str, Any]] = mapped_column(Json(is_fit=are_rules))
    manual_order: Mapped[dict[str, list[int]]] = mapped_column(Json(is_fit=is_order), default=dict)
    fair_play_totals: Mapped[dict[str, int]] = mapped_column(Json(is_fit=are_totals), default=dict)
    slots: Mapped[list[Any]] = mapped_column(Json(list, is_fit=are_slots), default=list)
    third_place_ranking: Mapped[dict[str, Any] | None] = mapped_column(RANKING)
    cross_group_ranking: Mapped[dict[str, Any] | None] = mapped_column(RANKING)
    counts_from: Mapped[str] = mapped_column(Word(8, tuple(COUNTING), "PENDING"), default="PENDING")
    entrants: Mapped[str] = mapped_column(Word(8, tuple(ENTRANTS), "team"), default="team")
    second_person: Mapped[bool] = mapped_column(default=False)
    frozen: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True, is_fit=is_frozen))
    timetable: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True, or_null=True, is_fit=is_timetable))
    progress: Mapped[str] = mapped_column(Word(8, ("", BEGUN, UNSCORED, OVER), ""), default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)

    # (the value of `rules`, what was read of it)
    _rules_read = cast("tuple[object, Rules] | None", None)

    # Raised by models/save_versions.py with every save except the clock's.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    teams: Mapped[list[Team]] = relationship(cascade="all, delete-orphan", order_by="Team.id")
    divisions: Mapped[list[Division]] = relationship(cascade="all, delete-orphan", order_by="Division.position")
    stages: Mapped[list[Stage]] = relationship(
        cascade="all, delete-orphan", order_by="Stage.position", back_populates="event"
    )
    pitches: Mapped[list[Pitch]] = relationship(cascade="all, delete-orphan", order_by="Pitch.id")
    fixtures: Mapped[list[Fixture]] = relationship(
        cascade="all, delete-orphan", order_by="Fixture.id", back_populates="event"
    )
    deductions: Mapped[list[Deduction]] = relationship(cascade="all, delete-orphan", order_by="Deduction.id")
    announcements: Mapped[list[Announcement]] = relationship(
        cascade="all, delete-orphan", order_by="Announcement.id", back_populates="event"
    )
    notifications: Mapped[list[Notification]] = relationship(
        cascade="all, delete-orphan", order_by="Notification.id", back_populates="event"
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def sport_kind(self) -> Sport:
        return find_sport(self.sport)

    @property
    def entrant(self) -> Entrant:
        """The words for its entrants."""
        return ENTRANTS[self.entrants]

    @property
    def order_rules(self) -> Rules:
        if self._rules_read is None or self._rules_read[0] is not self.rules:
            self._rules_read = self.rules, rules_of(self.rules)
        return self._rules_read[1]

    @property
    def counted_statuses(self) -> tuple[str, ...]:
        return COUNTING[self.counts_from]

    @property
    def state(self) -> str:
        """The state that follows from status, games and days."""
        return event_state(self.status, self.progress)

    @property
    def is_published(self) -> bool:
        return self.status != "DRAFT"

    @property
    def is_public(self) -> bool:
        """Whether everybody sees it, also in lists."""
        return self.is_published and self.visibility == "public"
