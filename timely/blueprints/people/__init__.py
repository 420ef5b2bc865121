"""Users, their rights and their API tokens."""

from timely.blueprints.people.views import bp

__all__ = ["bp"]
