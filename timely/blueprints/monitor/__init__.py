"""Who is watching, as the organiser sees it."""

from timely.blueprints.monitor.views import bp

__all__ = ["bp"]
