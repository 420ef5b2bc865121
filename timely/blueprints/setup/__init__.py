"""First set-up: creates the first administrator."""

from timely.blueprints.setup.views import bp

__all__ = ["bp"]
