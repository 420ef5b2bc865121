"""Results: the desk, the page of one game, and its conflict page."""

from timely.blueprints.results.views import bp

__all__ = ["bp"]
