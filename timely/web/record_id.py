"""URL converter for ids: a number that no record can have is an address that does not exist."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

from timely.models.ids import LARGEST_ID


class RecordId(IntegerConverter):
    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"max": LARGEST_ID, **options})


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RecordId
