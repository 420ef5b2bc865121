"""Interface of the transports, as the hub uses it."""

from typing import Protocol

from timely.models import Event
from timely.presenters.row import Row


class Transport(Protocol):
    """Interface through which the hub reaches the subscribers of one transport."""

    name: str  # the label in the metrics

    def has_subscribers(self, topic: str) -> bool:
        """Whether the topic has a subscriber on this transport."""

    def send(self, topic: str, message: Row) -> None:
        """Sends the message to all subscribers of the topic."""

    def followed_events(self) -> set[int | None]:
        """The ids of the events that have subscribers; None stands for the topics of no event."""

    def send_heartbeat(self, event_id: int | None, message: Row) -> None:
        """Sends the heartbeat to all who follow any topic of the event."""

    def recheck_access(self, event: Event) -> None:
        """Ends the subscriptions of those who may no longer see the event."""

    def close_disconnected(self) -> None:
        """Ends the connections of clients that have disconnected, where nothing else would detect that soon."""

    def disconnect_revoked(self) -> None:
        """Disconnects those who signed in, and whose session is no longer valid."""

    def disconnect_session(self, session_token: str) -> None:
        """Ends the connections of one session; its pages reconnect as anonymous visitors."""
