"""Form of a notification."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from timely.clock import now
from timely.domain.statuses import ANNOUNCEMENT_TYPES, PRIORITIES
from timely.models import User
from timely.web.fields import BaseForm, ChoiceField, lines, text

EVERYBODY = ""
LASTS = [("1", "For an hour"), ("3", "For three hours"), ("12", "For twelve hours"), ("", "Until it is withdrawn")]


class NotificationForm(BaseForm):
    to = ChoiceField("To", default=EVERYBODY)
    title = text("Title", 120, required="Say in a few words what it is about.")
    message = lines("Message", 500)
    type = ChoiceField("Kind", [(key, key.capitalize()) for key in ANNOUNCEMENT_TYPES], default="info")
    priority = ChoiceField("Priority", [(key, key.capitalize()) for key in PRIORITIES], default="normal")
    expires_at = ChoiceField("Shown", LASTS, default="3")

    def for_people(self, users: Iterable[User]) -> None:
        self.users = {str(user.id): user for user in users if user.active}
        self.to.offer([(EVERYBODY, "Everybody"), *((id_, user.name) for id_, user in self.users.items())])

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
