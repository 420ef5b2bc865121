"""Formats the changes of an audit entry: label, before, after."""

from collections.abc import Mapping
from typing import Any

from timely.models import AuditEntry
from timely.models.columns import is_unreadable
from timely.presenters.number_text import DASH

LABELS = {
    "home_score": "Score",
    "home_pens": "Penalties",
    "start_at": "Time",
    "start_on": "Day",
    "publish_at": "From",
    "expires_at": "Until",
    "extra": "Details",
    "running": "Still on",
    "decided_by": "Decided by",
    "left": "Has left",
    "counts_from": "Counting results",
}
MOST_CHARACTERS = 160


def change_lines(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """(label, before, after) of each value that changed; "" where there is no value."""
    if is_unreadable(entry.before, entry.after):
        return [("Details", "unreadable", "")]
    before, after = _paired(entry.before), _paired(entry.after)
    lines = [(_label(key), shown(before.get(key)), shown(after.get(key))) for key in dict.fromkeys([*before, *after])]
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
    return LABELS.get(key) or key.replace("_", " ").capitalize()


def shown(value: Any) -> str:
    """The value formatted for people."""
    if isinstance(value, Mapping):
        text = ", ".join(f"{str(key).replace('_', ' ')} {shown(inner)}" for key, inner in value.items())
    elif isinstance(value, list | tuple):
        text = ", ".join(shown(one) for one in value)
    elif value is None or isinstance(value, bool):
        text = {None: "", True: "yes", False: "no"}[value]
    else:
        text = str(value)
        text = text.lower() if text.isupper() and len(text) > 3 else text
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
