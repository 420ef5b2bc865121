"""Who is connected. Every server asks here when it accepts a connection, and says here when one is closed."""

from typing import Any, Protocol


class Guests(Protocol):
    """May be asked from several threads at once."""

    def admit(self, address: str) -> bool:
        """Whether one more connection from the address may come in; it is counted if so."""

    def is_gone(self, client: Any, address: str) -> bool:
        """Look whether a connection has hung up already, so that nobody need serve it."""

    def leave(self, address: str) -> None:
        """A connection that was admitted is closed."""


class Everybody:
    """Lets everybody in: where nothing else is hung on the door."""

    def admit(self, address: str) -> bool:
        return True

    def is_gone(self, client: Any, address: str) -> bool:
        return False

    def leave(self, address: str) -> None:
        """Nobody was counted."""
