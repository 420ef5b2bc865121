"""Days, times of day, and the moment that the two say together."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, Field, TimeField
from wtforms.validators import Optional

from timely.clock import local_moment, now
from timely.domain.errors import ValidationError
from timely.services.errors import RuleBroken

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class Typed:
    """Comes before the field that it reads for: what was typed, through `read`, or nothing.

    Where *spelling* does not fit, or `read` knows no such day or time, it says *fault*.
    """

    spelling = fault = ""
    data: Any

    def __init__(self, label: str, **more: Any):
        super().__init__(label, [Optional()], **more)  # type: ignore[call-arg]

    def read(self, typed: str) -> Any:
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        try:
            if not re.fullmatch(self.spelling, typed, re.ASCII):
                raise ValueError
            self.data = self.read(typed)
        except ValueError:
            raise ValueError(self.fault) from None


class DayField(Typed, DateField):
    spelling = r"\d{4}-\d\d-\d\d"
    fault = "There is no such day. Write it like 2026-11-28."

    def read(self, typed: str) -> date:
        return date.fromisoformat(typed)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data and not FIRST_DAY <= self.data <= LAST_DAY:
            self.data = None
            raise ValueError(f"Choose a day from {FIRST_DAY.year} to {LAST_DAY.year}.")


class ClockField(Typed, TimeField):
    spelling = r"\d\d?:\d\d(:00)?"
    fault = "There is no such time. Write it like 14:30."

    def read(self, typed: str) -> time:
        hours, minutes = typed.split(":")[:2]
        return time(int(hours), int(minutes))


def moment_of(day: Field, clock: Field, zone: ZoneInfo, saved: datetime | None = None) -> datetime | None:
    """What the two fields say together on the clocks of *zone*; None without a time.

    A time without a day is today's. The *saved* moment stays as it is, to the second, if that is what they say.
    Raises RuleBroken, beside the time, for one that the clocks leave out.
    """
    if clock.data is None:
        return None
    if day.data is None:
        day.data = now().astimezone(zone).date()
    if saved is not None:
        shown = saved.astimezone(zone)
        if (shown.date(), shown.hour, shown.minute) == (day.data, clock.data.hour, clock.data.minute):
            return saved
    try:
        return local_moment(day.data, clock.data, zone)
    except ValidationError as fault:
        raise RuleBroken(fault.sentence, field=clock.short_name) from None
