"""One event, in tabs."""

from timely.blueprints.events.views import bp

__all__ = ["bp"]
