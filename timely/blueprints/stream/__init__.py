"""Event streams, plain WebSockets and polling."""

from timely.blueprints.stream import events, polling, websockets  # noqa: F401  (they hang on the blueprint)
from timely.blueprints.stream.blueprint import bp

__all__ = ["bp"]
