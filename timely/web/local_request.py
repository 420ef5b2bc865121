"""Detects requests made on this computer itself, safe against proxies and DNS rebinding."""

from urllib.parse import urlsplit

from flask import Request

from timely import lan

FORWARDED = ("Forwarded", "X-Real-IP", "Via")


def is_from_this_computer(request: Request) -> bool:
    """Whether the client's address is loopback, without any sign of a proxy, which makes every client look local."""
    if any(name in request.headers for name in FORWARDED):
        return False
    if any(name.lower().startswith("x-forwarded-") for name in request.headers.keys()):  # noqa: SIM118
        return False
    return lan.is_this_computer(request.remote_addr or "")


def is_from_localhost(request: Request) -> bool:
    """As above, and the Host is loopback too: another site could use a name whose DNS points to this computer."""
    return is_from_this_computer(request) and lan.is_this_computer(_host_name(request))


def _host_name(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    except ValueError:
        return ""
