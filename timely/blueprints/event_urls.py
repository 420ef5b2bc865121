"""Public address of an event, for links and QR codes."""

from urllib.parse import urlsplit, urlunsplit

from flask import current_app, url_for

from timely.lan import in_order, is_this_computer, lan_addresses
from timely.models.read_only import EventView
from timely.queries.addresses import chosen_address


def page_address(event: EventView, *, as_chosen: bool = False) -> str:
    """The event's public page, with the key if it is private. *as_chosen*: see `for_others`."""
    key = event.access_key if event.visibility == "private" else None
    return for_others(url_for("events.show", slug=event.slug, key=key, _external=True), as_chosen=as_chosen)


def for_others(link: str, *, as_chosen: bool = False) -> str:
    """The link as other computers reach it: "localhost" works only on this one.

    If the server listens on this computer only, or has no network, the link stays as it is. With *as_chosen*, a link to
    one of this computer's other addresses is changed to the one that the organiser chose.
    """
    parts = urlsplit(link)
    host = parts.hostname or ""
    if not (is_this_computer(host) or as_chosen) or not listens_to_others():
        return link
    addresses, chosen = lan_addresses(), chosen_address()
    if not addresses or not (is_this_computer(host) or (chosen and host in addresses)):
        return link
    address = in_order(addresses, chosen)[0]
    return urlunsplit(parts._replace(netloc=f"{address}:{parts.port}" if parts.port else address))


def listens_to_others() -> bool:
    return not is_this_computer(str(current_app.config.get("TIMELY_HOST", "")))
