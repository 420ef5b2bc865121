"""Monitor of spectators and server, for organisers."""

from timely.blueprints.monitor.views import bp

__all__ = ["bp"]
