"""Result form: the score, and the sport's details."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from timely.blueprints.results.detail_fields import Layout, fill, layout, read, score_from_details
from timely.blueprints.results.score_fields import (
    MISSING,
    SIDES,
    HalvesField,
    decided_field,
    decided_text,
    halves_field,
    score_field,
)
from timely.domain.scores.score import known_extra
from timely.domain.scores.sets import set_rules
from timely.domain.translation import gettext, lazy_gettext, lazy_pgettext
from timely.models import Fixture
from timely.services.score_validation import Score, stored_pens
from timely.web.fields import VersionField, text

# The page of one game puts the teams' names in their place.
SIDE_LABELS = {
    "home": lazy_pgettext("team at home", "Home"),
    "away": lazy_pgettext("team away from home", "Away"),
}


class ResultForm(FlaskForm):
    """`version` is the fixture's when the form was rendered; `running` means that the game is still on.

    `details` is sent by the page of one game. It has all fields of the sport, so an empty field means none. The desk
    has the score only; there the stored details are kept.
    """

    home_score = score_field(SIDE_LABELS["home"], required=True)
    away_score = score_field(SIDE_LABELS["away"], required=True)
    home_pens = score_field(lazy_gettext("Penalties, home"), required=False)
    away_pens = score_field(lazy_gettext("Penalties, away"), required=False)
    running = BooleanField(lazy_gettext("Still being played: show this score, but do not count it yet"))
    status = SelectField(
        lazy_gettext("State"),
        choices=[
            SelectChoice("", lazy_gettext("Final, as usual")),
            SelectChoice("PENDING", lazy_pgettext("result", "Pending")),
            SelectChoice("VERIFIED", lazy_pgettext("result", "Verified")),
            SelectChoice("FINAL", lazy_pgettext("result", "Final")),
        ],
        validators=[Optional()],
    )
    reason = text(lazy_gettext("Why is it corrected?"), 300)
    details = HiddenField()
    version = VersionField()

    fixture: Fixture | None = None
    lines = Layout("goals")

    def validate(self, extra_validators: Any = None) -> bool:
        found = super().validate(extra_validators)
        if not found or self.fixture is None or self.home_score.flags.required:
            return bool(found)
        self._take_score_from_details(self.fixture)
        for field in (self.home_score, self.away_score):
            if field.data is None and not self.awarded_to():
                self._say(field, str(MISSING))
                found = False
        for row in self.lines.rows:
            one, other = (self[f"{side}_{row.name}"] for side in SIDES)
            if "[" in row.key and (one.data is None) != (other.data is None):
                self._say(one if one.data is None else other, gettext("Type both sides."))
                found = False
        return bool(found)

    def _take_score_from_details(self, fixture: Fixture) -> None:
        if self.lines.form == "outcome" and "outcome" in self._fields and self["outcome"].data:
            self.home_score.data, self.away_score.data = map(int, self["outcome"].data.split("-"))
        typed = (self.home_score.data, self.away_score.data)
        extra, old = self.extra() or {}, fixture.result
        is_as_it_was = old and typed == (old.home_score, old.away_score)
        has_new_points = old and any(extra.get(key) != old.extra.get(key) for key in ("sets", "periods"))
        # Sets or periods were changed below an unchanged score, so the score is computed from them.
        if typed == (None, None) or (is_as_it_was and has_new_points):
            sport, rules = fixture.event.sport_kind, fixture.event.order_rules
            score = score_from_details(extra, sport, rules, running=self.running.data)
            if score:
                self.home_score.data, self.away_score.data = score

    def awarded_to(self) -> str:
        """The side that a ruling awards a game without a score to, "none" for neither; "" otherwise."""
        side, _, way = (self["decided"].data or "").partition(":") if "decided" in self else ("", "", "")
        is_played = self.fixture is None or self.fixture.result or not self.fixture.is_knockout
        is_empty = self.home_score.data is None and self.away_score.data is None
        return side if way == "ruling" and is_empty and not is_played else ""

    def extra(self) -> dict[str, Any] | None:
        """The details in the fields; None if the form had none of the fields."""
        if self.fixture is None or not self.details.data:
            return None
        stored = stored_extra(self.fixture)
        extra = read(self, self.lines, stored)
        if extra.get("innings"):
            self._add_runs(extra["innings"], stored.get("innings") or {})
        return extra

    def _add_runs(self, innings: dict[str, Any], old: dict[str, Any]) -> None:
        """Copies the score into the runs; keeps a quota, which only other programs enter."""
        for side in SIDES:
            if side in innings:
                innings[side]["runs"] = self[f"{side}_score"].data
        for inner, before in ((innings, old), *((innings.get(side), old.get(side)) for side in SIDES)):
            if inner is not None and before and "quota" in before:
                inner["quota"] = before["quota"]

    def score(self) -> Score:
        pens = (self.home_pens.data, self.away_pens.data)
        extra = self.extra()
        old = self.fixture.result if self.fixture else None
        if extra is not None and self.fixture and not self.fixture.is_knockout and old:
            # The page of a table game has no fields for penalties: those entered by another program are kept.
            pens = stored_pens(self.fixture) if self.home_score.data == self.away_score.data else (None, None)
        score = Score(self.home_score.number, self.away_score.number, *pens, extra=extra)
        if extra is None or not self.fixture or not self.fixture.is_knockout:
            return score  # the desk has no field for it
        side, _, way = (self["decided"].data or "").partition(":")
        return replace(score, decided=side, decided_by=way)

    def name_sides(self, home: str, away: str) -> None:
        """Puts the teams' names into the labels."""
        for side, team in zip(SIDES, (home, away), strict=True):
            self[f"{side}_score"].label.text = team
            self[f"{side}_pens"].label.text = gettext("Penalties, %(team)s", team=team)
            for choice in self["decided"].choices if "decided" in self else ():
                if str(choice.value).startswith(side):
                    choice.label = decided_text(team, str(choice.value).partition(":")[2])
            for row in self.lines.rows:
                if f"{side}_{row.name}" in self:
                    self[f"{side}_{row.name}"].label.text = f"{row.label}, {team}"

    def add_error(self, message: str, field: str) -> None:
        """Adds a service's refusal to its field, or to the form."""
        name = field if field in self._fields else self.lines.field_of(field) if field.startswith("extra") else ""
        target = self._fields.get(name)
        if target is None:
            self.form_errors.append(message)
        else:
            self._say(target, message)

    @staticmethod
    def _say(field: Field, message: str) -> None:
        field.errors = [*field.errors, message]

    def words(self) -> list[str]:
        """All errors without duplicates, for a row with room for one line."""
        found = [str(error) for error in self.form_errors]
        for field in self:
            found += [str(error) for error in field.errors]
        return list(dict.fromkeys(found))

    def again(self) -> list[tuple[str, str]]:
        """(field, value) of the input, to be sent again; without the version and the reason."""
        left_out = ("version", "reason", "csrf_token")
        sent = []
        for field in self:
            # A score of 0 is input too, although 0 == False.
            if field.short_name not in left_out and not (field.data is None or field.data is False or field.data == ""):
                value = "y" if field.data is True else str(field.data)
                sent.append((field.short_name, field._value() if isinstance(field, HalvesField) else value))
        return sent


