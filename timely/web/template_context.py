"""Template context: static addresses with their fingerprint, the icon, access checks, header notifications."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, url_for

from launch.messages import START
from launch.version import VERSION
from timely import access
from timely.presenters import date_text, round_text
from timely.presenters.list_sort_keys import sort_keys_by_day
from timely.presenters.non_breaking_text import whole
from timely.presenters.pitch_text import pitch_words
from timely.web import script_bundle, sheet_bundle
from timely.web.header_notifications import header_notices, with_notices
from timely.web.time_slices import in_slices


def init_app(app: Flask) -> None:
    static_folder = Path(app.static_folder or "")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["whole"] = whole
    for text in (
        date_text.time_text,
        date_text.time_with_seconds_text,
        date_text.numeric_day_text,
        round_text.round_text,
    ):
        app.jinja_env.filters[text.__name__] = text
    app.jinja_env.filters["in_slices"] = in_slices
    app.jinja_env.filters["sort_keys_by_day"] = sort_keys_by_day

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "static": lambda name: url_for("static", filename=name, v=_fingerprint(static_folder, name)),
            "live_script": lambda: url_for("embed.own_script", v=script_bundle.fingerprint(script_bundle.PAGE_PARTS)),
            "icon": _icon,
            "start": START,
            "timely_version": VERSION,
            "may": access,
            "header_notices": header_notices,
            "pitch_words": pitch_words,
            "with_notices": with_notices,
        }


@cache
def _icon() -> str:
    """Inlined: it is smaller than the headers of a response of its own."""
    return f"data:image/svg+xml,{quote(Path(script_bundle.STATIC, 'icon.svg').read_text('utf-8').strip())}"


@cache
def _fingerprint(folder: Path, name: str) -> str:
    if name in sheet_bundle.SHEETS:
        return sheet_bundle.fingerprint(name)
    if name in script_bundle.FILES:
        return script_bundle.fingerprint(script_bundle.FILES[name])
    path = folder / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""
