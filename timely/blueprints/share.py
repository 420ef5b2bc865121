"""The address of an event that others can open, and that its QR code holds."""

from urllib.parse import urlsplit, urlunsplit

from flask import current_app, url_for

from timely.addresses import THIS_COMPUTER, lan_address
from timely.models import Event


def page_address(event: Event) -> str:
    """The event's public page; with the key where it is private."""
    key = event.access_key if event.visibility == "private" else None
    return for_others(url_for("events.show", slug=event.slug, key=key, _external=True))


def for_others(link: str) -> str:
    """The link as it is reached from another computer: "localhost" is only this one.

    A server that is kept to this computer has no such address, and where there is no network nobody has.
    """
    parts = urlsplit(link)
    if (parts.hostname or "") not in THIS_COMPUTER or not listens_to_others():
        return link
    address = lan_address()
    if address is None:
        return link
    return urlunsplit(parts._replace(netloc=f"{address}:{parts.port}" if parts.port else address))


def listens_to_others() -> bool:
    host = str(current_app.config.get("TIMELY_HOST", ""))
    return host not in THIS_COMPUTER and not host.startswith("127.")
