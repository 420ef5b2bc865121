"""The first minute: the administrator is made."""

from timely.blueprints.setup.views import bp

__all__ = ["bp"]
