"""Forms of users and their rights."""

from collections.abc import Iterable

from wtforms import BooleanField, PasswordField, RadioField
from wtforms.validators import InputRequired

from timely.domain.translation import Text, gettext, lazy_gettext
from timely.models import Event, Pitch, User
from timely.web.fields import BaseForm, ChoiceField, VersionField, options, text

ROLES = [
    ("organiser", lazy_gettext("Organiser: runs the events that are theirs")),
    ("scorer", lazy_gettext("Scorer: enters results, in an event or on a pitch")),
    ("administrator", lazy_gettext("Administrator: people, and every event")),
]


def password(label: Text) -> PasswordField:
    return PasswordField(
        label, [InputRequired(lazy_gettext("Choose a password."))], render_kw={"autocomplete": "new-password"}
    )


class NewPersonForm(BaseForm):
    name = text(
        lazy_gettext("Name"), 80, required=lazy_gettext("A person needs a name."), render_kw={"autocomplete": "off"}
    )
    password = password(lazy_gettext("Password"))
    role = RadioField(lazy_gettext("Role"), choices=options(ROLES), default="scorer")
    place = ChoiceField(lazy_gettext("May do so in"), default="")

    def for_events(self, events: Iterable[Event]) -> None:
        self.place.offer([("", gettext("No event yet")), *places(events)])


class PersonForm(BaseForm):
    name = text(lazy_gettext("Name"), 80, required=lazy_gettext("A person needs a name."))
    role = RadioField(lazy_gettext("Role"), choices=options(ROLES))
    active = BooleanField(lazy_gettext("May sign in"))
    version = VersionField()


def filled(user: User) -> PersonForm:
    """The form filled with the saved values."""
    return PersonForm(formdata=None, data={"name": user.name, "role": user.role, "active": user.active})


class PasswordForm(BaseForm):
    password = password(lazy_gettext("New password"))


class RightForm(BaseForm):
    place = ChoiceField(lazy_gettext("Event or pitch"))

    def for_person(self, user: User, events: Iterable[Event]) -> None:
        self.place.offer(places(events, with_pitches=user.role == "scorer"))


def places(events: Iterable[Event], *, with_pitches: bool = True) -> list[tuple[str, str]]:
    """Choices of events and their pitches: ("7", "Cup") and ("7.3", "Cup: Pitch 2")."""
    found = []
    for event in events:
        found.append((str(event.id), event.name))
        if with_pitches:
            found += [(f"{event.id}.{pitch.id}", f"{event.name}: {pitch.name}") for pitch in event.pitches]
    return found


def read_place(chosen: str, events: Iterable[Event]) -> tuple[Event | None, Pitch | None]:
    """The event and pitch of a choice made by `places`; (None, None) for none."""
    for event in events:
        if chosen == str(event.id):
            return event, None
        for pitch in event.pitches:
            if chosen == f"{event.id}.{pitch.id}":
                return event, pitch
    return None, None
