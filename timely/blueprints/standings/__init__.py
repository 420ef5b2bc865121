"""The tables as they are, held back from the public and shown again; lots."""

from timely.blueprints.standings.views import bp

__all__ = ["bp"]
