"""The teams of an event, and its groups."""

from timely.blueprints.teams import groups  # noqa: F401  (adds its door)
from timely.blueprints.teams.views import bp

__all__ = ["bp"]
