"""The demo: an example event in the middle of its day, and what plays it forward while somebody looks on."""

from timely.demo.example import example_event, make_example_event
from timely.demo.loop import start

__all__ = ["example_event", "make_example_event", "start"]
