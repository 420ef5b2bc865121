"""Home page: the list of events."""

from timely.blueprints.home.views import bp

__all__ = ["bp"]
