"""Notifications sent by administrators and organisers."""

from timely.blueprints.notifications.views import bp

__all__ = ["bp"]
