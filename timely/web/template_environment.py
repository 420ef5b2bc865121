"""Jinja environment that reads a dict's item before its attributes: what pages show are dicts."""

from typing import Any

from flask.templating import Environment


class TemplateEnvironment(Environment):
    """Jinja tries attributes first, which fails for every cell of a row, and raises and catches an error each time."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)
