"""Fault: what is wrong, where, and how to put it right."""


class Fault(ValueError):
    """Something that was given cannot be right; *path* says where, such as `rules.tiebreakers[2]`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message

    @property
    def sentence(self) -> str:
        """The message as a sentence of its own, for whoever sees beside it what it is about."""
        return f"{self.message[0].upper()}{self.message[1:]}."
