"""Chooses which address of this computer links and QR codes contain, where it has several."""

from timely.database.transactions import writing
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.lan import lan_addresses, local_name
from timely.models import Meta, User
from timely.queries.addresses import KEY, chosen_address
from timely.services import audit
from timely.services.errors import RuleBroken


def choices() -> list[str]:
    """The computer's addresses, then its name in the local network."""
    addresses = lan_addresses()
    name = local_name()
    return [*addresses, *([name] if name and addresses else [])]


def choose_address(address: str, *, by: User | None) -> None:
    """Makes links and QR codes contain *address*, as long as this computer has it.

    Raises RuleBroken if the computer does not have it.
    """
    with writing():
        if address not in choices():
            raise RuleBroken(
                lazy_gettext("This computer does not have that address any more. Choose one from the list.")
            )
        before = chosen_address()
        if before != address:
            db.session.merge(Meta(key=KEY, value=address))
            audit.record(
                gettext_noop("choose address"), address, by=by, before={"address": before}, after={"address": address}
            )
