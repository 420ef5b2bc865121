"""Doors: a form in, a page or a redirect out."""

from flask import Flask

from timely.blueprints.api import bp as api
from timely.blueprints.display import bp as display
from timely.blueprints.events import bp as events
from timely.blueprints.front import bp as front
from timely.blueprints.matches import bp as matches
from timely.blueprints.results import bp as results

ALL = (front, events, matches, display, results, api)


def register_blueprints(app: Flask) -> None:
    for blueprint in ALL:
        app.register_blueprint(blueprint)
