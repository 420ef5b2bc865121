"""Public pages of one event."""

from timely.blueprints.events.views import bp

__all__ = ["bp"]
