"""Brackets: the knockouts of an event as they are drawn for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, exists, select

from timely.domain.knockout.source import read_source
from timely.domain.knockout.tie import Tie, unwound
from timely.extensions import db
from timely.models import Fixture, Stage
from timely.models.base import table_of
from timely.models.read_only import EventView
from timely.queries.knockouts import PlayedTie, knockouts
from timely.queries.schedule import coded_games

_fixture, _stage = table_of(Fixture).c, table_of(Stage).c
_is_tie = (_fixture.event_id == bindparam("event_id")) & (_fixture.code != "") & (_stage.kind == "knockout")
# Built once: asked for with each page of an event.
HAS_TIES = select(exists().where(_is_tie, _stage.id == _fixture.stage_id))


@dataclass(frozen=True, slots=True)
class EventBracket:
    """The knockout of one division, its ties in the order in which they were made."""

    stage: Stage
    ties: Sequence[PlayedTie]

    @property
    def division_name(self) -> str:
        return self.stage.division.name if self.stage.division else ""


def event_brackets(event: EventView) -> list[EventBracket]:
    """The brackets that have ties, in the order of the divisions."""
    found = [
        EventBracket(knockout.stage, _as_drawn(knockout.ties))
        for knockout in knockouts(event, coded_games(event))
        if knockout.ties
    ]
    return sorted(found, key=lambda one: one.stage.division.position if one.stage.division else 0)


def has_bracket(event: EventView) -> bool:
    return bool(db.session.scalar(HAS_TIES, {"event_id": event.id}))


def _as_drawn(found: Sequence[PlayedTie]) -> list[PlayedTie]:
    """The ties with each side's source, so that lines lead there even if a ruling put another team on the side."""
    ties = unwound([_with_sources(played) for played in found])
    return [replace(played, tie=tie) for played, tie in zip(found, ties, strict=True)]


def _with_sources(played: PlayedTie) -> Tie:
    first, tie = played.fixtures[0], played.tie
    return replace(
        tie,
        home=tie.home if first.home_source is None else read_source(first.home_source),
        away=tie.away if first.away_source is None else read_source(first.away_source),
    )
