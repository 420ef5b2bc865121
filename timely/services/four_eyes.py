"""Four-eyes check: where the event asks for it, somebody else than the person who entered a result confirms it."""

from sqlalchemy import select

from timely import access
from timely.domain.translation import LazyText, lazy_gettext
from timely.extensions import db
from timely.models import Event, Fixture, Result, User
from timely.services.errors import RuleBroken


def require_second_person(event: Event, result: Result, by: User | None) -> None:
    """Raises RuleBroken, naming who can confirm, if the event asks for a second person and *by* entered the result."""
    if by is not None and event.second_person and result.entered_by_id == by.id:
        raise RuleBroken(second_person_text(event, by), field="status", code="second_person")


def waits_for(fixture: Fixture, user: User) -> str:
    """A sentence that names those who can confirm the pending result that *user* entered; "" if *user* may."""
    result = fixture.result
    try:
        if result is not None and result.status == "PENDING":
            require_second_person(fixture.event, result, user)
    except RuleBroken as broken:
        return broken.message
    return ""


def second_person_text(event: Event, first: User) -> LazyText:
    """The sentence that says why *first* cannot confirm what they entered, and who can."""
    users = db.session.scalars(select(User).where(User.active.is_(True)).order_by(User.name))
    names = [user.name for user in users if user.id != first.id and access.may_manage(user, event)]
    if not names:
        return lazy_gettext(
            "A second person has to verify this result; make somebody else an organiser of this event first."
        )
    if len(names) == 1:
        return lazy_gettext("A second person has to verify this result: %(name)s.", name=names[0])
    return lazy_gettext(
        "A second person has to verify this result: %(names)s or %(last)s.",
        names=", ".join(names[:-1]),
        last=names[-1],
    )
