"""Opening hours in their usual notation: "09:00–12:00, 13:00–18:00"."""

import re
from collections.abc import Sequence

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext

CLOSED = "closed"
MOST_SPANS = 6
LONGEST = 120  # characters
MIDNIGHT = 24 * 60

Span = tuple[int, int]  # from, until, in minutes of the day

_SPAN = re.compile(r"(\d\d?)(?:[:.](\d\d))?\s*(?:-|–|to)\s*(\d\d?)(?:[:.](\d\d))?", re.ASCII)


def read_clock_hours(text: str, path: str = "hours") -> tuple[Span, ...]:
    """The spans in order and not adjacent; () for "" and "closed". Raises ValidationError."""
    text = text.strip()
    if not text or text.casefold() == CLOSED:
        return ()
    if len(text) > LONGEST:
        raise ValidationError(path, lazy_gettext("is too long: at most %(most)s characters", most=LONGEST))
    spans = [_span(part.strip(), path) for part in re.split(r"[,;]", text)]
    if len(spans) > MOST_SPANS:
        raise ValidationError(
            path, lazy_gettext("has %(count)s spans of time, at most %(most)s", count=len(spans), most=MOST_SPANS)
        )
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def clock_hours_text(spans: Sequence[Span]) -> str:
    """The spans as `09:00–12:00, 13:00–18:00`; "closed" if there are none."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in spans) or CLOSED


def _span(text: str, path: str) -> Span:
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValidationError(
            path, lazy_gettext("cannot be read; write hours like 09:00–18:00, or 09:00–12:00, 13:00–18:00")
        )
    start, end = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if max(start, end) > MIDNIGHT or int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
        raise ValidationError(path, lazy_gettext("has a time that no clock shows; a day goes from 00:00 to 24:00"))
    if end <= start:
        spelled = f"{_clock(start)}–{_clock(end)}"
        raise ValidationError(
            path,
            lazy_gettext(
                "ends before it begins: %(hours)s; what is after midnight belongs to the next day", hours=spelled
            ),
        )
    return start, end


def _minutes(hours: str, minutes: str | None) -> int:
    return int(hours) * 60 + int(minutes or 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
