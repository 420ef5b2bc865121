"""Deductions of points."""

from timely.blueprints.deductions.views import bp

__all__ = ["bp"]
