"""Rules of an event: a rulebook, or rules of its own."""

from timely.blueprints.rules import custom
from timely.blueprints.rules.views import bp

__all__ = ["bp", "custom"]
