"""Announcements, as their organiser writes them."""

from timely.blueprints.announcements.views import bp

__all__ = ["bp"]
