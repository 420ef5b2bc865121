"""Form of a notification."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from timely.blueprints.announcement_choices import ANNOUNCEMENT_KINDS, PRIORITY_CHOICES
from timely.clock import now
from timely.domain.translation import gettext, lazy_gettext, lazy_pgettext
from timely.models import User
from timely.web.fields import BaseForm, ChoiceField, lines, text

EVERYBODY = ""
LASTS = [
    ("1", lazy_gettext("For an hour")),
    ("3", lazy_gettext("For three hours")),
    ("12", lazy_gettext("For twelve hours")),
    ("", lazy_gettext("Until it is withdrawn")),
]


class NotificationForm(BaseForm):
    to = ChoiceField(lazy_pgettext("recipient", "To"), default=EVERYBODY)
    title = text(lazy_gettext("Title"), 120, required=lazy_gettext("Say in a few words what it is about."))
    message = lines(lazy_gettext("Message"), 500)
    type = ChoiceField(lazy_pgettext("announcement", "Kind"), ANNOUNCEMENT_KINDS, default="info")
    priority = ChoiceField(lazy_gettext("Priority"), PRIORITY_CHOICES, default="normal")
    expires_at = ChoiceField(lazy_pgettext("how long", "Shown"), LASTS, default="3")

    def for_people(self, users: Iterable[User]) -> None:
        self.users = {str(user.id): user for user in users if user.active}
        self.to.offer([(EVERYBODY, gettext("Everybody")), *((id_, user.name) for id_, user in self.users.items())])

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the service."""
        return {
            "to": self.users.get(self.to.data),
            "title": self.title.data,
            "message": self.message.data,
            "type": self.type.data,
            "priority": self.priority.data,
            "expires_at": self._end(),
        }

    def _end(self) -> datetime | None:
        return now() + timedelta(hours=int(self.expires_at.data)) if self.expires_at.data else None
