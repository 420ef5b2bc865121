"""Gzips text responses: the venue's Wi-Fi is usually the bottleneck."""

import zlib

from flask import Flask, Response, current_app, request, session

from timely.web.lru_cache import LruCache
from timely.web.response_cache import SHARED_TAG

COMPRESSIBLE = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "image/svg+xml",
)
# A smaller response takes a packet or so either way; a larger one is worth the milliseconds.
MIN_BYTES = 1_000
# A static file is compressed once for everybody.
MIN_STATIC_BYTES = 500
TOKEN_FIELD = b'name="csrf_token"'
LEVEL = 5
# A page that is compressed once and sent to everybody is worth the highest level. Data are not: programs that ask for
# them are few, and the 8 % fewer bytes of a schedule would take 5 ms instead of 1.
BEST_LEVEL = 9
DATA_LEVEL = 6
# How much memory zlib takes (`memLevel`). With less of it blocks are shorter, each with a code of its own: a long page
# comes out smaller by a twentieth, and scripts, which are more uniform, larger.
PAGE_MEMORY, STATIC_MEMORY = 5, 9
GZIP_FORMAT = 31  # `wbits`: the largest window, in gzip's frame
MAX_BYTES = 16 * 1024 * 1024


def init_app(app: Flask) -> None:
    app.extensions["timely.compressed"] = LruCache[bytes](MAX_BYTES)
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The response, gzipped if that helps and is safe."""
    is_static = request.endpoint == "static" or response.cache_control.public
    if response.mimetype not in COMPRESSIBLE or response.status_code != 200 or (response.is_streamed and not is_static):
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or not takes_gzip():
        return response
    # The compressed length leaks something of the content (BREACH). So a page for one user is not compressed, nor is
    # one with a form token, which visitors get too. The session cookie is checked, not the user: a response that waited
    # has released its database connection, and the user with it.
    if not is_static and "_user_id" in session:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) < (MIN_STATIC_BYTES if is_static else MIN_BYTES) or (not is_static and TOKEN_FIELD in data):
        return response
    response.set_data(_compressed(response, data, is_static))
    response.headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)  # same content, different bytes
    return response


def _compressed(response: Response, data: bytes, is_static: bool) -> bytes:
    """Compressed data; cached by ETag if the response is the same for everybody."""
    tag, _ = response.get_etag()
    memory = STATIC_MEMORY if is_static else PAGE_MEMORY
    if tag is None or not (is_static or SHARED_TAG in request.environ):
        return _gzip(data, LEVEL, memory)
    cache: LruCache[bytes] = current_app.extensions["timely.compressed"]
    key = (request.path, tag)
    found = cache.get(key)
    if found is None:
        level = DATA_LEVEL if response.mimetype == "application/json" else BEST_LEVEL
        found = _gzip(data, level, memory)
        cache.put(key, found, len(found))
    return found


def _gzip(data: bytes, level: int, memory: int) -> bytes:
    compressor = zlib.compressobj(level, zlib.DEFLATED, GZIP_FORMAT, memory)
    return compressor.compress(data) + compressor.flush()


def takes_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0
