"""Audit of an event, and undo."""

from timely.blueprints.audit.views import bp

__all__ = ["bp"]
