"""Blueprints: forms in, pages or redirects out; `api` speaks JSON."""

from flask import Flask

from timely.blueprints.admin import bp as admin
from timely.blueprints.admin_events import bp as admin_events
from timely.blueprints.announcements import bp as announcements
from timely.blueprints.api import bp as api
from timely.blueprints.audit import bp as audit
from timely.blueprints.auth import bp as auth
from timely.blueprints.deductions import bp as deductions
from timely.blueprints.display import bp as display
from timely.blueprints.divisions import bp as divisions
from timely.blueprints.embed import bp as embed
from timely.blueprints.events import bp as events
from timely.blueprints.fixtures import bp as fixtures
from timely.blueprints.formats import bp as formats
from timely.blueprints.help import bp as help_
from timely.blueprints.home import bp as home
from timely.blueprints.matches import bp as matches
from timely.blueprints.metrics import bp as metrics
from timely.blueprints.monitor import bp as monitor
from timely.blueprints.notifications import bp as notifications
from timely.blueprints.people import bp as people
from timely.blueprints.pitches import bp as pitches
from timely.blueprints.results import bp as results
from timely.blueprints.rules import bp as rules
from timely.blueprints.setup import bp as setup
from timely.blueprints.standings import bp as standings
from timely.blueprints.stream import bp as stream
from timely.blueprints.teams import bp as teams
from timely.blueprints.timetable import bp as timetable

PUBLIC = (home, events, matches, display, embed, setup, auth, help_, stream, api, metrics)
ORGANISERS = (
    admin,
    admin_events,
    teams,
    pitches,
    deductions,
    divisions,
    formats,
    fixtures,
    rules,
    timetable,
    results,
    standings,
    audit,
    announcements,
    people,
    notifications,
    monitor,
)
ALL = (*PUBLIC, *ORGANISERS)


def register_blueprints(app: Flask) -> None:
    for blueprint in ALL:
        app.register_blueprint(blueprint)
