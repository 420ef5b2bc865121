"""Who is connected. Every server asks here when it accepts a connection, and says here when one is closed."""

from typing import Protocol


class Guests(Protocol):
    """May be asked from several threads at once."""

    def admit(self, address: str) -> bool:
        """Whether one more connection from the address may come in; it is counted if so."""

    def leave(self, address: str) -> None:
        """A connection that was admitted is closed."""


class Everybody:
    """Lets everybody in: where nothing else is hung on the door."""

    def admit(self, address: str) -> bool:
        return True

    def leave(self, address: str) -> None:
        """Nobody was counted."""
