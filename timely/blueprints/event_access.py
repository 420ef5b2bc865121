"""Access checks that organisers' views share: sign-in, and rights in the event."""

from typing import TypeVar

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access
from timely.extensions import db, login_manager
from timely.models import Announcement, Deduction, Division, Event, Fixture, Pitch, Team, User
from timely.queries.events import events_of
from timely.web.language_choice import use_event_language

Model = TypeVar("Model")
PartOfEvent = TypeVar("PartOfEvent", Announcement, Deduction, Division, Fixture, Pitch, Team)


def organisers_blueprint(name: str, import_name: str, url_prefix: str) -> Blueprint:
    """A blueprint whose views all require a sign-in."""
    bp = Blueprint(name, import_name, url_prefix=url_prefix)

    @bp.before_request
    def _signed_in_only() -> ResponseReturnValue | None:
        return None if access.is_signed_in(current_user) else login_manager.unauthorized()

    return bp


def signed_in_user() -> User:
    """The user in place of `current_user`, which looks for the user at each attribute that is read."""
    user: User = current_user._get_current_object()
    return user


def record_or_404(model: type[Model], id_: int) -> Model:
    return db.session.get(model, id_) or abort(404)


def managed_event(event_id: int) -> Event:
    """The event; 404 if there is none, 403 if the user may not manage it."""
    event = record_or_404(Event, event_id)
    use_event_language(event)
    access.require(access.may_manage(current_user, event))
    return event


def part_of(event: Event, model: type[PartOfEvent], id_: int) -> PartOfEvent:
    """A record of this event; 404 if it belongs to another."""
    record = record_or_404(model, id_)
    return record if record.event_id == event.id else abort(404)


def events_for_results(user: User) -> list[Event]:
    """The events in which the user may enter results; drafts are not open to scorers yet."""
    return [
        event
        for event in events_of(user)
        if access.may_enter_results(user, event) and access.may_see(user, event, None)
    ]
