"""Managing announcements."""

from timely.blueprints.announcements.views import bp

__all__ = ["bp"]
