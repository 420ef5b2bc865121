"""The demo: an example event in the middle of its day, and a task that plays it on while Timely serves."""

from timely.demo.example import example_event, make_example_event
from timely.demo.loop import start

__all__ = ["example_event", "make_example_event", "start"]
