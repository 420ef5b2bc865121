"""Bounds on the body of a request: its bytes, and the fields of its form."""

from io import BytesIO
from typing import IO, Any, NamedTuple

from flask import Flask, request, session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

KB = 1024


class Bound(NamedTuple):
    """`words` are the bytes of all that is no file."""

    total: int
    words: int
    fields: int


USUAL = Bound(64 * KB, 64 * KB, 1_000)
# Of what a door takes, as much from somebody whose sign-in has ended: it is carried past the next one.
SIGNED_OUT = Bound(256 * KB, 256 * KB, 2_000)
# The doors that take more, each from people who have signed in: a file, or what an event of the largest size fills in.
# A letter of another script travels as nine bytes in a form.
DOORS = {
    "admin_events.import_": Bound(8 * KB * KB + 64 * KB, 64 * KB, 100),  # an event file
    "teams.add": Bound(512 * KB, 512 * KB, 100),  # 500 names, pasted
    "teams.change": Bound(4 * KB * KB, 4 * KB * KB, 4_000),  # 500 teams, with the names of their players
    "pitches.index": Bound(256 * KB, 256 * KB, 100),  # 200 names, pasted
    "formats.make": Bound(768 * KB, 768 * KB, 1_000),  # all teams in order, typed
    "timetable.locks": Bound(256 * KB, 256 * KB, 10_000),  # 5,000 games, each with its lock
}


class FormParser(FormDataParser):
    """Werkzeug's own, which bounds the parts of a multipart form, and not the fields of the plain kind."""

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        most = USUAL.words if self.max_form_memory_size is None else self.max_form_memory_size
        body = stream.read(most + 1)
        if len(body) > most or body.count(b"&") >= (self.max_form_parts or USUAL.fields):
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(BytesIO(body), mimetype, len(body), options)


def init_app(app: Flask) -> None:
    """Before whatever reads a form."""
    app.before_request(_bound)


def _bound() -> None:
    found = bound_of(request.endpoint, "_user_id" in session)
    request.max_content_length = min(found.total, request.max_content_length or found.total)
    request.max_form_memory_size = found.words
    request.max_form_parts = found.fields


def bound_of(endpoint: str | None, is_signed_in: bool) -> Bound:
    found = DOORS.get(endpoint or "", USUAL)
    return found if is_signed_in else Bound(*map(min, found, SIGNED_OUT))
