"""Interface of the hub, as the relay uses it."""

from typing import Protocol

from timely.live.publication import Publication


class Listener(Protocol):
    """The part of the hub that the relay uses."""

    epoch: str

    def wake(self) -> None:
        """Checks for unpublished versions now: another worker has saved something."""

    def receive(self, publication: Publication) -> None:
        """Takes a message built by another worker, to be sent to clients here if it is new to them."""

    def disconnect_session_here(self, session_token: str) -> None:
        """Ends the connections of the session at this worker."""
