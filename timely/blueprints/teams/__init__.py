"""Teams of an event, and its groups."""

from timely.blueprints.teams import groups, joining, withdraw  # noqa: F401  (they add their routes)
from timely.blueprints.teams.views import bp

__all__ = ["bp"]
