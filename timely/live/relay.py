"""Relay between workers, through Redis publish/subscribe. Lost messages are recovered from the database.

Callers never wait for Redis: messages are queued, and a background task sends them. Without Redis each worker goes on
publishing to its own clients, and finds what others saved by checking the database once a second.
"""

import time
from collections.abc import Callable
from typing import Any

from timely.extensions import socketio
from timely.live import presence
from timely.live.ended_sessions import EndedSessions
from timely.live.relay_listener import Listener
from timely.live.relay_receiver import Receiver
from timely.live.relay_sender import Sender
from timely.presenters.row import Row


class Relay:
    """Exchanges messages with the other workers, from `start()` to `stop()`. May be called from any thread."""

    def __init__(self, url: str, hub: Listener) -> None:
        self.ended = EndedSessions(hub)
        self.sender = Sender(url, hub, self.ended)
        self.receiver = Receiver(url, hub, self.sender, self.ended)

    def start(self) -> None:
        socketio.start_background_task(self.sender.run)
        socketio.start_background_task(self.receiver.run)

    def stop(self) -> None:
        self.receiver.stop()
        self.sender.stop()

    @property
    def is_connected(self) -> bool:
        """Whether this worker receives from the others."""
        return self.receiver.is_connected

    def tell(self, message: Row) -> None:
        """Sends the message to the other workers, which pass it on to clients that it brings up to date."""
        self.sender.say("message", message=message)

    def look(self) -> None:
        """Makes the other workers check the database: something was saved, and no message was built of it here."""
        self.sender.say("look")

    def end_visit(self, visit: str) -> None:
        """Ends the connections of the session at every worker; those not connected now learn of it later."""
        self.ended.add(time.time(), visit)
        self.sender.say("over", visit=visit)

    def share_figures(self, own_figures: Callable[[], Row]) -> None:
        """Shows the metrics that *own_figures* returns at the other workers too."""
        self.sender.own_figures = own_figures

    def others(self) -> list[dict[str, Any]]:
        """One dict for each of the other workers: `worker`, and the numbers of `presence.Count`."""
        return [{"worker": worker, **presence.spelled(count)} for worker, count in presence.elsewhere().items()]

    def figures_of_others(self) -> list[Row]:
        """The latest metrics of each of the other workers."""
        return self.receiver.figures_of_others()
