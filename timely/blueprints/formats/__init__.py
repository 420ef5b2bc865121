"""Format of an event or of one of its divisions: choose, preview, create."""

from timely.blueprints.formats.views import bp

__all__ = ["bp"]
