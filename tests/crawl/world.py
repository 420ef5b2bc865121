"""Four events with everything in them, three of them hidden in some way, and people with rights in one or the other.

All that is of a hidden event has its mark in its name or text; of the held one the marks are results entered since the
tables are held back.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask

from tests.conftest import get_event, make_user
from timely.clock import now
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import AuditEntry, Event, Notification, Token, User
from timely.services import deductions, divisions, freeze, people, results
from timely.services.announcements import announce
from timely.services.event_files import import_event
from timely.services.score_validation import Score

OPEN, DRAFT, PRIVATE, HELD = "open", "draft", "private", "held"
KINDS = (OPEN, DRAFT, PRIVATE, HELD)
HELD_SCORE = Score(917, 846)

# Whole words: a fingerprint or a time may hold any digits.
MARKS = {
    DRAFT: re.compile(r"zebu", re.IGNORECASE),
    PRIVATE: re.compile(r"quagga", re.IGNORECASE),
    HELD: re.compile(r"(?<![0-9a-z_.])(917|846)(?![0-9a-z_])", re.IGNORECASE),
}
NAMES = {OPEN: "Heron", DRAFT: "Zebu", PRIVATE: "Quagga", HELD: "Ibis"}


@dataclass
class Part:
    """One event: its slug and key, and the ids of what is in it, by the names that addresses give them."""

    kind: str
    event_id: int
    slug: str
    key: str
    ids: dict[str, int] = field(default_factory=dict)


@dataclass
class World:
    app: Flask
    events: dict[str, Part]
    people: dict[str, int | None]
    tokens: dict[str, str]


def make_world(app: Flask) -> World:
    with app.app_context():
        events = {kind: _make_event(kind) for kind in KINDS}
        hidden = [events[kind].event_id for kind in (DRAFT, PRIVATE, HELD)]
        pitch = events[PRIVATE].ids["pitch_id"]
        found = {
            "anonymous": None,
            "scorer elsewhere": make_user(app, "Sam", "scorer", events[OPEN].event_id),
            "scorer of a pitch": make_user(app, "Petra", "scorer", events[PRIVATE].event_id, pitch=pitch),
            "organiser elsewhere": make_user(app, "Otto", "organiser", events[OPEN].event_id),
            "organiser": make_user(app, "Olga", "organiser", *hidden),
            "administrator": make_user(app, "Ada", "administrator"),
        }
        scorer = db.session.get_one(User, found["scorer of a pitch"])
        for kind in (DRAFT, HELD):
            event = get_event(events[kind].event_id)
            people.give_right(scorer, event, event.pitches[0], by=None)
        for part in events.values():
            part.ids["user_id"] = scorer.id
            part.ids["right_id"] = scorer.rights[0].id
        users = {role: db.session.get_one(User, id_) for role, id_ in found.items() if id_ is not None}
        tokens = {role: people.create_token(user) for role, user in users.items()}
        for part in events.values():
            part.ids["token_id"] = db.session.query(Token).filter_by(user_id=scorer.id).one().id
        return World(app, events, found, tokens)


def _make_event(kind: str) -> Part:
    name = NAMES[kind]
    teams = [f"{name} {letter}" for letter in "ABCD"]
    data: dict[str, Any] = {
        "name": f"{name} Cup",
        "sport": "football",
        "timezone": "Europe/Dublin",
        "season": f"{name} season",
        "venue": f"{name} ground",
        "details": f"{name} details",
        "teams": teams,
        "pitches": [f"{name} pitch", f"{name} court"],
        "groups": {"A": teams[:2], "B": teams[2:]},
        "matches": [
            _match(teams[0], teams[1], f"{name} pitch", "A"),
            _match(teams[2], teams[3], f"{name} court", "B"),
            _match(teams[1], teams[0], f"{name} pitch", "A"),
        ],
    }
    event = import_event(read_event(data))
    # It is on before anything is hidden, so that all of it has been told.
    event.status, event.visibility = "DRAFT" if kind == DRAFT else "LIVE", "private" if kind == PRIVATE else "public"
    db.session.commit()
    results.enter_score(event.fixtures[0], Score(2, 1), by=None, reason=f"{name} reason")
    deductions.deduct(event, event.teams[0], 1, by=None, reason=f"{name} deduction")
    announce(event, title=f"{name} urgent", message=f"{name} message", priority="urgent", by=None)
    announce(event, title=f"{name} waiting", publish_at=now() + timedelta(days=2), by=None)
    divisions.add_divisions(event, f"{name} division", by=None)
    if kind == HELD:
        freeze.freeze(event, by=None)
        results.enter_score(event.fixtures[1], HELD_SCORE, by=None)
    return Part(kind, event.id, event.slug, event.access_key, _ids(event))


def _match(home: str, away: str, pitch: str, group: str) -> dict[str, str]:
    at = now().astimezone()
    return {
        "home": home,
        "away": away,
        "date": at.date().isoformat(),
        "time_local": "10:00" if group == "A" else "11:00",
        "pitch": pitch,
        "group": group,
    }


def _ids(event: Event) -> dict[str, int]:
    sent = db.session.query(Notification).filter_by(event_id=event.id).one()
    action = db.session.query(AuditEntry).filter_by(event_id=event.id).order_by(AuditEntry.id.desc()).first()
    assert action is not None
    return {
        "event_id": event.id,
        "fixture_id": event.fixtures[1].id,
        "announcement_id": event.announcements[0].id,
        "deduction_id": event.deductions[0].id,
        "division_id": event.divisions[0].id,
        "pitch_id": event.pitches[0].id,
        "team_id": event.teams[0].id,
        "table_id": event.stages[0].groups[0].id,
        "entry_id": action.id,
        "notification_id": sent.id,
    }
