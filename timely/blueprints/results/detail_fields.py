"""Detail fields of a sport's result form, and the `extra` that is read from them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from timely.blueprints.results.score_fields import SIDES
from timely.domain.rules.rules import Rules
from timely.domain.scores.periods import score_of_periods, usual_periods
from timely.domain.scores.score import score_form
from timely.domain.scores.sets import score_of_sets, set_rules
from timely.domain.sports import Sport
from timely.domain.translation import Text, gettext, lazy_gettext, lazy_pgettext, pgettext
from timely.presenters.part_text import period_texts, set_text
from timely.web.fields import WholeNumberField

MOST_SETS_SHOWN = 7
ENDINGS = {
    "extra_time": lazy_gettext("After extra time"),
    "overtime": lazy_gettext("In overtime"),
    "shootout": lazy_gettext("By shoot-out"),
}
CARDS = {
    "yellow": lazy_gettext("Yellow cards"),
    "red": lazy_gettext("Red cards"),
    "second_yellow_red": lazy_gettext("Second yellow, so red"),
    "yellow_and_red": lazy_gettext("Yellow, then straight red"),
}
OF_SIDE = {
    "home": lazy_pgettext("a team's figure, such as its yellow cards", "%(value)s, home"),
    "away": lazy_pgettext("a team's figure, such as its yellow cards", "%(value)s, away"),
}
NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


@dataclass(frozen=True)
class Row:
    """One line of the form: the same value for both sides. `name` is the fields' name without the side."""

    name: str
    label: Text
    key: str  # the path of its errors in the domain: "sets[0]"
    make: Any  # (label) -> an unbound field
    hint: Text = ""
    part: Text = ""  # title of the collapsible part of the form that holds it

    def fields(self) -> Iterator[tuple[str, Any]]:
        for side in SIDES:
            yield (
                f"{side}_{self.name}",
                self.make(replace(OF_SIDE[side], values={"value": self.label})),
            )


@dataclass(frozen=True)
class Layout:
    """The lines of the form for one sport and its rules."""

    form: str
    rows: list[Row] = field(default_factory=list)
    endings: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        found = {name: made for row in self.rows for name, made in row.fields()}
        if self.endings:
            choices = [
                SelectChoice("", gettext("In its time")),
                *(SelectChoice(key, ENDINGS[key]) for key in self.endings),
            ]
            found["ended"] = SelectField(gettext("How it ended"), choices=choices, default="")
        return found

    def field_of(self, path: str) -> str:
        """The field for an error at "extra.sets[1]", "extra.innings.home.overs" or "extra.overtime"; "" if none."""
        inner = path.removeprefix("extra.")
        if inner in ENDINGS:
            return "ended" if self.endings else ""
        for row in self.rows:
            for side in SIDES:
                key = row.key.replace("*", side)
                if inner == key or key.startswith((f"{inner}.", f"{inner}[")):
                    return f"{side}_{row.name}"
        return ""


def number(most: int) -> Any:
    return lambda label: WholeNumberField(label, 0, most, required=False, render_kw=NUMERIC)


def overs(label: Text) -> Field:
    return StringField(label, render_kw={"inputmode": "decimal", "autocomplete": "off"})


