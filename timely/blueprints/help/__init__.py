"""Help page: what to do on the day."""

from timely.blueprints.help.views import bp

__all__ = ["bp"]
