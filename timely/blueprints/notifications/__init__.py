"""Notifications, as administrators and organisers send them."""

from timely.blueprints.notifications.views import bp

__all__ = ["bp"]
