"""Relay between workers, through Redis publish/subscribe. Lost messages are recovered from the database.

Callers never wait for Redis: messages are queued, and a background task sends them. Without Redis each worker goes on
publishing to its own clients, and finds what others saved by checking the database once a second.
"""

import time
from collections.abc import Callable, Sequence

from timely.extensions import socketio
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

    def send(self, message: Row, codes: Sequence[str] = ()) -> None:
        """Sends the message to the other workers, which forward it to clients that it brings up to date.

        *codes* are those of the languages for whose subscribers it is; a message without a version is for all.
        """
        self.sender.enqueue("message", message=message, codes=list(codes))

    def request_check(self) -> None:
        """Makes the other workers check the database: something was saved, and no message was built of it here."""
        self.sender.enqueue("look")

    def end_session(self, session_token: str) -> None:
        """Ends the connections of the session at every worker; those not connected now learn of it later."""
        self.ended.add(time.time(), session_token)
        self.sender.enqueue("over", visit=session_token)

    def share_metrics(self, own_metrics: Callable[[], Row]) -> None:
        """Shows the metrics that *own_metrics* returns at the other workers too."""
        self.sender.own_metrics = own_metrics

    def metrics_of_others(self) -> list[Row]:
        """The latest metrics of each of the other workers."""
        return self.receiver.metrics_of_others()
