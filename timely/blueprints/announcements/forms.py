"""Form of an announcement."""

from typing import Any
from zoneinfo import ZoneInfo

from timely.blueprints.announcement_choices import ANNOUNCEMENT_KINDS, PRIORITY_CHOICES
from timely.domain.translation import gettext, lazy_gettext, lazy_pgettext
from timely.models import Announcement
from timely.web.fields import BaseForm, ChoiceField, ClockField, DayField, VersionField, lines, moment_of, text


class AnnouncementForm(BaseForm):
    """Without a start it is published at once; without an end it stays until it is withdrawn."""

    title = text(lazy_gettext("Title"), 120, required=lazy_gettext("Say in a few words what it is about."))
    message = lines(lazy_gettext("Message"), 2000)
    type = ChoiceField(lazy_pgettext("announcement", "Kind"), ANNOUNCEMENT_KINDS, default="info")
    priority = ChoiceField(lazy_gettext("Priority"), PRIORITY_CHOICES, default="normal")
    publish_on = DayField(lazy_gettext("Publish on"))
    publish_clock = ClockField(lazy_gettext("Publish at"))
    expires_on = DayField(lazy_gettext("Ends on"))
    expires_at = ClockField(lazy_gettext("Ends at"))
    version = VersionField()

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = bool(super().validate(extra_validators))
        for day, clock in ((self.publish_on, self.publish_clock), (self.expires_on, self.expires_at)):
            if day.data is not None and clock.data is None and not clock.errors:
                clock.errors = [gettext("A day needs its time.")]
                is_right = False
        return is_right

    def values(self, zone: ZoneInfo, saved: Announcement | None = None) -> dict[str, Any]:
        """The keyword arguments of the services. Raises RuleBroken for the field of an impossible time."""
        return {
            "title": self.title.data,
            "message": self.message.data,
            "type": self.type.data,
            "priority": self.priority.data,
            "publish_at": moment_of(self.publish_on, self.publish_clock, zone, saved.publish_at if saved else None),
            "expires_at": moment_of(self.expires_on, self.expires_at, zone, saved.expires_at if saved else None),
        }


def filled(announcement: Announcement, zone: ZoneInfo) -> AnnouncementForm:
    """The form filled with the saved values."""
    starts = announcement.publish_at.astimezone(zone)
    ends = announcement.expires_at.astimezone(zone) if announcement.expires_at else None
    return AnnouncementForm(
        formdata=None,
        data={
            "title": announcement.title,
            "message": announcement.message,
            "type": announcement.type,
            "priority": announcement.priority,
            "publish_on": starts.date(),
            "publish_clock": starts.time(),
            "expires_on": ends.date() if ends else None,
            "expires_at": ends.time() if ends else None,
            "version": str(announcement.version),
        },
    )
