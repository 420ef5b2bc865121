"""Live tables embedded in other sites."""

from timely.blueprints.embed.views import bp

__all__ = ["bp"]
