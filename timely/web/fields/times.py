"""Day and time fields, and the moment that both give together."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, Field, TimeField
from wtforms.validators import Optional

from timely.clock import local_moment, now
from timely.domain.errors import ValidationError
from timely.domain.translation import Text, gettext, lazy_gettext
from timely.services.errors import RuleBroken

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class Typed:
    """Mixin, to precede the field class: parses the typed text with `read`, or gives None for none.

    Text that does not match *spelling*, or that `read` rejects, gives the error *fault*.
    """

    spelling = ""
    fault: Text = ""
    data: Any

    def __init__(self, label: Text, **more: Any):
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
            raise ValueError(str(self.fault)) from None


class DayField(Typed, DateField):
    spelling = r"\d{4}-\d\d-\d\d"
    fault = lazy_gettext("There is no such day. Write it like 2026-11-28.")

    def read(self, typed: str) -> date:
        return date.fromisoformat(typed)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data and not FIRST_DAY <= self.data <= LAST_DAY:
            self.data = None
            raise ValueError(
                gettext("Choose a day from %(first)s to %(last)s.", first=FIRST_DAY.year, last=LAST_DAY.year)
            )


class ClockField(Typed, TimeField):
    spelling = r"\d\d?:\d\d(:00)?"
    fault = lazy_gettext("There is no such time. Write it like 14:30.")

    def read(self, typed: str) -> time:
        hours, minutes = typed.split(":")[:2]
        return time(int(hours), int(minutes))


def moment_of(day: Field, clock: Field, zone: ZoneInfo, saved: datetime | None = None) -> datetime | None:
    """The moment that both fields give in *zone*; None without a time.

    A time without a day is taken as today's. If the fields show the *saved* moment, it is kept to the second.
    Raises RuleBroken, for the time's field, if clocks skip that time.
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
        raise RuleBroken(str(fault.sentence), field=clock.short_name) from None
