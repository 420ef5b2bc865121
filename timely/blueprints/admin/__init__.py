"""Today at a glance."""

from timely.blueprints.admin.views import bp

__all__ = ["bp"]
