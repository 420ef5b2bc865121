"""Warm-up of a server that has just started: compiles the templates of spectators' pages, and assembles their scripts.

Done step by step while the server answers already. The first page of a hall that comes back would take a fifth of a
second longer otherwise, and everybody behind it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from flask import Flask

from timely.services.batches import yield_to_others
from timely.web import script_bundle, sheet_bundle

# Pages that hundreds may ask for at once. An organiser's page is compiled when its first visitor comes.
FOLDERS = ("_macros/", "_partials/", "display/", "embed/", "errors/", "events/", "home/", "matches/")
BASE = "base.html"


def warm_up(app: Flask) -> None:
    """Runs all steps; other tasks run after each."""
    for step in steps(app):
        step()
        yield_to_others()


def steps(app: Flask) -> Iterator[Callable[[], Any]]:
    """Each takes some milliseconds."""
    for name in app.jinja_env.list_templates():
        if name == BASE or name.startswith(FOLDERS):
            yield partial(app.jinja_env.get_template, name)
    bundles = [script_bundle.PARTS, script_bundle.PAGE_PARTS, *script_bundle.FILES.values()]
    for name in dict.fromkeys(name for parts in bundles for name in parts):
        yield partial(script_bundle.part, name)
    for parts in bundles:
        yield partial(script_bundle.fingerprint, parts)
    for sheet in sheet_bundle.SHEETS:
        yield partial(sheet_bundle.fingerprint, sheet)
