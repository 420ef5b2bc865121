"""Route lookup before the request reaches the app."""

import re
from collections.abc import Hashable
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.wsgi import get_path_info

from timely.web.lru_cache import LruCache

# Unknown paths share one route per section, because the page shows which section it is in.
UNKNOWN = "addresses that do not exist"
SECTIONS = ("api", "matches", "login", "admin")
MAX_BYTES = 1_000_000
VARIABLE = re.compile(r"<[^>]*>")


class Route(NamedTuple):
    """`pattern` is the path pattern as people write it: /events/…/schedule/."""

    endpoint: str
    values: Hashable
    pattern: str


class Routes:
    def __init__(self, app: Flask) -> None:
        self._app = app
        self._cache: LruCache[Route | None] = LruCache(MAX_BYTES)

    def find(self, environ: dict[str, Any]) -> Route | None:
        """None for paths that are not answered by a page, such as redirects."""
        path = get_path_info(environ)
        found = self._cache.get(path)
        if found is None:
            found = self._match(path)
            self._cache.put(path, found, 500 + 2 * len(path))
        return found

    def _match(self, path: str) -> Route | None:
        try:
            rule, values = self._app.url_map.bind("").match(path, "GET", return_rule=True)
        except RequestRedirect:
            return None
        except NotFound:
            section = path.split("/", 2)[1] if "/" in path else ""
            return Route("", section if section in SECTIONS else "", UNKNOWN)
        except HTTPException:
            return None
        return Route(str(rule.endpoint), tuple(sorted(values.items())), VARIABLE.sub("…", rule.rule))