def layout(sport: Sport, rules: Rules, extra: dict[str, Any]) -> Layout:
    """The lines for the sport under these rules, and at least as many as *extra* fills."""
    form = score_form(sport, rules)
    rows: list[Row] = []
    if form == "sets":
        how = set_rules(sport, rules)
        best_of = how.best_of or min(max(sport.best_ofs, default=5), 5)
        count = max(min(best_of, MOST_SETS_SHOWN), len(extra.get("sets") or ()))
        rows += [Row(f"set_{n}", set_text(sport, n), f"sets[{n - 1}]", number(199)) for n in range(1, count + 1)]
        if how.tie_break:
            rows += [
                Row(
                    f"tie_break_{n}",
                    gettext("Tie-break of set %(number)s", number=n),
                    f"tie_breaks[{n - 1}]",
                    number(199),
                    part=gettext("Tie-breaks"),
                )
                for n in range(1, count + 1)
            ]
    usual = usual_periods(sport, rules) if form == "periods" else None
    if usual and sport.periods:
        count = max(usual + 1, len(extra.get("periods") or ()))
        rows += [
            Row(f"period_{n}", name, f"periods[{n - 1}]", number(sport.most))
            for n, name in enumerate(period_texts(sport, usual, count), start=1)
        ]
    if form == "overs":
        rows += [
            Row("wickets", pgettext("cricket", "Wickets lost"), "innings.*.wickets", number(10)),
            Row(
                "overs",
                pgettext("cricket", "Overs"),
                "innings.*.overs",
                overs,
                gettext("Overs and balls, such as 19.3."),
            ),
            Row("all_out", pgettext("cricket", "All out"), "innings.*.all_out", BooleanField),
        ]
    if sport.tries and (rules.try_threshold is not None or {"tries_for", "try_difference"} & rules.all_tiebreakers):
        rows.append(Row("tries", pgettext("rugby", "Tries"), "tries.*", number(199)))
    rows += [
        Row(f"card_{n}", CARDS.get(card) or card.capitalize(), f"cards.*.{card}", number(99), part=gettext("Cards"))
        for n, card in enumerate(rules.fair_play_points, start=1)
    ]
    return Layout(form, rows, sport.endings)


def fill(form: Any, made: Layout, extra: dict[str, Any]) -> None:
    """Fills the fields from the stored details."""
    for row in made.rows:
        for place, side in enumerate(SIDES):
            form[f"{side}_{row.name}"].data = _stored(row.key.replace("*", side), place, extra)
    if made.endings:
        form["ended"].data = next((key for key in made.endings if extra.get(key)), "")


def _stored(key: str, place: int, extra: dict[str, Any]) -> Any:
    if "[" in key:
        name, at = key[:-1].split("[")
        listed = extra.get(name) or ()
        pair = listed[int(at)] if int(at) < len(listed) else None
        return pair[place] if pair else None
    found: Any = extra
    for name in key.split("."):
        found = (found or {}).get(name)
    return found


def read(form: Any, made: Layout, stored: dict[str, Any]) -> dict[str, Any]:
    """The details in the fields, which replace *stored* values under their keys; other keys are kept."""
    extra = {key: value for key, value in stored.items() if key not in ENDINGS or key not in made.endings}
    for name in dict.fromkeys(row.key.split("[")[0].split(".")[0] for row in made.rows):
        extra.pop(name, None)
    lists: dict[str, list[Any]] = {}
    for row in made.rows:
        typed = [form[f"{side}_{row.name}"].data for side in SIDES]
        if "[" in row.key:
            lists.setdefault(row.key.split("[")[0], []).append(typed)
            continue
        for side, value in zip(SIDES, typed, strict=True):
            if value not in (None, "", False):
                _put(extra, row.key.replace("*", side).split("."), value)
    for name, pairs in lists.items():
        last = max((n for n, pair in enumerate(pairs, start=1) if pair != [None, None]), default=0)
        if last:
            empty = None if name == "tie_breaks" else [None, None]
            extra[name] = [empty if pair == [None, None] else pair for pair in pairs[:last]]
    if made.endings and form["ended"].data:
        extra[form["ended"].data] = True
    return extra


def _put(extra: dict[str, Any], names: list[str], value: Any) -> None:
    for name in names[:-1]:
        extra = extra.setdefault(name, {})
    extra[names[-1]] = value


def score_from_details(extra: dict[str, Any], sport: Sport, rules: Rules, *, running: bool) -> tuple[int, int] | None:
    """The score that follows from the sets or periods; None if they are incomplete."""
    sets, periods = extra.get("sets"), extra.get("periods")
    if sets and rules.scoring == "sets" and all(None not in pair for pair in sets):
        return score_of_sets(sets, set_rules(sport, rules), running=running)
    if periods and all(None not in pair for pair in periods):
        return score_of_periods(periods)
    return None
