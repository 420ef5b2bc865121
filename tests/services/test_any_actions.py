"""After any actions: undone in reverse they leave the same file, each file goes round, and who follows is told all.

The words of the actions are in actions.py.
"""

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import LEAGUE, get_event
from tests.services import actions
from tests.services.test_freeze import MEET
from tests.services.test_undo import last_entry
from tests.services.test_undo_cup import COSTLY
from timely.event_file.read import read_event_file
from timely.extensions import db
from timely.live import messages
from timely.models import AuditEntry, Event
from timely.queries.event_files import event_file_text
from timely.queries.versions import all_versions
from timely.services.dry_run import dry_run
from timely.services.errors import RuleBroken
from timely.services.event_files import import_event
from timely.services.undo import undo

TREES = ("Ash", "Birch", "Cedar", "Dogwood")
DIVIDED = {
    "divisions": ["U10", "Women"],
    "teams": [{"name": f"{name} {word}", "division": word} for word in ("U10", "Women") for name in TREES],
    "matches": [],
}
BARE = {"matches": [], "teams": [f"Team {number}" for number in range(1, 8)]}
EVENTS = st.sampled_from((LEAGUE, MEET, DIVIDED, BARE))
# Scores and formats make what the others change.
WORDS = st.sampled_from((*actions.ACTIONS, *["score"] * 8, *["make format"] * 3))
SEQUENCES = st.lists(st.tuples(WORDS, st.integers(0, 10**6)), min_size=5, max_size=25)


def is_done(word: str, event: Event, seed: int) -> bool:
    try:
        actions.do(word, event, seed)
    except RuleBroken:
        return False
    return True


def entry_after(id_: int) -> AuditEntry | None:
    """The action's own entry; what it brought along, such as its announcement, has others behind it."""
    return db.session.scalars(select(AuditEntry).where(AuditEntry.id > id_).order_by(AuditEntry.id)).first()


@settings(COSTLY, max_examples=25)
@given(kind=EVENTS, sequence=SEQUENCES)
def test_undone_in_reverse_and_each_file_goes_round(in_app, make_event, kind, sequence):
    event = get_event(make_event(**kind))
    states = [(event_file_text(event), event.frozen)]
    entries = []
    for word, seed in sequence:
        before = last_entry().id
        if not is_done(word, event, seed):
            assert (event_file_text(event), event.frozen) == states[-1]
            continue
        entry = entry_after(before)
        if entry is None or not entry.changes:
            assert event_file_text(event) == states[-1][0]
            continue
        entries.append(entry.id)
        states.append((event_file_text(event), event.frozen))
    stands_for: dict[int, int] = {}  # an action that was undone and done again is taken back by its second time
    for entry_id, state in zip(reversed(entries), reversed(states[:-1]), strict=True):
        again = undo(db.session.get_one(AuditEntry, stands_for.get(entry_id, entry_id)), by=None)
        undone = db.session.get_one(AuditEntry, entry_id).undoes_id
        if undone:
            stands_for[undone] = again.id
        assert (event_file_text(event), event.frozen) == state
    for text in {states[-1][0], states[len(states) // 2][0]}:
        file = read_event_file(text.encode())
        assert file.ignored == []
        assert event_file_text(import_event(file)) == text


@settings(COSTLY, max_examples=12)
@given(kind=EVENTS, sequence=SEQUENCES)
def test_asking_what_would_be_saves_tells_and_numbers_nothing(in_app, make_event, kind, sequence):
    event = get_event(make_event(**kind))
    for word, seed in sequence[: len(sequence) // 2]:
        is_done(word, event, seed)
    before = (event_file_text(event), event.frozen, numbers(event), all_versions(), last_entry().id)
    for word, seed in sequence:
        with suppress(RuleBroken), dry_run(event):
            actions.do(word, event, seed)
        assert (event_file_text(event), event.frozen, numbers(event), all_versions(), last_entry().id) == before, word


def numbers(event: Event) -> list[tuple[int, int, int | None]]:
    return [(one.id, one.version, one.saved_no) for one in event.fixtures]


def shown(topic: str, data: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """What a page shows that had *old* and got the message: {} before it had one."""
    if topic == "results":
        tables = [{**data["table"], "leaderboard": data["leaderboard"]}] if data["table"] else []
        return {**old, **{one["id"]: one for one in tables + data["more_tables"]}, "best": data["comparisons"]}
    rows = data["fixtures" if topic == "schedule" else "announcements"]
    return {id_: row for id_, row in {**old, **by_id(rows)}.items() if id_ not in data["removed"]}


def by_id(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    # A save that changes nothing which is shown raises the version all the same, and is told to nobody.
    return {row["id"]: {key: value for key, value in row.items() if key != "version"} for row in rows}


@settings(COSTLY, max_examples=15)
@given(kind=EVENTS, sequence=SEQUENCES)
def test_who_follows_sees_what_who_comes_anew_sees(in_app, make_event, kind, sequence):
    event = get_event(make_event(**{**kind, "status": "LIVE"}))
    topics = {key: f"event_{event.id}_{key}" for key in ("results", "schedule", "announcements")}
    versions, pages = dict.fromkeys(topics, 0), {key: {} for key in topics}
    for word, seed in [("score", 0), *sequence]:
        is_done(word, event, seed)
        for key, topic in topics.items():
            message = messages.build(topic, versions[key])
            if message["version"] > versions[key]:
                pages[key] = shown(key, message["data"], pages[key] if message["since"] else {})
                versions[key] = message["version"]
            assert pages[key] == shown(key, messages.build(topic, 0)["data"], {}), word
