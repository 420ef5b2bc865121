"""Sends text zipped to whoever takes it: a hall's Wi-Fi is the narrowest place on the way."""

import gzip

from flask import Flask, Response, current_app, request, session

from timely.web.lru_cache import LruCache
from timely.web.response_cache import FOR_EVERYBODY

KINDS = ("text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml")
# Below that a packet is a packet; above it a page is worth the milliseconds.
LEAST_BYTES = 1_000
TOKEN_FIELD = b'name="csrf_token"'
LEVEL = 5
# For what is zipped once and sent to everybody, the last bytes are worth their milliseconds too.
BEST = 9
MOST_BYTES = 16 * 1024 * 1024


def init_app(app: Flask) -> None:
    app.extensions["timely.zipped"] = LruCache[bytes](MOST_BYTES)
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The response, zipped where that helps and is safe."""
    is_static = request.endpoint == "static" or response.cache_control.public
    if response.mimetype not in KINDS or response.status_code != 200 or (response.is_streamed and not is_static):
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or not takes_gzip():
        return response
    # The length of a zipped page tells about what is in it: what is for one person alone is sent as it is, and so is
    # a page with a form's token, which visitors get too. Asked of the cookie: an answer that waited has let go of the
    # database, and of the user with it.
    if not is_static and "_user_id" in session:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) < LEAST_BYTES or (not is_static and TOKEN_FIELD in data):
        return response
    response.set_data(_zipped(response, data, is_static))
    response.headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)  # the same page, no longer the same bytes
    return response


def _zipped(response: Response, data: bytes, is_static: bool) -> bytes:
    """Zipped once for everybody, where it is for everybody: its tag says that it is the same."""
    tag, _ = response.get_etag()
    if tag is None or not (is_static or FOR_EVERYBODY in request.environ):
        return gzip.compress(data, LEVEL, mtime=0)
    kept: LruCache[bytes] = current_app.extensions["timely.zipped"]
    key = (request.path, tag)
    found = kept.get(key)
    if found is None:
        found = gzip.compress(data, BEST, mtime=0)
        kept.put(key, found, len(found))
    return found


def takes_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0
