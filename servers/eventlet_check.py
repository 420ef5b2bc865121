"""Check that eventlet's server is as `eventlet_server.py` knows it, whose handler overrides parts of it."""

from typing import Any

from launch.library_check import is_known, lacking, unused

INPUT = ("rfile", "content_length", "sock", "wfile", "wfile_line", "chunked_input")
CALLED = ("_read_request_line", "parse_request", "get_environ", "raw_requestline", "url_length_limit")


def fits(wsgi: Any, greenio: Any) -> bool:
    """Whether *wsgi* and *greenio*, eventlet's modules, have the parts that are overridden and used; else logs it."""
    handler, given = getattr(wsgi, "HttpProtocol", None), getattr(wsgi, "Input", None)
    differences = [
        *lacking(wsgi, "HttpProtocol", "Input", "LoggerNull", "FileObjectForHeaders", "WSGI_LOCAL"),
        *lacking(greenio, "shutdown_safe"),
        *unused(getattr(handler, "__init__", None), "conn_state", "server"),
        *unused(getattr(handler, "handle_one_request", None), *CALLED),
        *unused(getattr(handler, "handle_one_response", None), "eventlet.input", "discard", "already_handled"),
        *unused(getattr(handler, "get_environ", None), "eventlet.input"),
        *unused(getattr(given, "__init__", None), *INPUT, "is_hundred_continue_response_sent"),
        *[f"Input.{name}" for name in ("send_hundred_continue_response", "get_socket") if not hasattr(given, name)],
        *unused(getattr(getattr(wsgi, "FileObjectForHeaders", None), "__init__", None), "fp"),
    ]
    return is_known("eventlet", "the handler with time-outs and fast long-polling", differences)
