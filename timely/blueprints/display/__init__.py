"""Display for projectors."""

from timely.blueprints.display.views import bp

__all__ = ["bp"]
