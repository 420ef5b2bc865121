"""Managing events."""

from timely.blueprints.admin_events import files  # noqa: F401  (adds its routes)
from timely.blueprints.admin_events.views import bp

__all__ = ["bp"]
