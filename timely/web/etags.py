"""ETag handling and rendered-page cache: a page's ETag is made of the versions of what it shows."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import metrics
from timely.domain.translation import current_language
from timely.fingerprint import fingerprint
from timely.queries.versions import epoch
from timely.web.errors import is_api
from timely.web.header_notifications import notification_versions
from timely.web.lru_cache import LruCache
from timely.web.query_arguments import arguments_read
from timely.web.response_cache import SHARED_TAG

MAX_BYTES = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page rendered for everybody, before compression."""

    body: bytes
    content_type: str


def init_app(app: Flask) -> None:
    app.extensions["timely.web.etags"] = LruCache[RenderedPage](MAX_BYTES)
    # A page from another run of Timely, perhaps with other templates, must not match.
    app.extensions["timely.run"] = secrets.token_hex(4)


def with_etag(versions: Mapping[str, int], make: Callable[[], ResponseReturnValue], *more: Any) -> ResponseReturnValue:
    """The response of *make* with an ETag, or 304 if the visitor has it. *more* is what else the page depends on.

    Arguments that *make* uses must be read before the call: a response that depends on others is not cached.
    Versions are read before rendering, so that a change in between can make the ETag stale, but never the page.
    """
    if not is_api() and (current_user.is_authenticated or "_flashes" in session):
        return make()  # such pages hold names, forms and one-time flash messages
    header = {} if is_api() else notification_versions(current_user)
    known = {**arguments_read(request)}
    parts = (sorted(versions.items()), sorted(header.items()), sorted(known.items()), current_language().code, more)
    tag = fingerprint(current_app.extensions["timely.run"], epoch(), request.url_root, request.path, *parts)
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else _page(tag, known, make)
    if _is_shared() and known == arguments_read(request):
        request.environ[SHARED_TAG] = tag
    response.set_etag(tag, weak=True)
    response.headers["Vary"] = "Authorization, Cookie" if is_api() else "Cookie, Accept-Language"
    return response


def mark_shared(response: Response) -> None:
    """Lets the response cache keep *response*, if it has an ETag, for everybody who sends the same arguments."""
    tag, _ = response.get_etag()
    if tag and _is_shared():
        request.environ[SHARED_TAG] = tag


def _page(tag: str, known: dict[str, Any], make: Callable[[], ResponseReturnValue]) -> Response:
    pages: LruCache[RenderedPage] = current_app.extensions["timely.web.etags"]
    found = pages.get(tag) if _is_shared() else None
    if found is not None:
        metrics.RENDERED_BEFORE.inc()
        return Response(found.body, content_type=found.content_type)
    metrics.RENDERED_NOW.inc()
    response = make_response(make())
    is_complete = response.status_code == 200 and not response.is_streamed and known == arguments_read(request)
    if is_complete and _is_shared():
        body = response.get_data()
        pages.put(tag, RenderedPage(body, response.content_type or ""), len(body))
    return response


def _is_shared() -> bool:
    """Whether the response is the same for all visitors. Asked again after rendering, which may add a form."""
    return not (
        current_user.is_authenticated
        or "_flashes" in session
        or session.modified
        or "csrf_token" in g
        or "Authorization" in request.headers
        or "key" in arguments_read(request)  # the key of a private event
    )
