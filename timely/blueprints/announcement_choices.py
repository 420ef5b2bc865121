"""Choices of the forms of announcements and notifications: (value, label)."""

from timely.domain.statuses import ANNOUNCEMENT_TYPES, PRIORITIES
from timely.domain.translation import lazy_pgettext

KINDS = {
    "info": lazy_pgettext("kind of announcement", "Info"),
    "schedule": lazy_pgettext("kind of announcement", "Schedule"),
    "result": lazy_pgettext("kind of announcement", "Result"),
    "weather": lazy_pgettext("kind of announcement", "Weather"),
    "emergency": lazy_pgettext("kind of announcement", "Emergency"),
}
PRIORITY = {
    "low": lazy_pgettext("priority", "Low"),
    "normal": lazy_pgettext("priority", "Normal"),
    "high": lazy_pgettext("priority", "High"),
    "urgent": lazy_pgettext("priority", "Urgent"),
}
ANNOUNCEMENT_KINDS = [(key, KINDS[key]) for key in ANNOUNCEMENT_TYPES]
PRIORITY_CHOICES = [(key, PRIORITY[key]) for key in PRIORITIES]
