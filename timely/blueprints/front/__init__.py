"""The first page: the events."""

from timely.blueprints.front.views import bp

__all__ = ["bp"]
