"""Parses the matches of an event file."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.knockout.source import read_source
from timely.domain.rules.rules import Rules
from timely.domain.sports import Sport
from timely.domain.statuses import RULINGS
from timely.domain.translation import Text, lazy_gettext, lazy_pgettext
from timely.event_file.contents import MatchPart, ScorePart
from timely.event_file.divisions import read_division
from timely.event_file.fields import Fields
from timely.event_file.roster import Roster
from timely.event_file.scores import read_score, read_status
from timely.event_file.slots import OpenSlots, Source
from timely.event_file.start_times import read_start
from timely.event_file.ties import pair_of

MOST_LEGS = 20


@dataclass(frozen=True, slots=True)
class Book:
    """The data of its event that a match is checked against."""

    roster: Roster
    groups: dict[str | None, dict[str, list[str]]]  # by division
    divisions: list[str]
    timezone: str
    rules: Rules
    sport: Sport
    pitches: dict[str, str] = field(default_factory=dict)  # name: its time zone, "" for the event's own


class MatchReader:
    """Parses the matches of a file one by one, once its teams, groups and rules are known."""

    def __init__(
        self,
        book: Book,
        ignored: set[str],
        slots: OpenSlots,
        legs: Counter[frozenset[str]],
        *,
        is_given: bool = False,
    ) -> None:
        """*legs* are knockout_meetings(). With *is_given* the file's `stages` say what waits for what."""
        self.book, self.roster, self.ignored = book, book.roster, ignored
        self.slots, self.legs, self.is_given = slots, legs, is_given

    def read(self, data: Any, path: str) -> MatchPart:
        entry = Fields(data, path, self.ignored)
        knockout = entry.text("stage", most=40).casefold() == "knockout"  # matches of any other stage count in a table
        places = self._places(entry) if knockout and not self.is_given else (None, None)
        home_source, away_source = (
            self._source(entry, side, knockout) or place for side, place in zip(("home", "away"), places, strict=True)
        )
        named = read_division(entry, self.book.divisions)
        meant = named or self.roster.division_meant(entry.data.get("home"), entry.data.get("away"))
        home, home_label = self._side(entry, "home", knockout, home_source, meant)
        away, away_label = self._side(entry, "away", knockout, away_source, meant)
        if home is not None and home == away:
            raise ValidationError(path, lazy_gettext("%(team)s cannot play against itself", team=repr(home)))
        start_on, start_at, venue_timezone = read_start(entry, self.book.timezone, self.book.pitches)
        score = self._score(entry, knockout)
        division = self._division(entry, named, home, away)
        match = MatchPart(
            home=home,
            away=away,
            home_label=home_label,
            away_label=away_label,
            knockout=knockout,
            group=None if knockout else self._group(entry, division, home, away),
            round=entry.text("round", most=60),
            venue=entry.text("venue", most=120),
            venue_timezone=venue_timezone,
            pitch=entry.text("pitch", most=60) or None,
            start_on=start_on,
            start_at=start_at,
            status=read_status(entry, score),
            score=score,
            division=division,
            code=entry.text("code", most=20) if knockout else "",
            leg=self._leg(entry) if knockout else None,
            home_source=home_source,
            away_source=away_source,
            locked=entry.flag("locked"),
            ruling=entry.choice("ruling", ("", *RULINGS), ""),
        )
        # A tie may have one team alone, if neither of its opponents came to the tie before.
        is_given = match.status == "WALKOVER" and (home or home_source) and (away or away_source) and (home or away)
        if score and (home is None or away is None) and not is_given:
            raise ValidationError(path, lazy_gettext("has a score, but not two teams"))
        if knockout:
            entry.get("group", str)
        entry.note_unknown()
        return match

    def _places(self, entry: Fields) -> tuple[Source | None, Source | None]:
        return self.slots.take(entry.text("round", most=60), (entry.data.get("home"), entry.data.get("away")))

    def _score(self, entry: Fields, knockout: bool) -> ScorePart | None:
        meets_again = knockout and self.legs[pair_of(entry.data)] > 1
        return read_score(entry, self.book.rules, self.book.sport, knockout=knockout, meets_again=meets_again)

    def _source(self, entry: Fields, side: str, knockout: bool) -> Source | None:
        data = entry.get(f"{side}_from", dict)
        if data is None:
            return None
        if not knockout:
            raise ValidationError(
                entry.at(f"{side}_from"), lazy_gettext("only a knockout match waits for who comes through")
            )
        return read_source(data, entry.at(f"{side}_from")).as_dict()

    def _division(self, entry: Fields, named: str | None, home: str | None, away: str | None) -> str | None:
        of_teams = {self.roster.division_of[name] for name in (home, away) if name is not None} - {None}
        if len(of_teams) > 1:
            raise ValidationError(
                entry.path,
                lazy_gettext("%(home)s and %(away)s are in different divisions", home=repr(home), away=repr(away)),
            )
        found = of_teams.pop() if of_teams else None
        if named is not None and found not in (None, named):
            raise ValidationError(
                entry.at("division"), lazy_gettext("these teams are in the division %(division)s", division=repr(found))
            )
        return named or found

    def _leg(self, entry: Fields) -> int | None:
        leg = entry.whole("leg")
        if leg is not None and not 1 <= leg <= MOST_LEGS:
            raise ValidationError(
                entry.at("leg"),
                lazy_gettext(
                    "is %(leg)s; a tie has one game or two legs, with replays up to %(most)s", leg=leg, most=MOST_LEGS
                ),
            )
        return leg

    def _side(
        self, entry: Fields, side: str, knockout: bool, source: Source | None, division: str | None
    ) -> tuple[str | None, str]:
        label = entry.text(f"{side}_label", most=80)
        name = entry.get(side, str)
        if name is not None:
            # A team that came through may be removed again; then the label is shown once more.
            return self.roster.find(name, entry.at(side), division), label if source else ""
        if not knockout or not (label or source):
            raise ValidationError(
                entry.at(side),
                lazy_gettext(
                    "is missing (a knockout match may have a %(key)s such as 'Winner of QF 2')", key=f"{side}_label"
                ),
            )
        return None, label

    def _group(self, entry: Fields, division: str | None, home: str | None, away: str | None) -> str | None:
        groups = self.book.groups.get(division, {})
        named = entry.text("group", most=40)
        if named and named not in groups:
            raise ValidationError(entry.at("group"), lazy_gettext("there is no group %(group)s", group=repr(named)))
        if not groups:
            return None
        both = [name for name, members in groups.items() if home in members and away in members]
        if named and named not in both:
            raise ValidationError(
                entry.at("group"),
                lazy_gettext(
                    "%(home)s and %(away)s are not both in group %(group)s",
                    home=repr(home),
                    away=repr(away),
                    group=repr(named),
                ),
            )
        if not named and not both:
            home_groups, away_groups = _listed(home, groups), _listed(away, groups)
            raise ValidationError(
                entry.path,
                lazy_gettext(
                    "is between teams that are in no group together: "
                    "%(home)s in %(home_groups)s and %(away)s in %(away_groups)s",
                    home=repr(home),
                    away=repr(away),
                    home_groups=home_groups,
                    away_groups=away_groups,
                ),
            )
        if not named and len(both) != 1:
            raise ValidationError(
                entry.path,
                lazy_gettext(
                    "does not say in which group %(home)s and %(away)s meet", home=repr(home), away=repr(away)
                ),
            )
        return named or both[0]


def _listed(team: str | None, groups: dict[str, list[str]]) -> Text:
    own = [name for name, members in groups.items() if team in members]
    return ", ".join(map(repr, own[:4])) or lazy_pgettext("no group", "none")
