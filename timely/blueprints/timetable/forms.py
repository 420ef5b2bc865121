"""Form of a timetable's settings: as many days as are asked for, and fields for each pitch and division."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.validators import StopValidation

from timely.domain.errors import ValidationError
from timely.domain.timetable import DayHours, Settings
from timely.domain.timetable.opening_hours import CLOSED, clock_hours_text, read_clock_hours
from timely.domain.timetable.settings import LONGEST_GAME, STEPS
from timely.domain.translation import Text, gettext, lazy_gettext, lazy_pgettext, ngettext, pgettext
from timely.fingerprint import fingerprint
from timely.models import Event
from timely.queries.timetables import settings_of
from timely.web.fields import BaseForm, ChoiceField, DayField, VersionField, WholeNumberField, lines, text

MOST_DAYS = 14
USUAL_HOURS = "09:00–18:00"
USUAL_REST = 20


class HoursField(StringField):
    """Opening hours such as 09:00–12:00, 13:00–18:00; the input is kept as it was typed."""

    data: Any

    def __init__(self, label: Text, **more: Any):
        super().__init__(label, [self._check], **more)

    @property
    def hours_text(self) -> str:
        return clock_hours_text(read_clock_hours(self.data or ""))

    def _value(self) -> str:
        return closed_text() if self.data == CLOSED else super()._value()

    def _check(self, form: Any, field: Field) -> None:
        self.data = (self.data or "").strip()
        if self.data.casefold() == closed_text().casefold():
            self.data = CLOSED
        try:
            read_clock_hours(self.data)
        except ValidationError as fault:
            raise StopValidation(gettext("This %(fault)s.", fault=fault.message)) from None


def closed_text() -> str:
    """The word that stands for no hours at all, as a reader types it."""
    return pgettext("hours of a pitch", "closed")


class SettingsForm(BaseForm):
    """The fields common to all events; `form_for` adds those of days, pitches and divisions."""

    game_minutes = WholeNumberField(lazy_gettext("Minutes for a game"), 1, LONGEST_GAME)
    changeover_minutes = WholeNumberField(lazy_gettext("Minutes to change over"), 0, LONGEST_GAME)
    rest_minutes = WholeNumberField(lazy_gettext("Minutes of rest for a team"), 0, LONGEST_GAME)
    step_minutes = ChoiceField(lazy_gettext("Games begin at"), [])
    day_count = HiddenField()
    version = VersionField()
    event: Event
    days: int

    def day_fields(self, number: int) -> tuple[Field, Field, list[Field]]:
        """(day, hours of every pitch, own hours of each pitch)"""
        pitches = self.event.pitches if len(self.event.pitches) > 1 else ()
        own = [self[f"pitch_{number}_{pitch.id}"] for pitch in pitches]
        return self[f"day_{number}"], self[f"hours_{number}"], own

    def division_fields(self) -> list[Field]:
        return [self[f"division_{division.id}"] for division in self.event.divisions]

    def validate(self, *more: Any, **named: Any) -> bool:
        return super().validate(*more, **named) and self._validate_days()

    def _validate_days(self) -> bool:
        seen: set[date] = set()
        for number in range(self.days):
            day, hours, own = self.day_fields(number)
            if day.data is None:
                if hours.data or any(field.data for field in own):
                    day.errors = [*day.errors, gettext("Which day is that? Or empty its hours.")]
            elif day.data in seen:
                day.errors = [*day.errors, gettext("This day stands here twice.")]
            elif not any(read_clock_hours(field.data or "") for field in (hours, *own)):
                hours.errors = [*hours.errors, gettext("From when to when? Write it like 09:00–18:00.")]
            seen.add(day.data)
        return not self.errors

    def settings(self) -> Settings:
        days = []
        for number in range(self.days):
            day, hours, own = self.day_fields(number)
            if day.data is not None:
                usual = hours.hours_text
                by_pitch = {field.short_name.rpartition("_")[2]: field.hours_text for field in own if field.data}
                days.append(DayHours(day.data, usual, {key: one for key, one in by_pitch.items() if one != usual}))
        return Settings(
            self.game_minutes.number,
            self.changeover_minutes.number,
            self.rest_minutes.number,
            int(self.step_minutes.data),
            {
                field.short_name.rpartition("_")[2]: field.data
                for field in self.division_fields()
                if field.data is not None and field.data != self.game_minutes.number
            },
            tuple(sorted(days, key=lambda one: one.day)),
        )


def form_for(event: Event, asked: Mapping[str, str] | None = None) -> SettingsForm:
    """The form filled from the event, or from a request *asked* with as many days as it has."""
    settings = settings_of(event) if event.timetable is not None else _suggested(event)
    count = _count(asked.get("day_count", "")) if asked is not None else max(1, len(settings.days))
    if asked is not None and "more" in asked:
        count = min(count + 1, MOST_DAYS)
    fields: dict[str, Any] = {"event": event, "days": count}
    for number in range(count):
        fields[f"day_{number}"] = DayField(
            lazy_gettext("Day %(number)s", number=number + 1) if count > 1 else lazy_gettext("Day")
        )
        fields[f"hours_{number}"] = HoursField(lazy_gettext("Every pitch is open"))
        for pitch in event.pitches:
            fields[f"pitch_{number}_{pitch.id}"] = HoursField(pitch.name)
    for division in event.divisions:
        fields[f"division_{division.id}"] = WholeNumberField(division.name, 1, LONGEST_GAME, required=False)
    form: SettingsForm = type("EventSettingsForm", (SettingsForm,), fields)(
        **({"formdata": None} if asked is None else {}), data={**_data(settings), "version": fingerprint(settings)}
    )
    for number in range(count):
        day, hours, own = form.day_fields(number)
        for one in (day, hours, *own):
            one.flags.unmarked = True  # each may be empty alone, but is not marked as optional
    steps = {*STEPS, settings.step_minutes}
    form.step_minutes.offer((str(one), _step_text(one)) for one in sorted(steps))
    form.day_count.data = str(count)
    return form


def _step_text(minutes: int) -> str:
    if minutes == 1:
        return gettext("any minute")
    return ngettext("whole %(num)s minute", "whole %(num)s minutes", minutes)


def _data(settings: Settings) -> dict[str, Any]:
    data: dict[str, Any] = {
        "game_minutes": settings.game_minutes,
        "changeover_minutes": settings.changeover_minutes,
        "rest_minutes": settings.rest_minutes,
        "step_minutes": str(settings.step_minutes),
        **{f"division_{key}": minutes for key, minutes in settings.division_minutes.items()},
    }
    for number, one in enumerate(settings.days):
        data[f"day_{number}"] = one.day
        data[f"hours_{number}"] = "" if one.hours == CLOSED and one.pitches else one.hours
        data |= {f"pitch_{number}_{key}": hours for key, hours in one.pitches.items()}
    return data


def _suggested(event: Event) -> Settings:
    """The days of the event, or else those of its fixtures."""
    days = sorted({fixture.start_on for fixture in event.fixtures if fixture.start_on})
    if event.starts_on:
        last = min(event.ends_on or event.starts_on, event.starts_on + timedelta(days=MOST_DAYS - 1))
        days = [event.starts_on + timedelta(days=number) for number in range((last - event.starts_on).days + 1)]
    usual = Settings(rest_minutes=USUAL_REST)
    hours = tuple(DayHours(day, USUAL_HOURS) for day in days[:MOST_DAYS])
    return Settings(usual.game_minutes, usual.changeover_minutes, usual.rest_minutes, usual.step_minutes, {}, hours)


def _count(text_: str) -> int:
    return min(max(int(text_), 1), MOST_DAYS) if text_.isascii() and text_.isdigit() and len(text_) < 4 else 1


class AnnounceForm(BaseForm):
    """The fields below the preview: whether to announce the delay, and the announcement."""

    announced = BooleanField(lazy_gettext("Announce it"))
    title = text(lazy_gettext("Title"), 120)
    message = lines(lazy_pgettext("text of an announcement", "More"), 2000)
    fingerprint = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.title.flags.unmarked = True  # required only if it is announced
