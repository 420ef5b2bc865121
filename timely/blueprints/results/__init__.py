"""Results: the desk, one game, the page where two saves met."""

from timely.blueprints.results.views import bp

__all__ = ["bp"]
