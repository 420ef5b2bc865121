"""Games of one day across all events."""

from timely.blueprints.matches.views import bp

__all__ = ["bp"]
