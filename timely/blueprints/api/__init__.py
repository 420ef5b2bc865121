"""The API: JSON by the same rows and services as the pages."""

from timely.blueprints.api import event_writes, reads, result_writes  # noqa: F401  (they hang their addresses on the blueprint)
from timely.blueprints.api.blueprint import bp

__all__ = ["bp"]
