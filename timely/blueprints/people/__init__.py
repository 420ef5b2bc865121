"""People, their rights and their tokens."""

from timely.blueprints.people.views import bp

__all__ = ["bp"]
