"""Answers 304 where nothing changed: a page's ETag is the versions of what it shows."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.errors import is_api
from timely.marks import mark_of
from timely.notices import notice_versions
from timely.queries.versions import epoch

# A page made by another run of Timely, perhaps with newer templates, is not the same page.
THIS_RUN = secrets.token_hex(4)


def unless_unchanged(
    versions: Mapping[str, int], make: Callable[[], ResponseReturnValue], *more: Any
) -> ResponseReturnValue:
    """What *make* answers, with an ETag; or 304 if the visitor has it. *more* is what else the page depends on.

    Versions are read before the page is made, so that a change in between makes the tag old, never the page.
    """
    if not is_api() and (current_user.is_authenticated or "_flashes" in session):
        return make()  # their pages carry names, forms, a word that is said once
    header = {} if is_api() else notice_versions(current_user)
    tag = mark_of(THIS_RUN, epoch(), request.full_path, sorted(versions.items()), sorted(header.items()), more)
    has_it = request.if_none_match.contains_weak(tag)
    answer = Response(status=304) if has_it else make_response(make())
    answer.set_etag(tag, weak=True)
    answer.headers["Vary"] = "Authorization, Cookie" if is_api() else "Cookie"
    return answer