def result_form(fixture: Fixture, *, posted: bool = True) -> ResultForm:
    """The form of this game, as stored or as *posted*; its fields depend on the event's sport and rules."""
    event = fixture.event
    sport, rules = event.sport_kind, event.order_rules
    stored = stored_extra(fixture)
    lines = layout(sport, rules, stored)
    on_page = not posted or bool(request.form.get("details"))  # the desk sends only the score
    fields: dict[str, Any] = {"fixture": fixture, "lines": lines}
    make = halves_field if sport.halves else partial(score_field, most=sport.most)
    for side in SIDES:
        fields[f"{side}_score"] = make(SIDE_LABELS[side], required=not on_page)
    fields |= lines.fields()
    fields["decided"] = decided_field()
    if lines.form == "outcome" and set_rules(sport, rules).best_of in (None, 1):
        choices = [SelectChoice("2-0", "1–0"), SelectChoice("1-1", "½–½"), SelectChoice("0-2", "0–1")]
        fields["outcome"] = RadioField(gettext("Result"), choices=choices, validators=[Optional()])
    form: ResultForm = type("GameForm", (ResultForm,), fields)(**({} if posted else _as_stored(fixture)))
    if not posted:
        form.status.data = ""  # whatever it was before, saving again is a new decision
    if not (posted and on_page):
        fill(form, lines, stored)
        if "outcome" in form and fixture.result:
            form["outcome"].data = f"{fixture.result.home_score}-{fixture.result.away_score}"
        if fixture.result and fixture.result.decided:
            form["decided"].data = f"{fixture.result.decided}:{fixture.result.decided_by}"
    return form


def stored_extra(fixture: Fixture) -> dict[str, Any]:
    """The stored details, without keys that only an earlier Timely accepted."""
    event, result = fixture.event, fixture.result
    return known_extra(result.extra, event.sport_kind, event.order_rules)[0] if result else {}


def _as_stored(fixture: Fixture) -> dict[str, Any]:
    data = {"version": str(fixture.version), "details": "y"}
    return {"formdata": None, "obj": fixture.result, "data": data}
