"""The first page: the events."""

from timely.blueprints.home.views import bp

__all__ = ["bp"]
