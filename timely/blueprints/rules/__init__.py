"""The rules of an event: a rulebook is chosen, or an own one built."""

from timely.blueprints.rules import custom
from timely.blueprints.rules.views import bp

__all__ = ["bp", "custom"]
