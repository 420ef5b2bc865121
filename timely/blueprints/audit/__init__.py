"""What was done on an event, and taking it back."""

from timely.blueprints.audit.views import bp

__all__ = ["bp"]
