"""JSON API, built on the same rows and services as the pages."""

from timely.blueprints.api import (  # noqa: F401  (they hang their addresses on the blueprint)
    event_writes,
    notifications,
    reads,
    result_writes,
)
from timely.blueprints.api.blueprint import bp

__all__ = ["bp"]
