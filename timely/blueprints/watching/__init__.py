"""Who is watching, as the organiser sees it."""

from timely.blueprints.watching.views import bp

__all__ = ["bp"]
