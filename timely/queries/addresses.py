"""The address of this computer that the organiser chose for links and QR codes."""

from timely.extensions import db
from timely.models import Meta

KEY = "address for everybody"


def chosen_address() -> str | None:
    """An address or a name such as laptop.local; None if nobody has chosen one, and then the likeliest is shown."""
    found = db.session.get(Meta, KEY)
    return found.value if found else None
