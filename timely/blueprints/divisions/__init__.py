"""Divisions of an event: U10, women, men."""

from timely.blueprints.divisions.views import bp

__all__ = ["bp"]
