"""docs/event-file.md: its example is taken in whole, and every key that is read is named."""

import json
import re
from typing import Any

import pytest

from tests.docs.reading import examples, keys_in
from timely.domain.json_fields import JsonFields
from timely.domain.scores import details
from timely.event_file.read import read_event, read_event_file
from timely.queries.event_files import event_file
from timely.queries.tables import leaderboard
from timely.services.event_files import import_event


@pytest.fixture
def harbour_cup() -> dict[str, Any]:
    (example,) = examples("event-file.md")
    return example


def test_the_example_of_the_event_file_is_taken_in_whole(harbour_cup: dict[str, Any], in_app: None) -> None:
    file = read_event_file(json.dumps(harbour_cup).encode())
    assert file.ignored == []
    event = import_event(file)
    assert event.slug == "harbour-cup"
    assert [(line.team.name, line.standing.points) for line in leaderboard(event)[0].lines] == [
        ("Ash", 3),
        ("Birch", 0),
        ("Cedar", -1),
    ]
    again = event_file(event)
    assert event_file(import_event(read_event(again))) == again


def test_every_key_of_the_event_file_is_named(harbour_cup: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}
    read = JsonFields.read

    def noting(fields: JsonFields, key: str, *how: Any, **bounds: Any) -> Any:
        asked.setdefault(re.sub(r"\[\d+\].*", "", fields.path), set()).add(key)
        return read(fields, key, *how, **bounds)

    monkeypatch.setattr(JsonFields, "read", noting)
    read_event(harbour_cup)
    assert keys_in("event-file.md", "The event") == asked[""]
    # A moment makes day and clock needless, and a knockout match its group: both kinds are in the example.
    assert keys_in("event-file.md", "A match") == asked["matches"]
    assert keys_in("event-file.md", "An announcement") == asked["announcements"]
    assert keys_in("event-file.md", "What a match has in `extra`") == set(details.KEYS)


def test_a_fault_is_named_as_the_page_says(harbour_cup: dict[str, Any]) -> None:
    harbour_cup["matches"][3] = {"home": "Nobody", "away": "Ash"}
    with pytest.raises(Exception, match=re.escape("matches[3].home")):
        read_event(harbour_cup)
