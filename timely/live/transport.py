"""Interface of the transports, as the hub uses it."""

from typing import Protocol

from timely.models import Event
from timely.presenters.row import Row


class Transport(Protocol):
    """Interface through which the hub reaches the subscribers of one transport."""

    name: str  # the label in the metrics

    def languages_of(self, topic: str) -> list[str]:
        """The codes of the languages in which the topic is followed; "" where a subscriber has said none."""

    def send(self, topic: str, message: Row, language: str) -> None:
        """Sends the message to the subscribers who follow the topic in the language."""

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


def send_in_all_languages(transport: Transport, topic: str, message: Row) -> bool:
    """Sends a message without words of Timely to all subscribers of the topic; False if there are none."""
    codes = transport.languages_of(topic)
    for code in codes:
        transport.send(topic, message, code)
    return bool(codes)
