"""Answers 304 where nothing changed, and draws a page once per version: its ETag is the versions of what it shows."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import metrics
from timely.fingerprint import fingerprint
from timely.queries.versions import epoch
from timely.web.errors import is_api
from timely.web.header_notifications import notice_versions
from timely.web.lru_cache import LruCache
from timely.web.query_arguments import arguments_read
from timely.web.response_cache import FOR_EVERYBODY

MOST_BYTES = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """What was drawn for everybody, before it is zipped."""

    body: bytes
    content_type: str


def init_app(app: Flask) -> None:
    app.extensions["timely.web.page_cache"] = LruCache[Page](MOST_BYTES)
    # A page made by another run of Timely, perhaps with newer templates, is not the same page.
    app.extensions["timely.run"] = secrets.token_hex(4)


def with_etag(
    versions: Mapping[str, int], make: Callable[[], ResponseReturnValue], *more: Any
) -> ResponseReturnValue:
    """What *make* answers, with an ETag; or 304 if the visitor has it. *more* is what else the page depends on.

    Arguments that *make* reads are read before: an answer that depends on others is kept for nobody.
    Versions are read before the page is made, so that a change in between makes the tag old, never the page.
    """
    if not is_api() and (current_user.is_authenticated or "_flashes" in session):
        return make()  # their pages carry names, forms, a word that is said once
    header = {} if is_api() else notice_versions(current_user)
    known = {**arguments_read(request)}
    told = (sorted(versions.items()), sorted(header.items()), sorted(known.items()), more)
    tag = fingerprint(current_app.extensions["timely.run"], epoch(), request.url_root, request.path, *told)
    answer = Response(status=304) if request.if_none_match.contains_weak(tag) else _page(tag, known, make)
    if _is_for_everybody() and known == arguments_read(request):
        request.environ[FOR_EVERYBODY] = tag
    answer.set_etag(tag, weak=True)
    answer.headers["Vary"] = "Authorization, Cookie" if is_api() else "Cookie"
    return answer


def for_everybody(answer: Response) -> None:
    """Keeps the answer, which has an ETag, for whoever asks with the same arguments."""
    tag, _ = answer.get_etag()
    if tag and _is_for_everybody():
        request.environ[FOR_EVERYBODY] = tag


def _page(tag: str, known: dict[str, Any], make: Callable[[], ResponseReturnValue]) -> Response:
    pages: LruCache[Page] = current_app.extensions["timely.web.page_cache"]
    found = pages.get(tag) if _is_for_everybody() else None
    if found is not None:
        metrics.DRAWN_BEFORE.inc()
        return Response(found.body, content_type=found.content_type)
    metrics.DRAWN_NOW.inc()
    answer = make_response(make())
    is_whole = answer.status_code == 200 and not answer.is_streamed and known == arguments_read(request)
    if is_whole and _is_for_everybody():
        body = answer.get_data()
        pages.put(tag, Page(body, answer.content_type or ""), len(body))
    return answer


def _is_for_everybody() -> bool:
    """Whether whoever asks with these words may have this answer. Asked again once it is made: it may hold a form."""
    return not (
        current_user.is_authenticated
        or "_flashes" in session
        or session.modified
        or "csrf_token" in g
        or "Authorization" in request.headers
        or "key" in arguments_read(request)  # it opens what is private
    )
