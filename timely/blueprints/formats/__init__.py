"""The format of an event, or of one of its divisions: chosen, looked at, made."""

from timely.blueprints.formats.views import bp

__all__ = ["bp"]
