"""Slugs of events: short, readable, unique."""

import re
import unicodedata

from sqlalchemy import select

from timely.extensions import db
from timely.models import Event

MOST = 60


def slug_of(name: str) -> str:
    """ASCII words of the name joined by hyphens; "event" where none are left, as of other scripts."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST].strip("-") or "event"


def free_slug(name: str) -> str:
    """The slug of the name, with -2, -3 … where it is taken."""
    wanted = slug_of(name)
    taken = set(db.session.scalars(select(Event.slug).where(Event.slug.like(f"{wanted}%"))))
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
