"""The address of this computer for links and QR codes: chosen where there are several."""

from timely.database.transactions import writing
from timely.extensions import db
from timely.lan import lan_addresses, local_name
from timely.models import Meta, User
from timely.queries.addresses import KEY, chosen_address
from timely.services import audit
from timely.services.errors import RuleBroken


def choices() -> list[str]:
    """The addresses that there are, then the computer's name in its network."""
    addresses = lan_addresses()
    name = local_name()
    return [*addresses, *([name] if name and addresses else [])]


def choose_address(address: str, *, by: User | None) -> None:
    """Links and QR codes hold *address* from now on, as long as this computer has it.

    Raises RuleBroken for one that it does not have.
    """
    with writing():
        if address not in choices():
            raise RuleBroken("This computer does not have that address any more. Choose one from the list.")
        before = chosen_address()
        if before != address:
            db.session.merge(Meta(key=KEY, value=address))
            audit.record("choose address", address, by=by, before={"address": before}, after={"address": address})
