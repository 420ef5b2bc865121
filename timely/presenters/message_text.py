"""Words for the type and the priority of announcements and notifications."""

from timely.domain.translation import lazy_pgettext

TYPE_TEXT = {
    "info": lazy_pgettext("type of announcement", "Info"),
    "schedule": lazy_pgettext("type of announcement", "Schedule"),
    "result": lazy_pgettext("type of announcement", "Result"),
    "weather": lazy_pgettext("type of announcement", "Weather"),
    "emergency": lazy_pgettext("type of announcement", "Emergency"),
}
PRIORITY_TEXT = {
    "low": lazy_pgettext("priority", "Low"),
    "normal": lazy_pgettext("priority", "Normal"),
    "high": lazy_pgettext("priority", "High"),
    "urgent": lazy_pgettext("priority", "Urgent"),
}


def type_text(type_: str) -> str:
    """ "Weather"; a type of a newer version as it is."""
    return str(TYPE_TEXT.get(type_) or type_.capitalize())


def priority_text(priority: str) -> str:
    return str(PRIORITY_TEXT.get(priority) or priority.capitalize())
