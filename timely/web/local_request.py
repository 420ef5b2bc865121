"""Detects requests made on this computer itself, safe against proxies and DNS rebinding."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Request

FORWARDED = ("Forwarded", "X-Real-IP", "Via")


def is_near(request: Request) -> bool:
    """Whether the client's address and the Host are loopback, without any sign of a proxy.

    A proxy on this computer makes every client look local; and a name that another site's DNS points here (rebinding)
    makes that site look like ours.
    """
    if any(name in request.headers for name in FORWARDED):
        return False
    if any(name.lower().startswith("x-forwarded-") for name in request.headers.keys()):  # noqa: SIM118
        return False
    return _is_loopback(request.remote_addr or "") and _is_loopback(_host_name(request))


def _host_name(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
