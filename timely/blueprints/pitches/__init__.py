"""Pitches of an event."""

from timely.blueprints.pitches.views import bp

__all__ = ["bp"]
