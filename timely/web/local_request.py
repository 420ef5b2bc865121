"""Detects requests made on this computer itself, safe against proxies and DNS rebinding."""

from urllib.parse import urlsplit

from flask import Request

from timely.limits.client_address import THIS_COMPUTER, rate_limit_key

FORWARDED = ("Forwarded", "X-Real-IP", "Via")


def is_from_this_computer(request: Request) -> bool:
    """Whether the client's address is loopback, without any sign of a proxy, which makes every client look local."""
    if any(name in request.headers for name in FORWARDED):
        return False
    if any(name.lower().startswith("x-forwarded-") for name in request.headers.keys()):  # noqa: SIM118
        return False
    return rate_limit_key(request.remote_addr) == THIS_COMPUTER


def is_from_localhost(request: Request) -> bool:
    """As above, and the Host is loopback too: another site could use a name whose DNS points to this computer."""
    host = _host_name(request)
    return is_from_this_computer(request) and (host == "localhost" or rate_limit_key(host) == THIS_COMPUTER)


def _host_name(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    except ValueError:
        return ""
