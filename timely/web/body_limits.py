"""Limits on request bodies: bytes in all, and the number of form fields."""

from io import BytesIO
from typing import IO, Any, NamedTuple

from flask import Flask, request, session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

KB = 1024


class BodyLimit(NamedTuple):
    """`form_bytes` limits the bytes of everything but files."""

    total: int
    form_bytes: int
    fields: int


USUAL = BodyLimit(64 * KB, 64 * KB, 1_000)
# Upper bounds for a client without a session: a form whose session has ended is kept and sent again after signing in.
SIGNED_OUT = BodyLimit(256 * KB, 256 * KB, 2_000)
# Endpoints that take more, all for signed-in users: a file, or the form of the largest possible event.
# A non-Latin character takes up to nine bytes in a URL-encoded form.
BY_ENDPOINT = {
    "admin_events.import_": BodyLimit(8 * KB * KB + 64 * KB, 64 * KB, 100),  # an event file
    "teams.add": BodyLimit(512 * KB, 512 * KB, 100),  # 500 names, pasted
    "teams.change": BodyLimit(4 * KB * KB, 4 * KB * KB, 4_000),  # 500 teams, with the names of their players
    "pitches.index": BodyLimit(256 * KB, 256 * KB, 100),  # 200 names, pasted
    "formats.make": BodyLimit(768 * KB, 768 * KB, 1_000),  # all teams in order, typed
    "timetable.locks": BodyLimit(256 * KB, 256 * KB, 10_000),  # 5,000 games, each with its lock
}


class FormParser(FormDataParser):
    """Werkzeug's parser limits the fields of multipart forms only; this one limits URL-encoded forms too."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Any:
        if mimetype == "application/x-www-form-urlencoded":
            most = USUAL.form_bytes if self.max_form_memory_size is None else self.max_form_memory_size
            body = stream.read(most + 1)
            if len(body) > most or body.count(b"&") >= (self.max_form_parts or USUAL.fields):
                raise RequestEntityTooLarge
            stream, content_length = BytesIO(body), len(body)
        return super().parse(stream, mimetype, content_length, options)


def init_app(app: Flask) -> None:
    """Must be registered before anything that reads a form."""
    app.before_request(_set_limits)


def _set_limits() -> None:
    found = body_limit_of(request.endpoint, "_user_id" in session)
    request.max_content_length = min(found.total, request.max_content_length or found.total)
    request.max_form_memory_size = found.form_bytes
    request.max_form_parts = found.fields


def body_limit_of(endpoint: str | None, is_signed_in: bool) -> BodyLimit:
    found = BY_ENDPOINT.get(endpoint or "", USUAL)
    return found if is_signed_in else BodyLimit(*map(min, found, SIGNED_OUT))
