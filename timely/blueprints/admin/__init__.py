"""Organisers' dashboard of the day."""

from timely.blueprints.admin.views import bp

__all__ = ["bp"]
