"""Signing in and out."""

from timely.blueprints.auth.views import bp

__all__ = ["bp"]
