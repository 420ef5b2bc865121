"""Fields that say in words what is wrong, and keep what was typed; the form that they stand in."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError

from timely.clock import local_moment
from timely.domain.faults import Fault
from timely.event_file.fields import can_be_seen, clean_text
from timely.services.faults import RuleBroken
from timely.timezones import is_timezone

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
COLOURS = {
    "red": "#d62828",
    "orange": "#f77f00",
    "yellow": "#fcbf49",
    "green": "#2a9d4a",
    "teal": "#0f8b8d",
    "light blue": "#4cc9f0",
    "blue": "#2667ff",
    "navy": "#1d3557",
    "purple": "#7b2cbf",
    "pink": "#ef476f",
    "brown": "#8d5524",
    "grey": "#6c757d",
    "black": "#111111",
    "white": "#f8f9fa",
}


class HouseForm(FlaskForm):
    """What every form of the organiser's can do."""

    def add_fault(self, broken: RuleBroken) -> None:
        """Puts what a service refused beside its field, or above the form."""
        name = next(iter(broken.fields), "")
        if name in self._fields:
            self._fields[name].errors = [*self._fields[name].errors, *broken.message.split("\n")]
        else:
            self.form_errors.extend(broken.message.split("\n"))


class VersionField(StringField):
    """Which version of the record the form was drawn with."""

    def seen(self) -> int:
        """The number; -1, which matches no version, where it was garbled."""
        text = self.data or ""
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else -1


class Clean:
    """The text without blanks at its ends; refuses what is too long, and what no page can show."""

    def __init__(self, most: int, *, lines: bool = False, required: str = ""):
        self.most, self.lines, self.required = most, lines, required
        # The browser does not cut what is pasted into several lines: there one sees what is too much.
        self.field_flags = ({} if lines else {"maxlength": most}) | ({"required": True} if required else {})

    def __call__(self, form: Any, field: Field) -> None:
        try:
            field.data = clean_text((field.data or "").replace("\r\n", "\n"), "", most=self.most, lines=self.lines)
        except Fault as fault:
            is_nothing = self.required and not can_be_seen(field.data or "")
            raise StopValidation(self.required if is_nothing else f"This {fault.message}.") from None
        if self.required and not field.data:
            raise StopValidation(self.required)


def text(label: str, most: int, *, required: str = "", **more: Any) -> StringField:
    """One line. *required* is what to say where nothing is typed."""
    return StringField(label, [Clean(most, required=required)], **more)


def lines(label: str, most: int, *, required: str = "", **more: Any) -> TextAreaField:
    return TextAreaField(label, [Clean(most, lines=True, required=required)], **more)


class WholeNumberField(IntegerField):
    """Only what one would write by hand: 1e9, 1_000 and other scripts' digits are none.

    *missing* is what to say where nothing is typed, if that is something else.
    """

    def __init__(
        self, label: str, lowest: int, highest: int, *, required: bool = True, missing: str = "", **more: Any
    ):
        sentence = f"Type a whole number from {lowest} to {highest}."
        self.missing = missing or sentence
        validators = [InputRequired(self.missing) if required else Optional(), self._check]
        more.setdefault("render_kw", {"inputmode": "numeric", "min": lowest, "max": highest})
        super().__init__(label, validators, **more)
        self.lowest, self.highest, self.sentence, self.required = lowest, highest, sentence, required

    @property
    def number(self) -> int:
        """The number of a required field that was found right."""
        assert self.data is not None
        return self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed, re.ASCII):
            raise ValueError(self.sentence)
        self.data = int(typed)

    def _check(self, form: Any, field: Field) -> None:
        if self.process_errors:
            return
        if self.data is None:
            if self.required:
                raise ValidationError(self.missing)
        elif not self.lowest <= self.data <= self.highest:
            raise ValidationError(self.sentence)


class DayField(DateField):
    data: Any

    def __init__(self, label: str, **more: Any):
        super().__init__(label, [Optional()], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", typed, re.ASCII):
                raise ValueError
            day = date.fromisoformat(typed)
        except ValueError:
            raise ValueError("There is no such day. Write it like 2026-11-28.") from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValueError(f"Choose a day from {FIRST_DAY.year} to {LAST_DAY.year}.")
        self.data = day


class ClockField(TimeField):
    data: Any

    def __init__(self, label: str, **more: Any):
        super().__init__(label, [Optional()], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        try:
            if not re.fullmatch(r"\d\d?:\d\d(:00)?", typed, re.ASCII):
                raise ValueError
            hours, minutes = typed.split(":")[:2]
            self.data = time(int(hours), int(minutes))
        except ValueError:
            raise ValueError("There is no such time. Write it like 14:30.") from None


class ChoiceField(SelectField):
    """One of a list; whatever else is sent is refused in words, above all another event's id."""

    def __init__(self, label: str, choices: list[tuple[str, str]] | None = None, **more: Any):
        super().__init__(label, choices=options(choices or ()), **more)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Sets what may be chosen: (value, text)."""
        self.choices = options(choices)

    def pre_validate(self, form: Any) -> None:
        if self.data not in {str(value) for value, *_ in self.choices}:
            raise StopValidation("Choose one from the list.")

    def chosen_text(self) -> str:
        return next((label for value, label, *_ in self.choices if value == self.data), "")


class ColourField(StringField):
    """`#d62828`, or one of the usual colours by name."""

    data: Any

    def __init__(self, label: str, **more: Any):
        super().__init__(label, [self._check], **more)

    def _check(self, form: Any, field: Field) -> None:
        typed = " ".join((self.data or "").split()).lower()
        colour = COLOURS.get(typed, typed)
        if colour and not re.fullmatch(r"#[0-9a-f]{6}", colour, re.ASCII):
            raise StopValidation("Write a colour like #d62828, or by name: " + ", ".join(COLOURS) + ".")
        self.data = colour


class TimezoneField(StringField):
    data: Any

    def __init__(self, label: str, **more: Any):
        super().__init__(label, [self._check], **more)
        self.flags.required = True

    def _check(self, form: Any, field: Field) -> None:
        self.data = (self.data or "").strip()
        if not is_timezone(self.data):
            raise StopValidation("There is no such time zone. Choose one from the list, such as Europe/Dublin.")


def moment_of(day: Field, clock: Field, zone: ZoneInfo, saved: datetime | None = None) -> datetime | None:
    """What the two fields say together on the clocks of *zone*; None without a time.

    The *saved* moment stays as it is, to the second, if that is what they say. Raises RuleBroken, beside the right
    one of them, for a time without a day and for one that the clocks leave out.
    """
    if clock.data is None:
        return None
    if day.data is None:
        raise RuleBroken("A time needs its day.", field=day.short_name)
    if saved is not None:
        shown = saved.astimezone(zone)
        if (shown.date(), shown.hour, shown.minute) == (day.data, clock.data.hour, clock.data.minute):
            return saved
    try:
        return local_moment(day.data, clock.data, zone)
    except Fault as fault:
        raise RuleBroken(f"{fault.message[0].upper()}{fault.message[1:]}.", field=clock.short_name) from None


def options(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, text) for value, text in choices]
