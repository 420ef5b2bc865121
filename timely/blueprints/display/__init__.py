"""The projector in the hall."""

from timely.blueprints.display.views import bp

__all__ = ["bp"]
