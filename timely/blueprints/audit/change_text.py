"""Formats the changes of an audit entry: label, before, after."""

from collections.abc import Mapping
from typing import Any

from timely.blueprints.audit.words import DETAILS, LABELS, NO, UNREADABLE, WORDS, YES
from timely.models import AuditEntry
from timely.models.columns import is_unreadable
from timely.presenters.number_text import DASH

MOST_CHARACTERS = 160


def change_lines(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """(label, before, after) of each value that changed; "" where there is no value."""
    if is_unreadable(entry.before, entry.after):
        return [(str(DETAILS), str(UNREADABLE), "")]
    before, after = _paired(entry.before), _paired(entry.after)
    keys = dict.fromkeys([*before, *after])
    lines = [(_label(key), _value_text(key, before.get(key)), _value_text(key, after.get(key))) for key in keys]
    return [line for line in lines if line[1] != line[2]]


def _paired(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values, with each pair of scores or penalties joined into one text."""
    found = dict(values or {})
    if not found.get("running"):
        found.pop("running", None)  # only worth showing while a game is on
    for kind in ("score", "pens"):
        home, away = found.get(f"home_{kind}"), found.pop(f"away_{kind}", None)
        if home is not None and away is not None:
            found[f"home_{kind}"] = f"{home}{DASH}{away}"
    return found


def _label(key: str) -> str:
    return str(LABELS.get(key) or key.replace("_", " ").capitalize())


def _value_text(key: str, value: Any) -> str:
    word = WORDS.get(key, {}).get(value) if isinstance(value, str) else None
    return str(word) if word else shown(value)


def shown(value: Any) -> str:
    """The value formatted for people."""
    if isinstance(value, Mapping):
        text = ", ".join(f"{str(key).replace('_', ' ')} {shown(inner)}" for key, inner in value.items())
    elif isinstance(value, list | tuple):
        text = ", ".join(shown(one) for one in value)
    elif value is None or isinstance(value, bool):
        text = str({None: "", True: YES, False: NO}[value])
    else:
        text = str(value)
        text = text.lower() if text.isupper() and len(text) > 3 else text
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
