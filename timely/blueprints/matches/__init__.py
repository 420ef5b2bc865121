"""The games of a day over all events."""

from timely.blueprints.matches.views import bp

__all__ = ["bp"]
