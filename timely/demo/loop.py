"""Plays the example event while Timely serves: a step every few seconds, however users change the event."""

import logging
from random import Random

from flask import Flask

from timely.clock import now
from timely.database.errors import DatabaseBusy
from timely.database.transactions import Conflict
from timely.demo.example import example_event, make_example_event
from timely.demo.play import step
from timely.demo.timetable import is_out_of_date, lay_out
from timely.extensions import db, socketio
from timely.live.hub import Hub
from timely.services.errors import NotAllowed, RuleBroken, StaleVersion

log = logging.getLogger(__name__)

PAUSE_SECONDS = (2.5, 4.5)


def start(app: Flask) -> str:
    """The slug of the example event, which is made if there is none, and plays from now on."""
    with app.app_context():
        slug = make_example_event().slug
        db.session.remove()
    socketio.start_background_task(_play, app, app.extensions["timely.hub"])
    return slug


def take_step(chance: Random) -> str:
    """Takes one step of the example event, if it still exists. Needs an app context."""
    event = example_event()
    if event is None or event.status != "LIVE":
        return ""
    if is_out_of_date(event, now()):
        lay_out(event, now())
        return "lay out"
    return step(event, now(), chance)


def _play(app: Flask, hub: Hub) -> None:
    chance = Random()
    while not hub.is_stopped:
        socketio.sleep(chance.uniform(*PAUSE_SECONDS))
        with app.app_context():
            try:
                take_step(chance)
            except (Conflict, DatabaseBusy, NotAllowed, RuleBroken, StaleVersion) as refused:
                # Somebody saved first, or has changed the game: the next step starts from the new state.
                log.info("the demo could not play on: %r", refused)
            except Exception:
                log.exception("the demo could not play on; trying again")
            finally:
                db.session.remove()
