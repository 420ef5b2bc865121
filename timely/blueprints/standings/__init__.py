"""Standings: holding the tables back from the public, and deciding shared positions."""

from timely.blueprints.standings.views import bp

__all__ = ["bp"]
