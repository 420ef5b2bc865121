"""Rows of a bracket: one dict per tie, shared by the bracket's page, the API and the live message."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal
from zoneinfo import ZoneInfo

from timely.domain.bracket_layout.layout import by_round
from timely.domain.knockout.source import SOURCES
from timely.domain.knockout.tie import is_turned_leg
from timely.domain.statuses import OFF
from timely.models.columns import note_unreadable
from timely.models.read_only import EventView, FixtureView
from timely.presenters.date_text import clock_text, day_text, short_day_text, start_text, weekday_text
from timely.presenters.number_text import DASH
from timely.presenters.play_text import half_text
from timely.presenters.round_text import away_name, home_name, label_text
from timely.presenters.row import Row
from timely.presenters.score_text import decided_note, number_text, pens_text
from timely.presenters.state_text import FIXTURE_STATUS_TEXT, GAME_STATE_TEXT
from timely.presenters.text_width import cut
from timely.presenters.unreadable_rows import FAULTS, UNREADABLE, bare_fixture
from timely.queries.brackets import EventBracket, event_brackets
from timely.queries.knockouts import PlayedTie

Which = Literal["home", "away"]

# Names are cut to these widths, in em; a drawing takes the longest that fits.
CUTS = {"longest": 31.0, "longer": 20.0, "long": 16.5, "short": 13.0, "shorter": 10.0, "shortest": 8.0}
LONGEST_CAPTION = 11.0
OVER = ("FINISHED", "WALKOVER")


def bracket_row(bracket: EventBracket) -> Row:
    """The bracket of one division, by rounds in the order of play."""
    rows = {played.tie.code: tie_row(played) for played in bracket.ties}
    return {
        "name": bracket.division_name,
        "rounds": [
            {"name": one.name, "ties": [rows[tie.code] for tie in one.ties]}
            for one in by_round([played.tie for played in bracket.ties])
        ],
    }


def changed_ties(event: EventView, fixture_ids: Iterable[int] | None = None) -> list[Row]:
    """The ties that contain one of these fixtures; all ties if None."""
    ids = None if fixture_ids is None else set(fixture_ids)
    return [
        tie_row(played)
        for bracket in event_brackets(event)
        for played in bracket.ties
        if ids is None or any(leg.id in ids for leg in played.fixtures)
    ]


def tie_row(played: PlayedTie) -> Row:
    """One tie, or a bare row that says so if it cannot be read."""
    try:
        return _tie_row(played)
    except FAULTS as error:
        note_unreadable("tie", error)
        bare = replace(played, fixtures=[bare_fixture(leg) for leg in played.fixtures], winner=None)
        return _tie_row(bare) | {"status_text": str(UNREADABLE)}


def _tie_row(played: PlayedTie) -> Row:
    """One tie. Its id is that of its first fixture, and its sides are as in that fixture."""
    first = played.fixtures[0]
    waited_for = _waited_for(played)
    status = _status(played)
    home, away = _side(played, "home"), _side(played, "away")
    is_open = [side for side, row in (("home", home), ("away", away)) if row["id"] is None]
    when = start_text(waited_for.start_on, waited_for.start_at, ZoneInfo(waited_for.timezone))
    row: Row = {
        "id": first.id,
        "event_id": first.event_id,
        "code": played.tie.code,
        "round": played.tie.round,
        "status": status,
        "status_text": _status_text(status, waited_for),
        "home": home,
        "away": away,
        "winner_side": played.winner if played.winner in ("home", "away") else "",
        "winner_id": played.winner_id,
        "open_side": "" if not is_open else "open-both" if len(is_open) > 1 else f"open-{is_open[0]}",
        "note": _note(played),
        "when_text": when,
        "pitch": _place(waited_for),
        "fixture_ids": [leg.id for leg in played.fixtures],
    }
    row["caption"], row["caption_short"] = _captions(row, waited_for)
    if first.stage.division:
        row |= {"division": first.stage.division.name, "division_id": first.stage.division_id}
    return row


def _status_text(status: str, waited_for: FixtureView) -> str:
    if status == "FINISHED":
        return ""
    return str((GAME_STATE_TEXT.get(waited_for.state) if status == "SCHEDULED" else "") or FIXTURE_STATUS_TEXT[status])


def _place(fixture: FixtureView) -> str:
    """Pitch or venue; "" if the game will not be played."""
    if fixture.status in OFF:
        return ""
    return fixture.pitch.name if fixture.pitch else fixture.venue


def _side(played: PlayedTie, side: Which) -> Row:
    first = played.fixtures[0]
    team = first.home_team if side == "home" else first.away_team
    name = home_name(first) if side == "home" else away_name(first)
    source = played.tie.home if side == "home" else played.tie.away
    scores = [_scores(leg)[side] for leg in played.fixtures if _has_score(leg)]
    if len(played.fixtures) > 2:
        scores = scores[-1:]
    return {
        "id": team.id if team else None,
        "name": name,
        **{key: cut(name, room) for key, room in CUTS.items()},
        "colour": team.colour if team else "",
        "from_text": label_text(source.label) if isinstance(source, SOURCES) else "",
        # The score that decides the tie: the sum of two legs, the last of replays.
        "score": sum(scores) if scores else None,
        "score_text": _number(first, sum(scores)) if scores else "",
    }


def _number(fixture: FixtureView, number: int) -> str:
    return half_text(number) if fixture.event.sport_kind.halves else str(number)


def _has_score(leg: FixtureView) -> bool:
    return leg.result is not None and not leg.result.annulled


def _scores(leg: FixtureView) -> dict[Which, int]:
    """The score by the sides of the tie, which are swapped in even legs."""
    if leg.result is None:
        return {"home": 0, "away": 0}
    home, away = leg.result.home_score, leg.result.away_score
    return {"home": away, "away": home} if is_turned_leg(leg.leg) else {"home": home, "away": away}


def _note(played: PlayedTie) -> str:
    """The way in which a single game was decided; for two legs their scores: "2–1, 1–1 (4–3 pens)"."""
    if len(played.fixtures) == 1:
        return decided_note(played.fixtures[0])
    scored = [leg for leg in played.fixtures if _has_score(leg)]
    legs = [
        f"{number_text(leg, score['home'])}{DASH}{number_text(leg, score['away'])}"
        for leg in scored
        for score in [_scores(leg)]
    ]
    decided = [note for leg in scored if (note := _decided_leg(leg))]
    return ", ".join(legs) + (f" ({decided[-1]})" if decided else "")


def _decided_leg(leg: FixtureView) -> str:
    result = leg.result
    if not (is_turned_leg(leg.leg) and result) or result.decided:
        return decided_note(leg)
    if result.home_pens is None or result.away_pens is None:
        return decided_note(leg)
    return pens_text(result.away_pens, result.home_pens)


def _waited_for(played: PlayedTie) -> FixtureView:
    """The next fixture to be played, or else the last."""
    return next((leg for leg in played.fixtures if leg.status not in OVER), played.fixtures[-1])


def _status(played: PlayedTie) -> str:
    statuses = [leg.status_now for leg in played.fixtures]
    if "LIVE" in statuses:
        return "LIVE"
    if all(status in OVER for status in statuses) or (played.winner and len(statuses) > 1):
        return "WALKOVER" if "WALKOVER" in statuses else "FINISHED"
    return _waited_for(played).status_now


def _captions(row: Row, waited_for: FixtureView) -> tuple[str, str]:
    """The caption beside the tie's code in a drawing, and a shorter one for narrow boxes."""
    if row["status"] == "SCHEDULED" and row["status_text"] and not row["note"]:
        long = short = row["status_text"]
    elif row["status"] == "SCHEDULED" and not row["note"]:
        short = _short_when(waited_for)
        long = f"{short} · {row['pitch']}" if short and row["pitch"] else short
    elif row["status"] == "SCHEDULED":
        short = row["note"]
        long = " · ".join(part for part in (short, _short_when(waited_for)) if part)
    elif row["note"]:
        long = row["note"]
        short = long.rpartition("(")[2].rstrip(")") if len(row["fixture_ids"]) > 1 and "(" in long else long
    else:
        long = short = row["status_text"]
    return cut(long, LONGEST_CAPTION), cut(short, CUTS["shortest"])


def _short_when(fixture: FixtureView) -> str:
    """The time alone if the event lasts one day, with the weekday if less than a week, else with the date."""
    event, day = fixture.event, fixture.start_on
    clock = clock_text(fixture.start_at, ZoneInfo(fixture.timezone))
    if day is None:
        return clock
    if not clock:
        return day_text(day)
    if event.starts_on and event.ends_on and (event.ends_on - event.starts_on).days < 7:
        return clock if event.starts_on == event.ends_on else f"{weekday_text(day)} {clock}"
    return f"{short_day_text(day)} {clock}"
