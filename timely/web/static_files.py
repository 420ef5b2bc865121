"""Static files and their cache headers: a year for an address with a fingerprint, else revalidated.

Sheets and scripts are sent put together and in fewer bytes, everything else as it lies in static/.
"""

from flask import Flask, Response, current_app, request

from timely.web import script_bundle, sheet_bundle
from timely.web.query_arguments import arguments
from timely.web.response_cache import SHARED_TAG

# For files with a fingerprint in their address.
IMMUTABLE = "public, max-age=31536000, immutable"
# Flask sets these for files; for scripts and styles the ETag suffices.
FILE_HEADERS = ("Content-Disposition", "Last-Modified", "Accept-Ranges")


def init_app(app: Flask) -> None:
    app.endpoint("static")(send)


def send(filename: str) -> Response:
    """Stands in for Flask's own view, whose address and counts it keeps."""
    if filename in sheet_bundle.SHEETS:
        answer = _bundled(sheet_bundle.text(filename), "text/css")
    elif filename in script_bundle.FILES:
        answer = _bundled(script_bundle.text(script_bundle.FILES[filename]), "text/javascript")
    elif filename in script_bundle.OWN:
        answer = _bundled(script_bundle.single(filename), "text/javascript")
    else:
        answer = current_app.send_static_file(filename)
    has_fingerprint = "v" in request.args
    arguments().set_meaning("v", has_fingerprint)
    answer.headers["Cache-Control"] = IMMUTABLE if has_fingerprint else "no-cache"
    tag, _ = answer.get_etag()
    if tag:
        request.environ[SHARED_TAG] = tag
    for name in FILE_HEADERS:
        answer.headers.remove(name)
    return answer


def _bundled(text: str, mimetype: str) -> Response:
    answer = Response(text, mimetype=mimetype)
    answer.add_etag()
    answer.make_conditional(request)
    return answer
