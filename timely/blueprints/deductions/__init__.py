"""Points taken off."""

from timely.blueprints.deductions.views import bp

__all__ = ["bp"]
