"""Parses the pitches of an event file: those that it lists, and those that only its matches name."""

from collections.abc import Sequence

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext
from timely.event_file.contents import MatchPart
from timely.event_file.fields import Fields
from timely.event_file.limits import MOST_PITCHES


def read_pitches(fields: Fields) -> dict[str, str]:
    """{name: its time zone, "" for the event's own}."""
    pitches: dict[str, str] = {}
    for i, item in enumerate(fields.items("pitches", MOST_PITCHES)):
        entry = Fields(item if isinstance(item, dict) else {"name": item}, f"pitches[{i}]", fields.ignored)
        name = entry.text("name", most=60, required=True)
        if name in pitches:
            raise ValidationError(f"pitches[{i}]", lazy_gettext("%(name)s stands in the list twice", name=repr(name)))
        pitches[name] = entry.timezone("timezone", "")
        entry.note_unknown()
    return pitches


def add_named_pitches(pitches: dict[str, str], matches: Sequence[MatchPart]) -> None:
    """Adds the pitches that only matches name. Raises ValidationError if they are too many in all."""
    for number, match in enumerate(matches):
        if match.pitch:
            pitches.setdefault(match.pitch, "")
        if len(pitches) > MOST_PITCHES:
            raise ValidationError(
                f"matches[{number}].pitch",
                lazy_gettext("is one pitch more than the %(most)s that an event may have", most=MOST_PITCHES),
            )
